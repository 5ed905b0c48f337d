"""Typed access to conversations, their messages, mailboxes and turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.database import TenantTransaction
from core.json_types import Json, JsonObject
from core.statements import sibling_statements
from core.whatsapp import ProviderName
from orchestrator_service.chat.turn_models import NOTHING_SPENT, Effect, Language, Spent, TurnContext

SQL = sibling_statements(__file__)

TurnState: TypeAlias = Literal[
    "transcribing", "screening", "thinking", "checking", "awaiting_approval", "sending", "done", "handed_over",
    "failed", "superseded",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """An accepted webhook of a conversation, as it was received."""

    id: int
    provider: ProviderName
    body: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Whether an answer is pending, since when, and from when it may be given."""

    turn_pending: bool
    first_at: datetime | None
    due_at: datetime | None
    is_due: bool | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One message of a burst. `verdict` is the screen's, None before it was screened.

    `words` are what its file says or shows; `words_state` is None where it has no file.
    """

    id: int
    type: str
    body: str
    reply_id: str | None
    verdict: JsonObject | None
    words: str | None = None
    words_state: Literal["none", "waiting", "ready", "failed"] | None = None
    file_at: datetime | None = None
    words_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message said before the burst; `words` are what its file says or shows."""

    author: Literal["customer", "agent", "person", "system"]
    type: str
    body: str
    verdict: JsonObject | None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn's state; `attempts` counts how often a worker began it. `started_at` is told of an open one."""

    id: int
    state: str
    attempts: int
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A turn that waits, and what it proposes to say to the messages up to `last_message_id`."""

    turn_id: int
    attempts: int
    draft: JsonObject
    last_message_id: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryProjection:
    """A sent message as its delivery and the provider's words tell of it."""

    conversation_id: int
    status: str
    lead_id: int | None
    state: str
    wamid: str | None
    error_code: str | None
    history: list[str]
    history_error: str | None


async def lock_conversation(tx: TenantTransaction, conversation_id: int) -> None:
    """Lock the person and the conversation; call it before anything locks the mailbox."""
    await tx.run(SQL["lock_conversation"], conversation_id=conversation_id)


async def claim_intake(tx: TenantTransaction, conversation_id: int) -> None:
    """Nothing waits to be mirrored from here on."""
    await tx.run(SQL["claim_intake"], conversation_id=conversation_id)


async def waiting_events(tx: TenantTransaction, conversation_id: int) -> list[WaitingEvent]:
    """Accepted and not yet mirrored, oldest first, locked."""
    return await tx.all(SQL["waiting_events"], WaitingEvent, conversation_id=conversation_id)


async def mark_mirrored(tx: TenantTransaction, inbox_id: int) -> None:
    """The event is in the conversation."""
    await tx.run(SQL["mark_mirrored"], inbox_id=inbox_id)


async def is_our_own(tx: TenantTransaction, conversation_id: int, wamid: str, body: str) -> bool:
    """Whether we sent that message, or are just sending it."""
    return bool(await tx.value(SQL["is_our_own"], bool, conversation_id=conversation_id, wamid=wamid, body=body))


async def pause_agent(tx: TenantTransaction, conversation_id: int) -> None:
    """A person has taken over."""
    await tx.run(SQL["pause_agent"], conversation_id=conversation_id)


async def reopen(tx: TenantTransaction, conversation_id: int) -> bool:
    """Open a closed conversation; False where it was open."""
    return await tx.run(SQL["reopen"], conversation_id=conversation_id) > 0


async def lock_mailbox(tx: TenantTransaction, conversation_id: int) -> Mailbox | None:
    """The mailbox, locked: no webhook is accepted for this conversation until commit."""
    return await tx.one(SQL["lock_mailbox"], Mailbox, conversation_id=conversation_id)


async def turns_waiting(tx: TenantTransaction, conversation_id: int) -> int:
    """How many other conversations of the company wait for an answer, counted up to a hundred."""
    return await tx.value(SQL["turns_waiting"], int, conversation_id=conversation_id) or 0


async def claim_turn(tx: TenantTransaction, conversation_id: int) -> None:
    """Take the pending turn."""
    await tx.run(SQL["claim_turn"], conversation_id=conversation_id)


async def turn_context(tx: TenantTransaction, conversation_id: int) -> TurnContext | None:
    """The conversation, locked, with its company's settings."""
    return await tx.one(SQL["turn_context"], TurnContext, conversation_id=conversation_id)


async def unanswered_messages(tx: TenantTransaction, conversation_id: int, after_id: int) -> list[Unanswered]:
    """The burst that waits for an answer, oldest first."""
    return await tx.all(SQL["unanswered_messages"], Unanswered, conversation_id=conversation_id, after_id=after_id)


async def earlier_messages(
    tx: TenantTransaction, conversation_id: int, before_id: int, most: int, *, after_id: int = 0
) -> list[Earlier]:
    """The `most` messages before one (and after another), oldest first."""
    span = {"before_id": before_id, "after_id": after_id, "most": most}
    newest_first = await tx.all(SQL["earlier_messages"], Earlier, conversation_id=conversation_id, **span)
    return newest_first[::-1]


async def open_turn(tx: TenantTransaction, conversation_id: int) -> TurnRow | None:
    """The unfinished turn, locked."""
    return await tx.one(SQL["open_turn"], TurnRow, conversation_id=conversation_id)


async def create_turn(
    tx: TenantTransaction,
    conversation_id: int,
    *,
    first: int,
    last: int,
    brain: str,
    state: Literal["transcribing", "screening"] = "screening",
) -> TurnRow:
    """Begin a turn over the messages from `first` to `last`."""
    turn_id = await tx.value(
        SQL["create_turn"],
        int,
        conversation_id=conversation_id,
        first_message_id=first,
        last_message_id=last,
        brain=brain,
        state=state,
    )
    assert turn_id is not None, "an insert without conflict answers its id"
    return TurnRow(turn_id, state, 1)


