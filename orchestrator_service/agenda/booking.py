"""Booking: an offer becomes a confirmed meeting, once (PRODUCT §11.5).

The seller's row is locked before anything else is, so that bookings of one seller take turns and none deadlock; the
lead's row comes second, so that one lead books once. Under both locks the slot is judged anew; the exclusion constraint
has the last word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final, Literal, TypeAlias
from uuid import UUID

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.announce import announce_meeting
from orchestrator_service.agenda.availability import explain_instant
from orchestrator_service.agenda.availability_facts import NotFree, Rule
from orchestrator_service.agenda.calendars import load_calendars, rules_of
from orchestrator_service.agenda.repository import Meeting, NewMeeting, StoredOffer
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
        "lead_missing",
        "already_booked",
    ]
    | Rule
)

EXCLUSION: Final = "seller_is_booked_once"
LONGEST_TITLE: Final = 200
_AGAIN: Final = "Check availability again for new offers."
_UNKNOWN: Final = "There is no such offer. Check the seller's availability and use an offer_id from its answer."


@dataclass(frozen=True, slots=True)
class Booked:
    """The meeting is confirmed at the commit of the transaction. Aware UTC."""

    meeting_id: int
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class NotBooked:
    """Nothing was written. `rule` is stable; `explanation` is for the model and tells nothing of anyone else."""

    rule: Refusal
    explanation: str


async def book_offer(
    tx: TenantTransaction, *, conversation_id: int, lead_id: int, offer_id: str, reason: str, now: datetime
) -> Booked | NotBooked:
    """Book an offer of this conversation for its lead, or say which rule is against it.

    Call it first in its transaction: the seller's lock must precede all others. `reason` becomes the meeting's title,
    cut at 200 characters. `now` is aware UTC.
    """
    known = await _find(tx, offer_id, conversation_id)
    seller = await lock_seller(tx, known.seller_id) if known else None
    # Read again: whoever held the lock may have used it.
    offer = await _find(tx, offer_id, conversation_id) if seller else None
    if seller is None or offer is None:
        return NotBooked("offer_unknown", _UNKNOWN)
    refused = (
        _against_offer(offer, now)
        or await _against_lead(tx, lead_id, now)
        or await _against_slot(tx, offer, seller, now)
    )
    if refused:
        return refused
    new = NewMeeting(
        seller_id=seller.id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        lead_id=lead_id,
        conversation_id=conversation_id,
        offer_id=offer.id,
        title=reason.strip()[:LONGEST_TITLE],
    )
    return await _confirm(tx, new, seller, offer_id=offer.id, lead_id=lead_id, now=now)


async def meetings_of_lead(tx: TenantTransaction, lead_id: int, now: datetime) -> tuple[Meeting, ...]:
    """The lead's meetings that are not over at `now`, cancelled ones too (see `status`), by time."""
    return tuple(await repository.meetings_of_lead(tx, lead_id, now))


async def _find(tx: TenantTransaction, offer_id: str, conversation_id: int) -> StoredOffer | None:
    """The conversation's offer of that id; one of another conversation is as good as none."""
    try:
        parsed = UUID(offer_id)
    except ValueError:
        return None
    offer = await repository.find_offer(tx, parsed)
    return offer if offer is not None and offer.conversation_id == conversation_id else None


def _against_offer(offer: StoredOffer, now: datetime) -> NotBooked | None:
    if offer.used_at is not None:
        return NotBooked("offer_used", f"This offer was already used. {_AGAIN}")
    if now >= offer.expires_at:
        return NotBooked("offer_expired", f"This offer has expired. {_AGAIN}")
    if offer.starts_at <= now:
        return NotBooked("slot_past", f"This time is past. {_AGAIN}")
    return None


async def _against_lead(tx: TenantTransaction, lead_id: int, now: datetime) -> NotBooked | None:
    if await lock_lead(tx, lead_id) is None:
        return NotBooked("lead_missing", "There is no such lead.")
    if await repository.has_meeting_ahead(tx, lead_id, now):
        return NotBooked("already_booked", "The lead already has a confirmed meeting ahead.")
    return None


async def _against_slot(tx: TenantTransaction, offer: StoredOffer, seller: Seller, now: datetime) -> NotBooked | None:
    """Judge the slot by the hours, events and rules of this moment.

    The notice is counted from when the slot was offered: what kept the notice then may be taken while the offer lives,
    though less than the notice is left by now. A notice that was lengthened since still refuses.
    """
    if not seller.active:
        return NotBooked("seller_unavailable", f"The seller takes no meetings now. {_AGAIN}")
    settings = await repository.meeting_settings(tx)
    calendars = await load_calendars(tx, settings, [seller], offer.starts_at, offer.ends_at)
    if not calendars.readable:
        return NotBooked("seller_unavailable", f"Nobody knows when the seller is free. {_AGAIN}")
    waited = max(0, ceil((now - offer.created_at) / timedelta(minutes=1)))
    minutes = (offer.ends_at - offer.starts_at) // timedelta(minutes=1)
    rules = rules_of(settings, minutes, notice_minutes=max(0, settings.minimum_notice_minutes - waited))
    answer = explain_instant(rules, calendars.readable[0], offer.starts_at, now)
    if isinstance(answer, NotFree):
        return NotBooked("slot_taken" if answer.rule == "busy" else answer.rule, f"{answer.detail}. {_AGAIN}")
    return None


async def _confirm(
    tx: TenantTransaction, new: NewMeeting, seller: Seller, *, offer_id: UUID, lead_id: int, now: datetime
) -> Booked | NotBooked:
    try:
        async with tx.savepoint():
            meeting_id = await repository.store_meeting(tx, new)
    except ConstraintViolated as error:
        if error.constraint != EXCLUSION:
            raise
        return NotBooked("slot_taken", f"This time has just been taken. {_AGAIN}")
    except Collided:
        return NotBooked("slot_taken", f"This time has just been taken. {_AGAIN}")
    await repository.use_offer(tx, offer_id, now)
    await advance_lead(tx, lead_id, MEETING_STAGE)
    await announce_meeting(tx, meeting_id, new, seller)
    return Booked(meeting_id, seller.id, seller.name, new.starts_at, new.ends_at)
