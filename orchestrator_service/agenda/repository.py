"""Typed access to offers, meetings and the rules they follow. All instants are aware UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.agenda.assignment import Assignment
from orchestrator_service.agenda.labels import Language

SQL = sibling_statements(__file__)

EXCLUSION: Final = "seller_is_booked_once"
EventStatus = Literal["held", "confirmed", "cancelled", "done", "no_show"]


@dataclass(frozen=True, slots=True)
class MeetingSettings:
    """The tenant's rules for meetings, all in minutes but `horizon_days` and `most_meetings_per_day`.

    `hold_minutes` is how long an offer holds its time; None: not at all.
    `holiday_country` (ISO 3166) and `holiday_region` say whose public holidays are kept; none: nobody's.
    """

    meeting_minutes: int
    slot_granularity_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    minimum_notice_minutes: int
    horizon_days: int
    most_meetings_per_day: int | None
    offer_minutes: int
    hold_minutes: int | None
    assignment: Assignment
    holiday_country: str | None
    holiday_region: str | None


@dataclass(frozen=True, slots=True)
class _Count:
    seller_id: int
    number: int


@dataclass(frozen=True, slots=True)
class TakenTime:
    """An event of a seller's agenda."""

    seller_id: int
    kind: Literal["meeting", "block"]
    status: EventStatus
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """A row of `agenda_offers`, with its seller's name."""

    id: UUID
    conversation_id: int
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """What a meeting is made from; a `held` one takes its time and is confirmed later."""

    seller_id: int
    starts_at: datetime
    ends_at: datetime
    lead_id: int | None
    conversation_id: int | None = None
    offer_id: UUID | None = None
    title: str
    created_by: int | None = None
    status: Literal["held", "confirmed"] = "confirmed"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A lead's meeting."""

    meeting_id: int
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime
    status: EventStatus


async def meeting_settings(tx: TenantTransaction) -> MeetingSettings:
    """The tenant's rules for meetings; every tenant has them."""
    settings = await tx.one(SQL["meeting_settings"], MeetingSettings)
    assert settings is not None, "a tenant is made with its settings"
    return settings


async def taken_times(
    tx: TenantTransaction, seller_ids: Sequence[int], start: datetime, end: datetime, now: datetime | None
) -> list[TakenTime]:
    """What blocks these sellers between two instants, by time; offers whose hold has expired do not."""
    window = {"seller_ids": list(seller_ids), "window_start": start, "window_end": end, "now": now}
    return await tx.all(SQL["taken_times"], TakenTime, **window)


async def ended_meetings(
    tx: TenantTransaction, seller_ids: Sequence[int], start: datetime, end: datetime
) -> list[TakenTime]:
    """Meetings between two instants that took place or were missed, by time."""
    window = {"seller_ids": list(seller_ids), "window_start": start, "window_end": end}
    return await tx.all(SQL["ended_meetings"], TakenTime, **window)


async def lead_of_conversation(tx: TenantTransaction, conversation_id: int) -> int | None:
    """The lead's id; None where the conversation has none or is missing."""
    return await tx.value(SQL["lead_of_conversation"], int, conversation_id=conversation_id)


async def language_of_conversation(tx: TenantTransaction, conversation_id: int) -> Language:
    """In what language to write times there; the tenant's where the conversation has none of its own."""
    language = await tx.value(SQL["language_of_conversation"], str, conversation_id=conversation_id)
    return cast("Language", language or "es")


async def store_offer(tx: TenantTransaction, offer: StoredOffer, turn_id: int | None) -> None:
    """Append an offer."""
    await tx.run(
        SQL["store_offer"],
        offer_id=offer.id,
        conversation_id=offer.conversation_id,
        seller_id=offer.seller_id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        turn_id=turn_id,
        created_at=offer.created_at,
        expires_at=offer.expires_at,
    )


async def find_offer(tx: TenantTransaction, offer_id: UUID) -> StoredOffer | None:
    """One offer of the tenant, of any conversation."""
    return await tx.one(SQL["find_offer"], StoredOffer, offer_id=offer_id)


async def live_offers(tx: TenantTransaction, conversation_id: int, now: datetime) -> list[StoredOffer]:
    """Unused, unexpired offers of a conversation whose time is still to come."""
    return await tx.all(SQL["live_offers"], StoredOffer, conversation_id=conversation_id, now=now)


async def use_offer(tx: TenantTransaction, offer_id: UUID, now: datetime) -> bool:
    """Mark an offer as taken; False where it was before."""
    return await tx.run(SQL["use_offer"], offer_id=offer_id, now=now) > 0


