"""Draft mode (PRODUCT §8.5): the agent proposes, a person of the team lets the reply leave, in other words maybe.

A waiting draft is a turn in `awaiting_approval`; nothing holds a lock or a worker for it. It leaves under the rules of
every reply: only if nothing newer has arrived. Approving it does not pause the agent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.database import TenantTransaction
from core.errors import Conflict
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat import repository
from orchestrator_service.chat.acknowledging import acknowledge_answered
from orchestrator_service.chat.announce import announce_turn
from orchestrator_service.chat.inbound import mirror_waiting
from orchestrator_service.chat.reading import ConversationOwner, demand_conversation
from orchestrator_service.chat.replying import Choice, Said, queue_reply
from orchestrator_service.chat.repository import DraftRow, TurnRow
from orchestrator_service.chat.writing import NotSent
from orchestrator_service.notifications.reading import settle_conversation


class NoDraft(Conflict):
    """No draft waits, or another than the one that was looked at."""

    code = "no_draft"
    title = "No Draft"


class DraftOvertaken(Conflict):
    """The customer wrote again: the agent is thinking anew."""

    code = "draft_overtaken"
    title = "Draft Overtaken"


class StoredDraft(BaseModel):
    """The shape of `agent_turns.draft`."""

    model_config = ConfigDict(frozen=True)

    text: str
    choices: tuple[Choice, ...]
    language: Literal["es", "en", "pt"]
    ends: Literal["done", "failed", "handed_over"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent proposes to say."""

    turn_id: int
    proposed_at: datetime
    text: str
    choices: tuple[Choice, ...]


async def read_draft(tx: TenantTransaction, principal: Principal, conversation_id: int) -> Draft | None:
    """The draft that waits, None where none does. Raises NotFound out of scope."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_READ)
    row = await repository.find_draft(tx, conversation_id)
    if row is None:
        return None
    stored = StoredDraft.model_validate(row.draft)
    return Draft(row.turn_id, row.started_at, stored.text, stored.choices)


async def approve_draft(
    tx: TenantTransaction, principal: Principal, conversation_id: int, turn_id: int, text: str | None, *, now: datetime
) -> None:
    """Let the draft leave, with `text` in place of its own where given.

    Raises NotFound out of scope, NoDraft, DraftOvertaken where the customer wrote since, NotSent; the draft stays then.
    """
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    row = await _locked(tx, conversation_id, turn_id)
    stored = StoredDraft.model_validate(row.draft)
    said = Said(text or stored.text, stored.choices, stored.language)
    turn = TurnRow(row.turn_id, "awaiting_approval", row.attempts)
    user_id = int(principal.user_id)
    queued = await queue_reply(tx, turn, conversation_id, said, now=now, approved_by=user_id)
    if queued.refused is not None:
        raise NotSent(queued.refused)  # rolls the transaction back: the draft goes on waiting
    await repository.answer_through(tx, conversation_id, row.last_message_id, stored.language)
    await repository.set_turn_state(tx, row.turn_id, stored.ends, reply_message_id=queued.message_id)
    await announce_turn(tx, row.turn_id, conversation_id, conversation.lead_id, stored.ends)
    if queued.message_id is not None:
        await acknowledge_answered(tx, conversation_id, queued.message_id)
    await settle_conversation(tx, conversation_id, "draft_waiting")


async def discard_draft(tx: TenantTransaction, principal: Principal, conversation_id: int, turn_id: int) -> None:
    """Drop the draft; what it answered is left to the team. Raises NotFound out of scope, NoDraft, DraftOvertaken."""
    conversation: ConversationOwner = await demand_conversation(
        tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE
    )
    row = await _locked(tx, conversation_id, turn_id)
    await repository.answer_through(tx, conversation_id, row.last_message_id)
    await repository.set_turn_state(tx, row.turn_id, "handed_over")
    await announce_turn(tx, row.turn_id, conversation_id, conversation.lead_id, "handed_over")
    await settle_conversation(tx, conversation_id, "draft_waiting")


async def _locked(tx: TenantTransaction, conversation_id: int, turn_id: int) -> DraftRow:
    """The draft under the locks of a reply, if it is still what would be said."""
    await mirror_waiting(tx, conversation_id)
    mailbox = await repository.lock_mailbox(tx, conversation_id)
    turn = await repository.lock_turn(tx, turn_id)
    row = await repository.find_draft(tx, conversation_id)
    if turn is None or row is None or row.turn_id != turn_id:
        raise NoDraft("no such draft waits")
    if mailbox is not None and mailbox.turn_pending:
        raise DraftOvertaken("the customer wrote again")
    return row
