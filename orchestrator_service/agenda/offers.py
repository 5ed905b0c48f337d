"""Offers: free times shown in one conversation, each under an opaque id that can be booked once (PRODUCT §9.2).

An offer holds nothing unless the tenant turns that on: booking asks again. Its row ties it to the tenant, the
conversation, the seller and the slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.database import TenantTransaction
from core.name_matching import Matched, Named, match
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.assign import assign
from orchestrator_service.agenda.availability import free_slots
from orchestrator_service.agenda.availability_facts import Slot
from orchestrator_service.agenda.calendars import Calendars, load_calendars, rules_of
from orchestrator_service.agenda.date_words import When
from orchestrator_service.agenda.holding import MOST_HOLDS, announce_holds, hold_offers, release_holds
from orchestrator_service.agenda.labels import Language, label_of
from orchestrator_service.agenda.live import Live
from orchestrator_service.agenda.repository import MeetingSettings, StoredOffer
from orchestrator_service.agenda.spread import spread
from orchestrator_service.agenda.zone_time import parse_zone, wall_clock
from orchestrator_service.sellers.calendar import active_sellers
from orchestrator_service.sellers.models import Seller

SHORTEST_MEETING: Final = 5  # minutes, as tenant_settings.meeting_minutes
LONGEST_MEETING: Final = 480
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """One time to choose; `label` is at most 24 characters, in the reader's zone and language."""

    offer_id: str
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be offered, by time.

    `cannot_confirm` names sellers of whom nobody knows when they are free. `note` is English for the model, where what
    it asked for was changed or nothing was found.
    """

    offers: tuple[Offer, ...]
    cannot_confirm: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """Of whom Google has to be asked, and between which instants (aware UTC), before offers can be made."""

    seller_ids: tuple[int, ...]
    start: datetime
    end: datetime


async def question_of(
    tx: TenantTransaction, *, date_from: date, date_to: date, seller_name: str | None, now: datetime, zone: str
) -> Question | None:
    """What `make_offers` will need to know; None where these days offer nothing anyway."""
    reader = parse_zone(zone)
    first, last, _ = _days(await repository.meeting_settings(tx), date_from, date_to, wall_clock(reader, now).date())
    if first > last:
        return None
    asked = _named(seller_name, await active_sellers(tx), [])
    return Question(tuple(one.id for one in asked), _midnight(first, reader), _midnight(last + _DAY, reader))


async def make_offers(
    tx: TenantTransaction,
    *,
    conversation_id: int,
    turn_id: int | None,
    date_from: date,
    date_to: date,
    seller_name: str | None,
    duration_minutes: int | None,
    now: datetime,
    zone: str,
    language: Language,
    live: Live,
    most: int = 6,
    wanted: When | None = None,
    keep: bool = True,
) -> Offers:
    """Find and store at most `most` offers for the days `date_from` to `date_to` (included) of `zone` (an IANA name).

    Times are those of the named seller, where exactly one has that name; else of the lead's owner, where they have any;
    else of whoever the tenant's rule gives each time to. Where some fit `wanted` they are alone. `now` is aware UTC;
    `duration_minutes` None means the tenant's own. Without `keep` nothing is stored or held, so nothing can be booked:
    whoever only tries the agent also undoes the transaction, in which the rotation of sellers has moved on.
    """
    reader = parse_zone(zone)
    settings = await repository.meeting_settings(tx)
    minutes = settings.meeting_minutes if duration_minutes is None else duration_minutes
    if not SHORTEST_MEETING <= minutes <= LONGEST_MEETING:
        return Offers((), (), f"A meeting lasts between {SHORTEST_MEETING} and {LONGEST_MEETING} minutes.")
    first, last, notes = _days(settings, date_from, date_to, wall_clock(reader, now).date())
    if first > last:
        return Offers((), (), " ".join(notes))
    start, end = _midnight(first, reader), _midnight(last + _DAY, reader)
    everyone = await active_sellers(tx)
    asked = _named(seller_name, everyone, notes)
    held: list[int] = []
    if keep:
        held = await release_holds(tx, conversation_id, [one.id for one in asked] if settings.hold_minutes else [])
    calendars = live.over(await load_calendars(tx, settings, asked, start, end, now=now), asked)
    rules = rules_of(settings, minutes)
    slots = [slot for one in calendars.readable for slot in free_slots(rules, one, start, end, now)]
    slots = _wanted(slots, wanted, reader, notes)
    given = await assign(tx, slots, asked, settings.assignment, conversation_id=conversation_id, now=now)
    notes += [given.note] if given.note else []
    chosen = spread(given.slots, reader, most)
    if not chosen:
        notes.append("There is no free time on these days.")
    offers = _drawn_up(chosen, asked, settings, conversation_id=conversation_id, now=now)
    for offer in offers if keep else ():
        await repository.store_offer(tx, offer, turn_id)
    if keep and settings.hold_minutes is not None:
        offers = await hold_offers(tx, offers, now + timedelta(minutes=settings.hold_minutes))
        held += [one.seller_id for one in offers[:MOST_HOLDS]]
    await announce_holds(tx, set(held))
    shown = tuple(_shown(one, zone, language) for one in offers)
    return Offers(shown, _unreadable(calendars), " ".join(notes) or None)


async def live_offers(tx: TenantTransaction, *, conversation_id: int, now: datetime, zone: str) -> tuple[Offer, ...]:
    """The conversation's offers that can still be taken at `now`, by time, labelled in the conversation's language."""
    language = await repository.language_of_conversation(tx, conversation_id)
    return tuple(_shown(one, zone, language) for one in await repository.live_offers(tx, conversation_id, now))


def _days(settings: MeetingSettings, first: date, last: date, today: date) -> tuple[date, date, list[str]]:
    """The days that can be looked at, none where the first is after the last, and what to say about it."""
    horizon = today + timedelta(days=settings.horizon_days)
    if last < first:
        return first, last, ["The last day is before the first."]
    if last < today:
        return today, last, ["These days are past."]
    if first > horizon:
        return first, horizon, [f"Meetings are offered until {horizon.isoformat()}."]
    notes = [f"Meetings are offered until {horizon.isoformat()}."] if last > horizon else []
    return max(first, today), min(last, horizon), notes


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins. Where the clocks jump over midnight, the instant they jump."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _named(name: str | None, sellers: Sequence[Seller], notes: list[str]) -> tuple[Seller, ...]:
    """The one seller of that name; everyone, with a note, where none or several have it."""
    if name is None or not name.strip():
        return tuple(sellers)
    found = match(name, [Named(seller.id, seller.name) for seller in sellers])
    if isinstance(found, Matched):
        return tuple(seller for seller in sellers if seller.id == found.id)
    notes.append("Not exactly one seller has that name: these are the times of all sellers.")
    return tuple(sellers)


def _wanted(slots: list[Slot], wanted: When | None, reader: ZoneInfo, notes: list[str]) -> list[Slot]:
    """The slots that fit what was asked for; all of them, with a note, where none does."""
    if wanted is None:
        return slots
    if wanted.unsure:
        notes.append(f"It can mean {wanted.in_words()}.")
    fitting = [slot for slot in slots if wanted.fits(slot.start_utc.astimezone(reader))]
    if slots and not fitting:
        notes.append("Nothing is free just then: these are the times nearest to it.")
    return fitting or slots


def _drawn_up(
    slots: Sequence[Slot],
    sellers: Sequence[Seller],
    settings: MeetingSettings,
    *,
    conversation_id: int,
    now: datetime,
) -> list[StoredOffer]:
    names = {seller.id: seller.name for seller in sellers}
    expires = now + timedelta(minutes=settings.offer_minutes)
    return [
        StoredOffer(
            id=uuid4(),
            conversation_id=conversation_id,
            seller_id=slot.seller_id,
            seller_name=names[slot.seller_id],
            starts_at=slot.start_utc,
            ends_at=slot.end_utc,
            created_at=now,
            expires_at=expires,
            used_at=None,
        )
        for slot in slots
    ]


def _shown(offer: StoredOffer, zone: str, language: Language) -> Offer:
    label = label_of(offer.starts_at, zone, language)
    return Offer(str(offer.id), offer.seller_id, offer.seller_name, offer.starts_at, offer.ends_at, label)


def _unreadable(calendars: Calendars) -> tuple[str, ...]:
    return tuple(seller.name for seller in calendars.unreadable)