async def store_meeting(tx: TenantTransaction, new: NewMeeting) -> int:
    """The new meeting's id. Raises ConstraintViolated where the exclusion constraint refuses the time."""
    created = await tx.value(
        SQL["store_meeting"],
        int,
        seller_id=new.seller_id,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        lead_id=new.lead_id,
        conversation_id=new.conversation_id,
        offer_id=new.offer_id,
        title=new.title,
        created_by=new.created_by,
        status=new.status,
    )
    assert created is not None, "an insert answers its row"
    return created


async def has_meeting_ahead(tx: TenantTransaction, lead_id: int, now: datetime) -> bool:
    """Whether the lead has a confirmed meeting that is not over."""
    return bool(await tx.value(SQL["has_meeting_ahead"], bool, lead_id=lead_id, now=now))


async def meetings_of_lead(tx: TenantTransaction, lead_id: int, now: datetime) -> list[Meeting]:
    """The lead's meetings that are not over, cancelled ones too, by time."""
    return await tx.all(SQL["meetings_of_lead"], Meeting, lead_id=lead_id, now=now)


async def move_event(
    tx: TenantTransaction, event_id: int, seller_id: int, starts_at: datetime, ends_at: datetime
) -> None:
    """Give an event another time and seller. Raises ConstraintViolated where the exclusion constraint refuses."""
    await tx.run(SQL["move_event"], event_id=event_id, seller_id=seller_id, starts_at=starts_at, ends_at=ends_at)


async def cancel_event(tx: TenantTransaction, event_id: int) -> None:
    """Mark an event as cancelled: it blocks no more."""
    await tx.run(SQL["cancel_event"], event_id=event_id)


async def restore_event(tx: TenantTransaction, event_id: int) -> None:
    """Confirm a cancelled event again. Raises ConstraintViolated where the exclusion constraint refuses."""
    await tx.run(SQL["restore_event"], event_id=event_id)


async def mark_event(tx: TenantTransaction, event_id: int, status: EventStatus) -> None:
    """Say how a meeting went. Raises ConstraintViolated where the exclusion constraint refuses."""
    await tx.run(SQL["mark_event"], event_id=event_id, status=status)


async def set_meeting_url(tx: TenantTransaction, event_id: int, meeting_url: str | None) -> None:
    """Say on which page a meeting takes place."""
    await tx.run(SQL["set_meeting_url"], event_id=event_id, meeting_url=meeting_url)


async def google_event_of(tx: TenantTransaction, event_id: int) -> str | None:
    """The id that the event has in Google; None where it was never to be there."""
    return await tx.value(SQL["google_event_of"], str, event_id=event_id)


async def is_taken(
    tx: TenantTransaction,
    seller_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    but_event_id: int | None = None,
    but_conversation_id: int | None = None,
) -> bool:
    """Whether the seller is surely booked then: a look without a lock, to refuse at once what cannot succeed."""
    found = await tx.value(
        SQL["is_taken"],
        bool,
        seller_id=seller_id,
        starts_at=starts_at,
        ends_at=ends_at,
        now=now,
        but_event_id=but_event_id,
        but_conversation_id=but_conversation_id,
    )
    return bool(found)


async def offered_until(
    tx: TenantTransaction,
    seller_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    but_event_id: int | None = None,
) -> datetime | None:
    """Until when a time is held for customers who are thinking about it; None where something else is then, or none."""
    place = {"seller_id": seller_id, "starts_at": starts_at, "ends_at": ends_at}
    return await tx.value(SQL["offered_until"], datetime, **place, now=now, but_event_id=but_event_id)


async def lock_rotation(tx: TenantTransaction) -> None:
    """Wait for whoever else asks whose turn it is, until the end of the transaction."""
    await tx.value(SQL["lock_rotation"], int)


async def turns(tx: TenantTransaction) -> dict[int, int]:
    """How far each active seller is in the queue."""
    return _by_seller(await tx.all(SQL["turns"], _Count))


async def move_cursor(tx: TenantTransaction, seller_id: int, turns: int) -> None:
    """Let a seller be at least so far in the queue."""
    await tx.run(SQL["move_cursor"], seller_id=seller_id, turns=turns)


async def pending_turns(tx: TenantTransaction, conversation_id: int, now: datetime) -> dict[int, int]:
    """In how many other conversations each seller has times on offer that may yet be booked."""
    return _by_seller(await tx.all(SQL["pending_turns"], _Count, conversation_id=conversation_id, now=now))


async def minutes_ahead(tx: TenantTransaction, now: datetime) -> dict[int, int]:
    """How many minutes each seller has booked from now on."""
    return _by_seller(await tx.all(SQL["minutes_ahead"], _Count, now=now))


def _by_seller(counts: Sequence[_Count]) -> dict[int, int]:
    return {one.seller_id: one.number for one in counts}
