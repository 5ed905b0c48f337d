"""Booking: an offer becomes a meeting, once (PRODUCT §11.5). The part inside one transaction; `book.py` has the whole.

The seller's row is locked before anything else is, so that bookings of one seller take turns and none deadlock; the
lead's row comes second, so that one lead books once. Under both locks the slot is judged anew; the exclusion constraint
has the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final, Literal, TypeAlias
from uuid import UUID

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.google.outcomes import CannotConfirm
from orchestrator_service.agenda import pending, repository
from orchestrator_service.agenda.announce import announce_meeting
from orchestrator_service.agenda.availability import explain_instant
from orchestrator_service.agenda.availability_facts import NotFree, Rule, SellerCalendar
from orchestrator_service.agenda.calendars import load_calendars, rules_of
from orchestrator_service.agenda.live import Live
from orchestrator_service.agenda.repository import EXCLUSION, Meeting, NewMeeting, StoredOffer
from orchestrator_service.google_calendar.models import LiveBusy
from orchestrator_service.leads.advance import MEETING_STAGE, advance_lead
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.sellers.calendar import lock_seller
from orchestrator_service.sellers.models import Seller

Refusal: TypeAlias = (
    Literal[
        "offer_unknown",
        "offer_used",
        "offer_expired",
        "slot_past",
        "slot_taken",
        "seller_unavailable",
        "cannot_confirm",
        "calendar_refused",
        "lead_missing",
        "already_booked",
        "meeting_unknown",
        "meeting_over",
    ]
    | Rule
)

LONGEST_TITLE: Final = 200
AGAIN: Final = "Check availability again for new offers."
UNKNOWN: Final = "There is no such offer. Check the seller's availability and use an offer_id from its answer."


@dataclass(frozen=True, slots=True)
class Booked:
    """The meeting is confirmed at the commit of the transaction. Aware UTC."""

    meeting_id: int
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """The time is held at the commit of the transaction, by `meeting`; Google is to be told by the claim."""

    meeting: Booked
    claim: UUID


@dataclass(frozen=True, slots=True)
class NotBooked:
    """Nothing was written. `rule` is stable; `explanation` is for the model and tells nothing of anyone else."""

    rule: Refusal
    explanation: str


async def book_offer(
    tx: TenantTransaction, *, conversation_id: int, lead_id: int, offer_id: str, reason: str, now: datetime, live: Live
) -> Booked | Held | NotBooked:
    """Book an offer of this conversation for its lead, or say which rule is against it.

    Where `live` says that the seller has a Google calendar, the time is only held. Call it first in its transaction:
    the seller's lock must precede all others. `reason` becomes the meeting's title, cut at 200 characters. `now` is
    aware UTC.
    """
    known = await find_offer(tx, offer_id, conversation_id)
    seller = await lock_seller(tx, known.seller_id) if known else None
    # Read again: whoever held the lock may have used it.
    offer = await find_offer(tx, offer_id, conversation_id) if seller else None
    if seller is None or offer is None:
        return NotBooked("offer_unknown", UNKNOWN)
    refused = against_offer(offer, now) or await against_lead(tx, lead_id, now)
    if refused is None:
        await pending.drop_expired_holds(tx, seller.id, now)
        await pending.drop_holds_of(tx, conversation_id, seller.id)  # its own offers are in nobody's way but others'
        refused = await against_slot(tx, offer, seller, now, live)
    if refused:
        return refused
    is_connected = isinstance(live.of(seller.id), LiveBusy)
    new = NewMeeting(
        seller_id=seller.id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        lead_id=lead_id,
        conversation_id=conversation_id,
        offer_id=offer.id,
        title=reason.strip()[:LONGEST_TITLE],
        status="held" if is_connected else "confirmed",
    )
    return await _store(tx, new, seller, offer_id=offer.id, lead_id=lead_id, now=now)


async def meetings_of_lead(tx: TenantTransaction, lead_id: int, now: datetime) -> tuple[Meeting, ...]:
    """The lead's meetings that are not over at `now`, cancelled ones too (see `status`), by time."""
    return tuple(await repository.meetings_of_lead(tx, lead_id, now))


