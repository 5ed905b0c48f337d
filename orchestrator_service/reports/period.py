"""The stretch of time that a report is about: whole days on the company's clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.errors import BadInput

LONGEST_DAYS: Final = 366
DEFAULT_DAYS: Final = 30


class BadPeriod(BadInput):
    """The days are not in order, or too many."""

    code = "bad_period"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included, in `zone`; days of a changed clock have 23 or 25 hours."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        """The first moment, UTC."""
        return _midnight(self.first, self.zone)

    @property
    def until(self) -> datetime:
        """The first moment after it, UTC."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def before(self) -> Period:
        """As many days, right before it."""
        days = (self.last - self.first).days + 1
        return Period(self.first - timedelta(days=days), self.first - timedelta(days=1), self.zone)


def period_of(first: date | None, last: date | None, *, zone: ZoneInfo, now: datetime) -> Period:
    """The days asked for; left out: up to today, thirty of them. Raises BadPeriod."""
    last = last or now.astimezone(zone).date()
    first = first or last - timedelta(days=DEFAULT_DAYS - 1)
    if not timedelta(0) <= last - first < timedelta(days=LONGEST_DAYS):
        raise BadPeriod(f"give the first day before the last, {LONGEST_DAYS} days at most")
    return Period(first, last, zone)


def month_of(first: date, zone: ZoneInfo) -> Period:
    """The month that a day is in."""
    start = first.replace(day=1)
    return Period(start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
