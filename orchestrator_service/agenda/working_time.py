"""When a seller works, as instants, and on which wall-clock grid meetings may start.

The seller works at an instant when the wall clock then shows a time inside a range of that weekday and the day is no
holiday. So a time the clocks jump over is never worked, a repeated hour is worked twice if it is inside the hours, and
ranges that touch (at noon, across midnight by "24:00", or because the clocks jump over the pause) are one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from orchestrator_service.agenda.availability_facts import SellerCalendar
from orchestrator_service.agenda.working_hours import MINUTES_PER_DAY
from orchestrator_service.agenda.zone_time import OffsetSpan, offset_spans

_DAY = timedelta(days=1)
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class DayRange:
    """Wall-clock minutes after midnight, `end` excluded (1440 is the end of the day)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The worked stretches of a window, apart from one another and in order; `ends[i]` is excluded. UTC."""

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether every instant from `start` to `end` (excluded) is worked."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and end <= self.ends[index]


def day_ranges(calendar: SellerCalendar, day: date, *, on_holidays: bool = False) -> tuple[DayRange, ...]:
    """The day's ranges in order, touching ones joined; none on a holiday unless asked for."""
    if day in calendar.holidays and not on_holidays:
        return ()
    joined: list[DayRange] = []
    for one in calendar.working_hours.on(day.weekday()):
        start = joined.pop().start if joined and joined[-1].end == one.start_minute else one.start_minute
        joined.append(DayRange(start, one.end_minute))
    return tuple(joined)


def working_time(calendar: SellerCalendar, start: datetime, end: datetime, *, on_holidays: bool = False) -> WorkingTime:
    """All the time the seller works between two instants (UTC)."""
    return worked_in(calendar, offset_spans(calendar.zone, start, end), on_holidays=on_holidays)


def worked_in(calendar: SellerCalendar, spans: Iterable[OffsetSpan], *, on_holidays: bool = False) -> WorkingTime:
    """The same for a window that is cut into spans already."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    for span in spans:
        for begins, stops in _worked_in_span(calendar, span, on_holidays=on_holidays):
            if ends and ends[-1] == begins:
                ends[-1] = stops
            else:
                starts.append(begins)
                ends.append(stops)
    return WorkingTime(tuple(starts), tuple(ends))


def grid_minutes(calendar: SellerCalendar, day: date, granularity: int) -> Iterator[int]:
    """When a meeting may start, in minutes of the day's wall clock, in order, whether or not the clocks show them."""
    for one in day_ranges(calendar, day):
        phase = _phase(calendar, day, one, granularity)
        yield from range(one.start + (phase - one.start) % granularity, one.end, granularity)


def is_on_grid(calendar: SellerCalendar, clock: datetime, granularity: int) -> bool:
    """Whether `grid_minutes` has this time."""
    day, minute = clock.date(), clock.hour * 60 + clock.minute
    if clock.second or clock.microsecond:
        return False
    return any(
        one.start <= minute < one.end and (minute - _phase(calendar, day, one, granularity)) % granularity == 0
        for one in day_ranges(calendar, day)
    )


def _phase(calendar: SellerCalendar, day: date, one: DayRange, granularity: int) -> int:
    """The grid's minute within the granularity: it starts where the seller starts, be it on a day before.

    Work that never pauses in a week starts at midnight.
    """
    start = one.start
    for _ in range(_WEEK_DAYS):
        day -= _DAY
        before = day_ranges(calendar, day)
        if start != 0 or not before or before[-1].end != MINUTES_PER_DAY:
            break
        start = before[-1].start
    return start % granularity


def _worked_in_span(
    calendar: SellerCalendar, span: OffsetSpan, *, on_holidays: bool
) -> Iterator[tuple[datetime, datetime]]:
    """The worked stretches of a span, in order; inside it wall clock and UTC differ by the span's offset."""
    day = (span.start + span.offset).date()
    last = (span.end + span.offset).date()
    while day <= last:
        midnight = datetime.combine(day, time(), UTC) - span.offset
        for one in day_ranges(calendar, day, on_holidays=on_holidays):
            begins = max(span.start, midnight + timedelta(minutes=one.start))
            stops = min(span.end, midnight + timedelta(minutes=one.end))
            if begins < stops:
                yield begins, stops
        day += _DAY
