"""From rows to what availability is computed from: the tenant's rules and each seller's calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.database import TenantTransaction
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.availability_facts import AvailabilityRules, Busy, BusyKind, SellerCalendar
from orchestrator_service.agenda.closing import Closures, read_closures
from orchestrator_service.agenda.repository import MeetingSettings, TakenTime
from orchestrator_service.agenda.working_hours import WorkingHoursError, parse_working_hours
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone, wall_clock
from orchestrator_service.sellers.models import Seller

# Wider than a day at either end and the widest buffer: whole days of any zone are counted, no neighbour is missed.
_MARGIN = timedelta(days=2)
_LABELS: Final = {"block": "a block", "hold": "a held time", "meeting": "another meeting"}


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars that could be read, and the sellers whose stored zone or hours could not.

    Nobody knows when the latter are free, so they are never offered.
    """

    readable: tuple[SellerCalendar, ...]
    unreadable: tuple[Seller, ...]


def rules_of(
    settings: MeetingSettings, duration_minutes: int, *, notice_minutes: int | None = None
) -> AvailabilityRules:
    """The tenant's rules for a meeting of that length; `notice_minutes` in place of the tenant's own notice."""
    return AvailabilityRules(
        granularity_minutes=settings.slot_granularity_minutes,
        duration_minutes=duration_minutes,
        buffer_before_minutes=settings.buffer_before_minutes,
        buffer_after_minutes=settings.buffer_after_minutes,
        minimum_notice_minutes=settings.minimum_notice_minutes if notice_minutes is None else notice_minutes,
        max_meetings_per_day=settings.most_meetings_per_day,
        horizon_days=settings.horizon_days,
    )


async def load_calendars(
    tx: TenantTransaction,
    settings: MeetingSettings,
    sellers: Sequence[Seller],
    start: datetime,
    end: datetime,
    *,
    now: datetime | None = None,
) -> Calendars:
    """The sellers' calendars with all that matters between two instants (UTC), in the sellers' order.

    A held offer that has expired at `now` (without it, at the moment itself) is in nobody's way.
    """
    window_start, window_end = start - _MARGIN, end + _MARGIN
    ids = [seller.id for seller in sellers]
    taken = await repository.taken_times(tx, ids, window_start, window_end, now)
    counted = [one for one in taken if one.kind == "meeting"]
    if settings.most_meetings_per_day is not None or any(one.most_meetings_per_day for one in sellers):
        counted += await repository.ended_meetings(tx, ids, window_start, window_end)
    closures = await read_closures(tx, settings, window_start.date(), window_end.date())
    readable: list[SellerCalendar] = []
    unreadable: list[Seller] = []
    for seller in sellers:
        calendar = _calendar_of(seller, taken, counted, closures)
        if calendar is None:
            unreadable.append(seller)
        else:
            readable.append(calendar)
    return Calendars(tuple(readable), tuple(unreadable))


def _calendar_of(
    seller: Seller, taken: Sequence[TakenTime], counted: Sequence[TakenTime], closures: Closures
) -> SellerCalendar | None:
    try:
        zone, hours = parse_zone(seller.zone), parse_working_hours(seller.working_hours)
    except (UnknownZoneError, WorkingHoursError):
        return None
    return SellerCalendar(
        seller_id=seller.id,
        zone=zone,
        working_hours=hours,
        holidays=closures.of_seller(seller.id),
        busy=tuple(_busy(one) for one in taken if one.seller_id == seller.id),
        counted_meetings=_count_by_day(zone, [one for one in counted if one.seller_id == seller.id]),
        max_meetings_per_day=seller.most_meetings_per_day,
    )


def _busy(one: TakenTime) -> Busy:
    """Labelled by what it is, never by its title: a refusal's explanation may reach another customer."""
    kind: BusyKind = "block" if one.kind == "block" else "hold" if one.status == "held" else "meeting"
    return Busy(one.starts_at, one.ends_at, kind, _LABELS[kind])


def _count_by_day(zone: ZoneInfo, meetings: Sequence[TakenTime]) -> Counter[date]:
    return Counter(wall_clock(zone, one.starts_at).date() for one in meetings)
