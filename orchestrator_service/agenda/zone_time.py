"""Wall clocks and instants of one IANA zone, exact where the clocks change.

Inside, time is aware UTC; a wall-clock time is a naive `datetime`. Differences are taken in UTC only, because Python
subtracts two datetimes of one zone by their wall clocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

# No two changes of offset since 1970 lie closer than seven days in any zone of tzdata, so a daily look misses none.
_LOOK_EVERY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class OffsetSpan:
    """A stretch of time, `start` included and `end` excluded in UTC, in which the zone's offset is constant."""

    start: datetime
    end: datetime
    offset: timedelta


class UnknownZoneError(ValueError):
    """The name is not an IANA time zone."""


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def parse_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as "America/Montevideo". Raises `UnknownZoneError`; paths are never opened."""
    if name not in _zone_names():
        raise UnknownZoneError(f"{name!r} is not an IANA time zone")
    return ZoneInfo(name)


def wall_clock(zone: ZoneInfo, instant: datetime) -> datetime:
    """What the zone's wall clock shows at an instant, naive."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def first_instant(zone: ZoneInfo, clock: datetime) -> datetime | None:
    """The first instant (UTC) at which the zone's wall clock shows `clock`; None where the clocks jump over it."""
    instant = clock.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant if wall_clock(zone, instant) == clock else None


def offset_spans(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[OffsetSpan]:
    """Cut `start` to `end` (UTC) where the zone's offset changes, exact to the second, in order of time."""
    begun, offset, seen = start, _offset(zone, start), start
    while seen < end:
        ahead = min(seen + _LOOK_EVERY, end)
        if (changed := _offset(zone, ahead)) != offset:
            change = _change_between(zone, seen, ahead)
            yield OffsetSpan(begun, change, offset)
            begun, offset = change, changed
        seen = ahead
    if begun < end:
        yield OffsetSpan(begun, end, offset)


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second whose offset is no longer that of `before`, by halving."""
    old = _offset(zone, before)
    while after - before > _SECOND:
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after
