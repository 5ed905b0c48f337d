"""Rows of meetings that Google is yet to be told of, and of offers that hold their time. All instants are aware UTC.

A row is told to Google by whoever has its claim, one at a time. A claim that its owner did not end (killed, cancelled)
ends by itself, and the job goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias
from uuid import UUID, uuid4

from core.contracts import CalendarPending
from core.database import TenantTransaction
from core.google.event import event_id_of
from core.jobs import defer
from core.statements import load_statements
from orchestrator_service.agenda.repository import StoredOffer

SQL = load_statements(Path(__file__).with_name("pending.sql"))

Pending: TypeAlias = Literal["book", "move", "write", "erase"]

# Longer than all calls of one telling together, so that nobody begins while another's call may still arrive.
CLAIM: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """A meeting that Google is to be told of: `pending` says what, `since` for how long, `attempts` how often."""

    tenant_id: int
    id: int
    seller_id: int
    seller_user_id: int | None
    seller_name: str
    seller_zone: str
    status: str
    starts_at: datetime
    ends_at: datetime
    lead_id: int | None
    lead_name: str | None
    conversation_id: int | None
    offer_id: UUID | None
    title: str
    created_by: int | None
    google_id: str
    pending: Pending
    claim: UUID | None
    claimed_until: datetime | None
    attempts: int
    since: datetime
    moved_from_seller_id: int | None


@dataclass(frozen=True, slots=True)
class MovedFrom:
    """Where a meeting goes back to if Google refuses the move; the seller, where it is another's now."""

    starts_at: datetime
    ends_at: datetime
    seller_id: int | None


@dataclass(frozen=True, slots=True)
class OfferEvent:
    """What an offer has become."""

    id: int
    status: str
    google_pending: Pending | None
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Begun:
    google_claim: UUID | None
    google_claimed_until: datetime | None


async def begin(
    tx: TenantTransaction,
    event_id: int,
    pending: Pending,
    *,
    now: datetime,
    at_once: bool = False,
    moved_from: MovedFrom | None = None,
) -> UUID | None:
    """Write that Google is to be told, and defer the job that sees to it.

    With `at_once` the caller goes on to `settle` and gets its claim, None while somebody else is still telling; the job
    then comes only when the caller must have died.
    """
    claim = uuid4() if at_once else None
    begun = await tx.one(
        SQL["begin_pending"],
        _Begun,
        event_id=event_id,
        pending=pending,
        google_id=event_id_of(tx.tenant_id, event_id),
        now=now,
        claim=claim,
        claimed_until=now + CLAIM if at_once else None,
        from_starts_at=moved_from.starts_at if moved_from else None,
        from_ends_at=moved_from.ends_at if moved_from else None,
        from_seller_id=moved_from.seller_id if moved_from else None,
    )
    assert begun is not None, "the event was written in this transaction"
    await defer(tx, CalendarPending(int(tx.tenant_id), event_id), at=begun.google_claimed_until)
    return claim if claim is not None and begun.google_claim == claim else None


async def claim_pending(tx: TenantTransaction, event_id: int, now: datetime) -> UUID | None:
    """The claim; None where nothing is pending or somebody else has it."""
    claim = uuid4()
    found = await tx.value(
        SQL["claim_pending"], int, event_id=event_id, claim=claim, claimed_until=now + CLAIM, now=now
    )
    return claim if found is not None else None


async def read_pending(tx: TenantTransaction, event_id: int) -> PendingEvent | None:
    """The meeting, while Google is to be told of it."""
    return await tx.one(SQL["read_pending"], PendingEvent, event_id=event_id)


async def event_of_offer(tx: TenantTransaction, offer_id: UUID, lead_id: int) -> OfferEvent | None:
    """The lead's meeting that came of an offer, where it stands or is on its way."""
    return await tx.one(SQL["event_of_offer"], OfferEvent, offer_id=offer_id, lead_id=lead_id)


async def finish(tx: TenantTransaction, event: PendingEvent, claim: UUID, meeting_url: str | None) -> bool:
    """Google knows it; False where somebody changed the meeting meanwhile."""
    return await tx.run(SQL["finish_pending"], **_of(event, claim), meeting_url=meeting_url) > 0


async def forget(tx: TenantTransaction, event: PendingEvent, claim: UUID) -> bool:
    """Nothing more to tell; False as `finish`."""
    return await tx.run(SQL["forget_pending"], **_of(event, claim)) > 0


async def undo_booking(tx: TenantTransaction, event: PendingEvent, claim: UUID, *, erase: bool) -> bool:
    """The held meeting is cancelled; with `erase` it may be in Google and has to be taken out. False as `finish`."""
    values = {"event_id": event.id, "claim": claim, "next": "erase" if erase else None}
    return await tx.run(SQL["undo_booking"], **values) > 0


async def undo_move(tx: TenantTransaction, event: PendingEvent, claim: UUID) -> bool:
    """The meeting is where it was. Raises ConstraintViolated where its old time was given away since."""
    return await tx.run(SQL["undo_move"], event_id=event.id, claim=claim) > 0


async def release(tx: TenantTransaction, event_id: int, claim: UUID) -> None:
    """Let the next one go on."""
    await tx.run(SQL["release_claim"], event_id=event_id, claim=claim)


async def drop_expired_holds(tx: TenantTransaction, seller_id: int, now: datetime | None = None) -> None:
    """Delete the seller's expired offers, whose row is locked."""
    await tx.run(SQL["drop_expired_holds"], seller_id=seller_id, now=now)


async def moved_in_chat(tx: TenantTransaction, event: PendingEvent) -> bool:
    """Whether the move that Google is told of was agreed with the customer in the meeting's conversation."""
    chosen = await tx.value(
        SQL["chosen_in_chat"],
        bool,
        conversation_id=event.conversation_id,
        seller_id=event.seller_id,
        starts_at=event.starts_at,
        since=event.since,
    )
    return bool(chosen)


async def holding_sellers(tx: TenantTransaction, conversation_id: int) -> list[int]:
    """Whose time a conversation's offers hold, by id."""
    found = await tx.all(SQL["holding_sellers"], _Holding, conversation_id=conversation_id)
    return [one.seller_id for one in found]


async def drop_holds_of(tx: TenantTransaction, conversation_id: int, seller_id: int) -> None:
    """Delete what the conversation's offers hold of the seller, whose row is locked."""
    await tx.run(SQL["drop_holds_of_conversation"], conversation_id=conversation_id, seller_id=seller_id)


async def users_of_sellers(tx: TenantTransaction, seller_ids: Sequence[int]) -> dict[int, int | None]:
    """Whose agendas the sellers' are, by the seller's id."""
    found = await tx.all(SQL["users_of_sellers"], _OfSeller, seller_ids=list(seller_ids))
    return {one.seller_id: one.user_id for one in found}


async def hold_offer(tx: TenantTransaction, offer: StoredOffer, expires_at: datetime) -> None:
    """The offer takes its time. Raises ConstraintViolated where it is taken."""
    await tx.value(
        SQL["hold_offer"],
        int,
        seller_id=offer.seller_id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        conversation_id=offer.conversation_id,
        offer_id=offer.id,
        expires_at=expires_at,
    )


@dataclass(frozen=True, slots=True)
class _Holding:
    seller_id: int


@dataclass(frozen=True, slots=True)
class _OfSeller:
    seller_id: int
    user_id: int | None


def _of(event: PendingEvent, claim: UUID) -> dict[str, object]:
    return {"event_id": event.id, "claim": claim, "pending": event.pending}
