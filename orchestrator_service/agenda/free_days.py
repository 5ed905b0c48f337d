"""The times that a customer may move the own meeting to: the seller's free ones, by the rules of a booking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from core.database import TenantTransaction
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.availability import free_slots
from orchestrator_service.agenda.calendars import load_calendars, rules_of
from orchestrator_service.agenda.change_meeting import without
from orchestrator_service.agenda.live import Live
from orchestrator_service.agenda.reading import AgendaEvent
from orchestrator_service.agenda.zone_time import parse_zone, wall_clock
from orchestrator_service.sellers.calendar import bookable_seller

MOST_DAYS: Final = 5
_LOOKED_AT: Final = timedelta(days=28)
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day of the customer's calendar; the instants (aware UTC) at which the meeting can start then."""

    day: date
    starts: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The next days that have free times; `later` is the day from which to go on, where there may be more."""

    days: tuple[FreeDay, ...]
    later: date | None


@dataclass(frozen=True, slots=True)
class Sought:
    """Where free times are looked for: whole days of `zone_name`, as instants. Aware UTC."""

    zone_name: str
    start: datetime
    end: datetime
    horizon: date


async def sought(tx: TenantTransaction, zone_name: str, first: date | None, now: datetime) -> Sought:
    """The days from `first` (today at the earliest) on, as far as the company offers meetings."""
    zone, settings = parse_zone(zone_name), await repository.meeting_settings(tx)
    today = wall_clock(zone, now).date()
    horizon = today + timedelta(days=settings.horizon_days)
    begins = min(max(first or today, today), horizon)
    start, end = (
        datetime.combine(day, time(), zone).astimezone(UTC)
        for day in (begins, min(begins + _LOOKED_AT, horizon + _DAY))
    )
    return Sought(zone_name, start, end, horizon)


async def free_days(tx: TenantTransaction, event: AgendaEvent, where: Sought, live: Live, *, now: datetime) -> FreeDays:
    """Free times of the meeting's seller for the meeting as long as it is. `live` is what Google says of the seller.

    None where the seller has none, or nobody can confirm any; the meeting is not in its own way, and its own time is
    not among them.
    """
    seller = await bookable_seller(tx, event.seller_id)
    if seller is None:
        return FreeDays((), None)
    zone, settings = parse_zone(where.zone_name), await repository.meeting_settings(tx)
    calendars = live.over(await load_calendars(tx, settings, [seller], where.start, where.end, now=now), [seller])
    if not calendars.readable:
        return FreeDays((), None)
    rules = rules_of(settings, max(1, (event.ends_at - event.starts_at) // _MINUTE))
    calendar = without(calendars.readable[0], event)
    by_day: dict[date, list[datetime]] = {}
    for slot in free_slots(rules, calendar, where.start, where.end, now):
        if slot.start_utc != event.starts_at:
            by_day.setdefault(wall_clock(zone, slot.start_utc).date(), []).append(slot.start_utc)
    days = [FreeDay(day, tuple(starts)) for day, starts in by_day.items()]
    after = days[MOST_DAYS].day if len(days) > MOST_DAYS else wall_clock(zone, where.end).date()
    return FreeDays(tuple(days[:MOST_DAYS]), after if after <= where.horizon else None)