async def resume_turn(tx: TenantTransaction, turn_id: int, *, first: int, last: int) -> TurnRow:
    """Begin a turn again."""
    attempts = await tx.value(SQL["resume_turn"], int, turn_id=turn_id, first_message_id=first, last_message_id=last)
    return TurnRow(turn_id, "screening", attempts or 1)


async def set_turn_state(
    tx: TenantTransaction,
    turn_id: int,
    state: TurnState,
    *,
    verdict: str | None = None,
    error: str | None = None,
    reply_message_id: int | None = None,
    spent: Spent = NOTHING_SPENT,
) -> None:
    """Move a turn on; a finished one stays as it is. What was spent adds up."""
    await tx.run(
        SQL["set_turn_state"],
        turn_id=turn_id,
        state=state,
        verdict=verdict,
        error=error,
        reply_message_id=reply_message_id,
        input_tokens=spent.input_tokens,
        output_tokens=spent.output_tokens,
        cost=spent.cost,
    )


async def note_version(tx: TenantTransaction, turn_id: int, version_id: int) -> None:
    """A turn speaks by that version of the agent."""
    await tx.run(SQL["note_version"], turn_id=turn_id, version_id=version_id)


async def drop_draft(tx: TenantTransaction, conversation_id: int) -> int | None:
    """End the turn whose draft waits; its id, None where none does."""
    return await tx.value(SQL["drop_draft"], int, conversation_id=conversation_id)


async def store_draft(tx: TenantTransaction, turn_id: int, draft: JsonObject, spent: Spent) -> None:
    """Let a turn wait for a person's word on its reply. What was spent adds up."""
    await tx.run(
        SQL["store_draft"],
        turn_id=turn_id,
        draft=draft,
        input_tokens=spent.input_tokens,
        output_tokens=spent.output_tokens,
        cost=spent.cost,
    )


async def find_draft(tx: TenantTransaction, conversation_id: int) -> DraftRow | None:
    """The reply that waits for a person's word."""
    return await tx.one(SQL["find_draft"], DraftRow, conversation_id=conversation_id)


async def turns_since(tx: TenantTransaction, since: datetime, most: int) -> int:
    """How many turns the company has begun since then, counted up to `most`."""
    return await tx.value(SQL["turns_since"], int, since=since, most=most) or 0


async def agent_has_spoken(tx: TenantTransaction, conversation_id: int) -> bool:
    """Whether the agent has said something in the conversation before."""
    return bool(await tx.value(SQL["agent_has_spoken"], bool, conversation_id=conversation_id))


async def lock_turn(tx: TenantTransaction, turn_id: int) -> TurnRow | None:
    """One turn, locked."""
    return await tx.one(SQL["lock_turn"], TurnRow, turn_id=turn_id)


async def superseded_in_a_row(tx: TenantTransaction, conversation_id: int) -> int:
    """How many replies in a row were overtaken by a newer message."""
    return await tx.value(SQL["superseded_in_a_row"], int, conversation_id=conversation_id) or 0


async def record_step(
    tx: TenantTransaction,
    turn: TurnRow,
    name: str,
    *,
    started_at: datetime,
    outcome: str,
    detail: JsonObject | None = None,
) -> None:
    """One row of the turn's timeline."""
    await tx.run(
        SQL["record_step"],
        turn_id=turn.id,
        name=name,
        attempt=turn.attempts,
        started_at=started_at,
        outcome=outcome,
        detail=detail or {},
    )


async def set_verdict(tx: TenantTransaction, message_id: int, verdict: JsonObject) -> None:
    """What the screen said of a message."""
    await tx.run(SQL["set_verdict"], message_id=message_id, verdict=verdict)


async def answer_through(
    tx: TenantTransaction, conversation_id: int, message_id: int, language: Language | None = None
) -> None:
    """Everything up to a message is answered."""
    await tx.run(SQL["answer_through"], conversation_id=conversation_id, message_id=message_id, language=language)


async def unanswered_effects(tx: TenantTransaction, conversation_id: int, after_id: int) -> list[Effect]:
    """What superseded turns have done since the last answer."""
    return await tx.all(SQL["unanswered_effects"], Effect, conversation_id=conversation_id, after_id=after_id)


async def effects_of_turn(tx: TenantTransaction, turn_id: int) -> list[Effect]:
    """What a turn's tools have done or found so far, in order; refusals left out."""
    return await tx.all(SQL["effects_of_turn"], Effect, turn_id=turn_id)


async def delivery_projection(tx: TenantTransaction, message_id: int) -> DeliveryProjection | None:
    """What decides the status of a message, its row locked."""
    await tx.run(SQL["lock_message"], message_id=message_id)
    return await tx.one(SQL["delivery_projection"], DeliveryProjection, message_id=message_id)


async def set_message_status(
    tx: TenantTransaction, message_id: int, *, status: str, wamid: str | None, error_code: str | None
) -> None:
    """Show a status."""
    await tx.run(SQL["set_message_status"], message_id=message_id, status=status, wamid=wamid, error_code=error_code)


def action_of(verdict: JsonObject | None) -> Json:
    """`allow`, `caution` or `block`; None where a message was not screened."""
    return verdict.get("action") if verdict else None


async def set_marketing_consent(tx: TenantTransaction, conversation_id: int, *, allowed: bool) -> None:
    """The person of a conversation wants no advertising any more, or wants it again; conversations go on."""
    await tx.run(SQL["set_marketing_consent"], conversation_id=conversation_id, allowed=allowed)
