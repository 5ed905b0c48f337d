"""What a person of the team writes: a message to the customer, or a note that only the team sees (PRODUCT §8.4)."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal
from uuid import uuid4

from core.database import TenantTransaction
from core.errors import BadInput, Conflict
from core.principal import Principal
from core.sending_rules import RefusalCode
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat import repository
from orchestrator_service.chat.acknowledging import acknowledge_answered
from orchestrator_service.chat.announce import announce_conversation
from orchestrator_service.chat.canned_filling import demand_no_gaps
from orchestrator_service.chat.handover import pause
from orchestrator_service.chat.inbound import mirror_waiting
from orchestrator_service.chat.reading import SQL, ConversationOwner, MessageCard, demand_conversation
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.knowledge.questions import learn_from
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.find import find_lead_card
from orchestrator_service.messaging.send import Queued, send_message
from orchestrator_service.notifications.reading import settle_conversation

_REASONS: Final[dict[RefusalCode, str]] = {
    "window_closed": "The customer wrote more than 24 hours ago: only a template may be sent.",
    "opted_out": "The customer does not want messages.",
    "sending_paused": "The company has paused sending.",
    "channel_inactive": "The number is switched off.",
}


class NotSent(Conflict):
    """The sending rules refuse; `code` is the rule, nothing was stored."""

    title = "Not Sent"
    codes = tuple(_REASONS)

    def __init__(self, rule: RefusalCode) -> None:
        super().__init__(_REASONS[rule])
        self.code = rule  # pyright: ignore[reportAttributeAccessIssue] - one class for every rule of the door


class KeyReused(BadInput):
    """The `Idempotency-Key` belongs to a message with other words; a day after, this still knows."""

    code = "idempotency_key_reused"
    title = "Idempotency Key Reused"


async def write_message(
    tx: TenantTransaction, principal: Principal, conversation_id: int, body: str, *, key: str | None, now: datetime
) -> MessageCard:
    """Send what a person wrote; the agent is silent for the takeover time. The same key again sends nothing.

    Raises NotFound out of scope, GapLeft, NotSent, KeyReused.
    """
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    demand_no_gaps(body)
    await mirror_waiting(tx, conversation_id)
    origin = origin_of("message", principal, conversation_id, key)
    if (known := await known_message(tx, origin, body)) is not None:
        return known
    queued = await send_message(tx, _written(principal, conversation_id, body, origin, "out"), now=now)
    written = await settle_answer(tx, principal, conversation, queued)
    lead = await find_lead_card(tx, conversation.lead_id) if conversation.lead_id is not None else None
    await learn_from(tx, principal, conversation_id, body, [lead.full_name if lead else None])
    return written


async def settle_answer(
    tx: TenantTransaction, principal: Principal, conversation: ConversationOwner, queued: Queued
) -> MessageCard:
    """A person has answered: nobody waits any more, and the agent is silent for the takeover time. Raises NotSent."""
    if queued.refused is not None:
        raise NotSent(queued.refused)  # rolls the transaction back: nothing is kept of it
    await tx.run(SQL["person_answered"], conversation_id=conversation.id)
    await repository.reopen(tx, conversation.id)
    await tx.run(SQL["mark_read"], conversation_id=conversation.id, user_id=principal.user_id, through_id=None)
    await pause(tx, conversation.id)
    if await tx.run(SQL["finish_calls"], conversation_id=conversation.id):
        await announce_lead_change(tx, conversation.lead_id, "tasks")
    await settle_conversation(tx, conversation.id)
    await acknowledge_answered(tx, conversation.id, queued.message_id)
    return await _read(tx, queued.message_id)


async def write_note(
    tx: TenantTransaction, principal: Principal, conversation_id: int, body: str, *, key: str | None
) -> MessageCard:
    """Keep a note for the team; it never leaves and does not pause the agent. Raises NotFound, KeyReused."""
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await repository.lock_conversation(tx, conversation_id)
    origin = origin_of("note", principal, conversation_id, key)
    if (known := await known_message(tx, origin, body)) is not None:
        return known
    stored = await append_chat_message(tx, _written(principal, conversation_id, body, origin, "note"))
    await announce_conversation(tx, conversation_id)
    await announce_lead_change(tx, conversation.lead_id, "messages")
    return await _read(tx, stored.id)


def origin_of(kind: str, principal: Principal, conversation_id: int, key: str | None) -> str:
    """What names a message of somebody's: by its key the same one, without one always another."""
    return f"{kind}:{principal.user_id}:{conversation_id}:{key or uuid4().hex}"


def _written(
    principal: Principal, conversation_id: int, body: str, origin: str, direction: Literal["out", "note"]
) -> NewMessage:
    return NewMessage(
        conversation_id=conversation_id,
        direction=direction,
        author="person",
        author_user_id=principal.user_id,
        body=body,
        origin_key=origin,
        status="queued" if direction == "out" else "sent",
    )


async def known_message(tx: TenantTransaction, origin: str, body: str) -> MessageCard | None:
    """The message that an origin has led to before. Raises KeyReused where it says something else."""
    known = await tx.one(SQL["message_of_origin"], MessageCard, origin_key=origin)
    if known is not None and known.body != body:
        raise KeyReused("that key belongs to another message")
    return known


async def knows_origin(tx: TenantTransaction, origin: str) -> bool:
    """Whether an origin has led to a message before."""
    return await tx.one(SQL["message_of_origin"], MessageCard, origin_key=origin) is not None


async def _read(tx: TenantTransaction, message_id: int) -> MessageCard:
    message = await tx.one(SQL["read_message"], MessageCard, message_id=message_id)
    assert message is not None, "it was just written"
    return message