async def find_offer(tx: TenantTransaction, offer_id: str, conversation_id: int) -> StoredOffer | None:
    """The conversation's offer of that id; one of another conversation is as good as none."""
    try:
        parsed = UUID(offer_id)
    except ValueError:
        return None
    offer = await repository.find_offer(tx, parsed)
    return offer if offer is not None and offer.conversation_id == conversation_id else None


def against_offer(offer: StoredOffer, now: datetime) -> NotBooked | None:
    """What of the offer itself is against it."""
    if offer.used_at is not None:
        return NotBooked("offer_used", f"This offer was already used. {AGAIN}")
    if now >= offer.expires_at:
        return NotBooked("offer_expired", f"This offer has expired. {AGAIN}")
    if offer.starts_at <= now:
        return NotBooked("slot_past", f"This time is past. {AGAIN}")
    return None


async def against_lead(tx: TenantTransaction, lead_id: int, now: datetime) -> NotBooked | None:
    """Whether the lead, whose row is locked from here on, may book."""
    if await lock_lead(tx, lead_id) is None:
        return NotBooked("lead_missing", "There is no such lead.")
    if await repository.has_meeting_ahead(tx, lead_id, now):
        return NotBooked("already_booked", "The lead already has a confirmed meeting ahead.")
    return None


def unchanged(calendar: SellerCalendar) -> SellerCalendar:
    """The calendar as it is."""
    return calendar


async def against_slot(
    tx: TenantTransaction,
    offer: StoredOffer,
    seller: Seller,
    now: datetime,
    live: Live,
    *,
    without: Callable[[SellerCalendar], SellerCalendar] = unchanged,
) -> NotBooked | None:
    """Judge the slot by the hours, events and rules of this moment; `without` takes out what is not in the way.

    The notice is counted from when the slot was offered: what kept the notice then may be taken while the offer lives,
    though less than the notice is left by now. A notice that was lengthened since still refuses.
    """
    if not seller.active:
        return NotBooked("seller_unavailable", f"The seller takes no meetings now. {AGAIN}")
    if isinstance(live.of(seller.id), CannotConfirm):
        return NotBooked("cannot_confirm", f"Nobody can confirm now that the seller is free. {AGAIN}")
    settings = await repository.meeting_settings(tx)
    calendars = await load_calendars(tx, settings, [seller], offer.starts_at, offer.ends_at, now=now)
    calendars = live.over(calendars, [seller])
    if not calendars.readable:
        return NotBooked("seller_unavailable", f"Nobody knows when the seller is free. {AGAIN}")
    waited = max(0, ceil((now - offer.created_at) / timedelta(minutes=1)))
    minutes = (offer.ends_at - offer.starts_at) // timedelta(minutes=1)
    rules = rules_of(settings, minutes, notice_minutes=max(0, settings.minimum_notice_minutes - waited))
    answer = explain_instant(rules, without(calendars.readable[0]), offer.starts_at, now)
    if isinstance(answer, NotFree):
        rule = "slot_taken" if answer.rule in {"busy", "google_busy"} else answer.rule
        return NotBooked(rule, f"{answer.detail}. {AGAIN}")
    return None


async def _store(
    tx: TenantTransaction, new: NewMeeting, seller: Seller, *, offer_id: UUID, lead_id: int, now: datetime
) -> Booked | Held | NotBooked:
    try:
        async with tx.savepoint():
            meeting_id = await repository.store_meeting(tx, new)
    except ConstraintViolated as error:
        if error.constraint != EXCLUSION:
            raise
        return NotBooked("slot_taken", f"This time has just been taken. {AGAIN}")
    except Collided:
        return NotBooked("slot_taken", f"This time has just been taken. {AGAIN}")
    await repository.use_offer(tx, offer_id, now)
    booked = Booked(meeting_id, seller.id, seller.name, new.starts_at, new.ends_at)
    if new.status == "held":
        claim = await pending.begin(tx, meeting_id, "book", now=now, at_once=True)
        assert claim is not None, "nobody else knows of a meeting that is just being made"
        return Held(booked, claim)
    await advance_lead(tx, lead_id, MEETING_STAGE)
    await announce_meeting(tx, meeting_id, new, seller)
    return booked
