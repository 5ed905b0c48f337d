"""Booking an offer from beginning to end, with Google in it (PRODUCT §11.5).

Look in Google, hold the time under the seller's lock, write it in Google, look again, confirm: each a step that a crash
may follow, since the time stays held and a job goes on from there. Without a connected calendar it is one transaction.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from core.crash_points import reached
from core.database import Database, TenantTransaction
from orchestrator_service.agenda import pending, repository
from orchestrator_service.agenda.booking import (
    AGAIN,
    UNKNOWN,
    Booked,
    Held,
    NotBooked,
    against_offer,
    book_offer,
    find_offer,
)
from orchestrator_service.agenda.live import ask_live
from orchestrator_service.agenda.repository import StoredOffer
from orchestrator_service.agenda.settling import Settled, settle
from orchestrator_service.google_calendar.door import GoogleDoor

_TAKEN: Final = f"This time has just been taken. {AGAIN}"
_REFUSED: Final = f"The seller's calendar did not take the meeting. {AGAIN}"


First: TypeAlias = Callable[[TenantTransaction], Awaitable[None]]


async def anyway(tx: TenantTransaction) -> None:
    """Nothing is to be asked first."""
    del tx


@dataclass(frozen=True, slots=True)
class Confirming:
    """The time is held, and nobody knows yet whether Google has the meeting. It ends by itself, and then it is told."""

    meeting: Booked


@dataclass(frozen=True, slots=True)
class Wish:
    """The offer that a conversation's lead chose, and why; `reason` becomes the meeting's title."""

    conversation_id: int
    lead_id: int
    offer_id: str
    reason: str


async def book(
    database: Database,
    google: GoogleDoor,
    tenant_id: int,
    wish: Wish,
    *,
    now: datetime,
    first: First = anyway,
) -> Booked | Confirming | NotBooked:
    """Book the offer; called again, it answers what became of it. Never inside a transaction.

    `first` is called first in the transaction that books: it raises where nothing may be booked any more.
    """
    async with database.tenant(tenant_id) as tx:
        offer = await find_offer(tx, wish.offer_id, wish.conversation_id)
        refused = await _at_once(tx, offer, now)
    if refused or offer is None:
        return refused or NotBooked("offer_unknown", UNKNOWN)
    if offer.used_at is not None:
        return await _what_became_of(database, google, tenant_id, offer, wish.lead_id, now)
    live = await ask_live(database, google, tenant_id, [offer.seller_id], offer.starts_at, offer.ends_at)
    checked_at = time.monotonic()
    async with database.tenant(tenant_id) as tx:
        await first(tx)
        outcome = await book_offer(
            tx,
            conversation_id=wish.conversation_id,
            lead_id=wish.lead_id,
            offer_id=wish.offer_id,
            reason=wish.reason,
            now=now,
            live=live,
        )
    if not isinstance(outcome, Held):
        return outcome
    reached("held")
    meeting = outcome.meeting
    settled = await settle(database, google, tenant_id, meeting.meeting_id, outcome.claim, checked_at=checked_at)
    return _answer(settled, meeting)


async def refused_at_once(tx: TenantTransaction, wish: Wish, now: datetime) -> NotBooked | None:
    """Why `book` would refuse, as far as a look without a lock tells; None: it may come to something.

    Of a crowd that wants one time nearly all are answered by this, without waiting for the seller.
    """
    return await _at_once(tx, await find_offer(tx, wish.offer_id, wish.conversation_id), now)


async def _at_once(tx: TenantTransaction, offer: StoredOffer | None, now: datetime) -> NotBooked | None:
    if offer is None:
        return NotBooked("offer_unknown", UNKNOWN)
    if offer.used_at is not None:  # maybe by this very call, before a crash
        return None
    if refused := against_offer(offer, now):
        return refused
    is_taken = await repository.is_taken(
        tx, offer.seller_id, offer.starts_at, offer.ends_at, now=now, but_conversation_id=offer.conversation_id
    )
    return NotBooked("slot_taken", _TAKEN) if is_taken else None


async def _what_became_of(  # noqa: PLR0917 - one caller
    database: Database, google: GoogleDoor, tenant_id: int, offer: StoredOffer, lead_id: int, now: datetime
) -> Booked | Confirming | NotBooked:
    """The offer was taken before: by this very call, before a crash, or by another one."""
    claim: UUID | None = None
    async with database.tenant(tenant_id) as tx:
        event = await pending.event_of_offer(tx, offer.id, lead_id)
        if event is None:
            return NotBooked("offer_used", f"This offer was already used. {AGAIN}")
        if event.google_pending == "book":
            claim = await pending.claim_pending(tx, event.id, now)
    meeting = Booked(event.id, event.seller_id, event.seller_name, event.starts_at, event.ends_at)
    if event.status == "confirmed":
        return meeting
    if claim is None:
        return Confirming(meeting)
    return _answer(await settle(database, google, tenant_id, event.id, claim), meeting)


def _answer(settled: Settled, meeting: Booked) -> Booked | Confirming | NotBooked:
    match settled.outcome:
        case "done":
            return meeting
        case "taken":
            return NotBooked("slot_taken", _TAKEN)
        case "refused":
            return NotBooked("calendar_refused", _REFUSED)
        case "unknown" | "overtaken":
            return Confirming(meeting)
