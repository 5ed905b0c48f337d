"""Accept = one durable insert (PRODUCT §7.2). Everything that must happen because of it commits with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.channels import Channel, channels_of
from core.contracts import LEAST_URGENT, TakeIn, TakeTurn, TemplateTold, fair_priority
from core.database import TenantTransaction
from core.identities import apply_consent, apply_identity_change, resolve_conversation
from core.inbound_events import Delivered
from core.jobs import defer
from core.statements import sibling_statements
from core.whatsapp import ConsentChange, Event, IdentityChange, NumberEvent
from whatsapp_service.inbox.events import Filing, filing_of, is_foreign
from whatsapp_service.inbox.filing import expect_filing

SQL = sibling_statements(__file__)

Outcome: TypeAlias = Literal["accepted", "duplicate", "quarantined"]


@dataclass(frozen=True, slots=True)
class _Known:
    """What an earlier delivery left: the hash of its body, and whether the message came by any event."""

    body_hash: bytes | None
    message_known: bool


@dataclass(frozen=True, slots=True)
class _Pending:
    intake_pending: bool
    turn_pending: bool


@dataclass(frozen=True, slots=True)
class _Turn:
    """When the answer is due, and how many others of the company wait for theirs."""

    due_at: datetime
    waiting: int


async def accept_event(tx: TenantTransaction, endpoint: Channel, delivered: Delivered) -> Outcome:
    """Store an event with its mailbox and jobs, on the caller's transaction.

    A repeated event changes nothing; one with a known id and other content, or about a number that is not the
    tenant's, is quarantined. The unique keys decide, so two deliveries at once are safe.
    """
    event = delivered.event
    channel = await _channel_of(tx, endpoint, event)
    if channel is None:
        return await _quarantine(tx, endpoint, delivered, "foreign_number")
    filing = filing_of(event)
    if (known := await _compare(tx, channel, delivered, filing)) is not None:
        return known
    conversation_id: int | None = None
    if filing.sender is not None:
        wrote = filing.kind == "inbound"
        conversation_id = await resolve_conversation(tx, channel.id, filing.sender, wrote=wrote, change=filing.change)
    inbox_id = await tx.value(
        SQL["store_event"],
        int,
        provider=channel.provider,
        event_id=event.id,
        event_type=event.type,
        kind=filing.kind,
        wamid=filing.wamid,
        body=delivered.body,
        body_hash=delivered.body_hash,
        channel_id=channel.id,
        conversation_id=conversation_id,
    )
    if inbox_id is None:  # its twin committed between our look and our insert
        return await _compare(tx, channel, delivered, filing) or "duplicate"
    await _apply(tx, channel, event)
    if filing.kind == "status":
        await expect_filing(tx, inbox_id)
    elif filing.kind == "template":
        await defer(tx, TemplateTold(tx.tenant_id, inbox_id), priority=LEAST_URGENT)
    elif conversation_id is not None:
        await _put_in_mailbox(tx, conversation_id, filing)
    return "accepted"


async def _channel_of(tx: TenantTransaction, endpoint: Channel, event: Event) -> Channel | None:
    """Whose event it is: the endpoint's own number, or another of the tenant's at that provider; None for a stranger's.

    A provider tells all numbers of an account at one address.
    """
    if not is_foreign(event, endpoint):
        return endpoint
    others = await channels_of(tx, endpoint.provider)
    return next((other for other in others if other.id != endpoint.id and not is_foreign(event, other)), None)


async def _apply(tx: TenantTransaction, channel: Channel, event: Event) -> None:
    """What an event changes at once, without a message."""
    match event.payload:
        case ConsentChange() as change:
            await apply_consent(tx, change)
        case IdentityChange() as change:
            await apply_identity_change(tx, change)
        case NumberEvent() as news:
            told = {"quality": news.quality, "shown_name": news.name, "message_limit": news.limit}
            about = {"status": news.status, "reason": news.reason, "number": news.business_number}
            await tx.run(SQL["note_news"], channel_id=channel.id, waba_id=news.waba_id, **told, **about)
        case _:
            pass


async def _compare(tx: TenantTransaction, channel: Channel, delivered: Delivered, filing: Filing) -> Outcome | None:
    """What an earlier delivery makes of this one; None where there was none."""
    wamid = filing.wamid if filing.kind == "inbound" else None
    looked_for = {"provider": channel.provider, "event_id": delivered.event.id, "inbound_wamid": wamid}
    known = await tx.one(SQL["known_event"], _Known, **looked_for)
    assert known is not None, "a row of two answers"
    if known.body_hash is not None and known.body_hash != delivered.body_hash:
        return await _quarantine(tx, channel, delivered, "conflicting_content")
    return "duplicate" if known.body_hash is not None or known.message_known else None


async def _quarantine(tx: TenantTransaction, channel: Channel, delivered: Delivered, reason: str) -> Outcome:
    kept = {"event_id": delivered.event.id, "body": delivered.body}
    await tx.run(SQL["quarantine_event"], provider=channel.provider, reason=reason, **kept)
    return "quarantined"


async def _put_in_mailbox(tx: TenantTransaction, conversation_id: int, filing: Filing) -> None:
    """Note what is pending, and enqueue a job only where none waits: the row lock orders us with the job's claim."""
    pending = await tx.one(SQL["open_mailbox"], _Pending, conversation_id=conversation_id)
    assert pending is not None, "the mailbox is there or made"
    turn: _Turn | None = None
    if filing.wants_answer:
        turn = await tx.one(SQL["await_turn"], _Turn, conversation_id=conversation_id)
    else:
        await tx.run(SQL["await_intake"], conversation_id=conversation_id)
    priority = fair_priority(turn.waiting if turn else 0)
    if not pending.intake_pending:
        lock = f"intake:{tx.tenant_id}:{conversation_id}"
        urgency = LEAST_URGENT if filing.kind == "history" else priority
        await defer(tx, TakeIn(tx.tenant_id, conversation_id), lock=lock, priority=urgency)
    if turn is not None and not pending.turn_pending:
        lock = f"conversation:{tx.tenant_id}:{conversation_id}"
        await defer(tx, TakeTurn(tx.tenant_id, conversation_id), at=turn.due_at, lock=lock, priority=priority)
