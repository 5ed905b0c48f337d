"""Which times can be offered for a meeting with a seller, and why a time cannot. Pure; `now` is an argument.

`free_slots` and `explain` go by the same facts, and a test holds them against each other (PRODUCT section 11.1). A
wall-clock time that comes twice when the clocks go back is offered once, the first time.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Literal
from zoneinfo import ZoneInfo

from orchestrator_service.agenda.availability_facts import (
    AvailabilityRules,
    Busy,
    Free,
    NotFree,
    SellerCalendar,
    Slot,
    require_utc,
)
from orchestrator_service.agenda.working_hours import WEEKDAYS
from orchestrator_service.agenda.working_time import WorkingTime, grid_minutes, is_on_grid, worked_in, working_time
from orchestrator_service.agenda.zone_time import OffsetSpan, first_instant, offset_spans, wall_clock

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Judge:
    """The prepared facts of one question: `spans` and `work` cover the window, `busy` is in order of start."""

    rules: AvailabilityRules
    calendar: SellerCalendar
    now: datetime
    last_day: date
    spans: tuple[OffsetSpan, ...]
    work: WorkingTime
    busy: tuple[Busy, ...]
    busy_starts: tuple[datetime, ...]
    longest_busy: timedelta


def free_slots(
    rules: AvailabilityRules,
    calendar: SellerCalendar,
    window_start: datetime,
    window_end: datetime,
    now: datetime,
) -> tuple[Slot, ...]:
    """Every slot that lies wholly between `window_start` and `window_end`, in order of time. All aware UTC."""
    require_utc(window_start, window_end, now)
    start = max(window_start, now)
    end = min(window_end, now + timedelta(days=rules.horizon_days + 2) + rules.duration)
    if start >= end:
        return ()
    judge = _judge_of(rules, calendar, start, end, now)
    return tuple(_offered(judge, start, end))


def explain(rules: AvailabilityRules, calendar: SellerCalendar, clock: datetime, now: datetime) -> Free | NotFree:
    """Whether a meeting can start when the seller's wall clock shows `clock` (naive), and if not, the rule against it.

    Where several rules stand against it, the first in the order of `Rule` answers. `now` is aware UTC.
    """
    require_utc(now)
    if clock.tzinfo is not None:
        raise ValueError("the time in question is the seller's wall clock, without a zone")
    start = first_instant(calendar.zone, clock)
    if start is None:
        return NotFree("nonexistent_time", f"{_shown(clock)} does not exist: the clocks jump over it")
    judge = _judge_of(rules, calendar, start, start + rules.duration, now)
    return _verdict(judge, start, clock)


def explain_instant(
    rules: AvailabilityRules, calendar: SellerCalendar, start: datetime, now: datetime
) -> Free | NotFree:
    """`explain` for an instant (aware UTC), as an offer has it: what booking asks again before it books."""
    require_utc(start)
    clock = wall_clock(calendar.zone, start)
    answer = explain(rules, calendar, clock, now)
    if isinstance(answer, Free) and answer.slot.start_utc != start:
        return NotFree("off_grid", f"{_shown(clock)} comes twice that day and only the first one is offered")
    return answer


def _judge_of(
    rules: AvailabilityRules, calendar: SellerCalendar, start: datetime, end: datetime, now: datetime
) -> _Judge:
    busy = tuple(sorted(calendar.busy, key=attrgetter("start")))
    spans = tuple(offset_spans(calendar.zone, start, end))
    return _Judge(
        rules=rules,
        calendar=calendar,
        now=now,
        last_day=wall_clock(calendar.zone, now).date() + timedelta(days=rules.horizon_days),
        spans=spans,
        work=worked_in(calendar, spans),
        busy=busy,
        busy_starts=tuple(one.start for one in busy),
        longest_busy=max((one.end - one.start for one in busy), default=timedelta(0)),
    )


def _offered(judge: _Judge, start: datetime, end: datetime) -> Iterator[Slot]:
    """What the verdict would call free, without putting into words why all the others are not."""
    zone, rules, seller_id = judge.calendar.zone, judge.rules, judge.calendar.seller_id
    duration, covers = rules.duration, judge.work.covers
    blocked_starts, blocked_ends = _blocked(judge)
    earliest = max(start, judge.now + timedelta(minutes=rules.minimum_notice_minutes))
    latest = end - duration
    day = wall_clock(zone, start).date()
    # One day more: where the clocks go back over midnight, a slot of the new day ends on the old one.
    last = min(wall_clock(zone, end).date() + _DAY, judge.last_day)
    while day <= last:
        for instant in () if _is_full(judge, day) else _grid_instants(judge, day):
            if not earliest <= instant <= latest or instant == judge.now:
                continue
            before = bisect_left(blocked_starts, instant) - 1
            if (before >= 0 and instant < blocked_ends[before]) or not covers(instant, instant + duration):
                continue
            yield Slot(seller_id, instant, instant + duration)
        day += _DAY


def _grid_instants(judge: _Judge, day: date) -> Iterator[datetime]:
    """When a meeting may start on a day, in order; clocks that jump over a time have no instant for it."""
    zone, midnight = judge.calendar.zone, datetime.combine(day, time())
    minutes = (timedelta(minutes=one) for one in grid_minutes(judge.calendar, day, judge.rules.granularity_minutes))
    first = first_instant(zone, midnight)
    if first is not None and any(one.start <= first and first + _DAY <= one.end for one in judge.spans):
        yield from (first + one for one in minutes)  # the clocks do not change that day
        return
    for one in minutes:
        instant = first_instant(zone, midnight + one)
        if instant is not None:
            yield instant


def _blocked(judge: _Judge) -> tuple[list[datetime], list[datetime]]:
    """Between which instants, both excluded, no meeting may start because of what is in the way; apart, in order."""
    margins = {own: _margins(judge.rules, own=own) for own in (True, False)}
    duration = judge.rules.duration
    spread = ((one, margins[one.is_own_meeting]) for one in judge.busy)
    starts: list[datetime] = []
    ends: list[datetime] = []
    for begins, stops in sorted((one.start - behind - duration, one.end + ahead) for one, (ahead, behind) in spread):
        if ends and begins < ends[-1]:
            ends[-1] = max(ends[-1], stops)
        else:
            starts.append(begins)
            ends.append(stops)
    return starts, ends


def _verdict(judge: _Judge, start: datetime, clock: datetime) -> Free | NotFree:
    end = start + judge.rules.duration
    return (
        _against_time(judge, start, clock)
        or _against_hours(judge, start, end, clock)
        or _against_load(judge, start, clock)
        or _against_busy(judge, start, end)
        or Free(Slot(judge.calendar.seller_id, start, end))
    )


def _against_time(judge: _Judge, start: datetime, clock: datetime) -> NotFree | None:
    if start <= judge.now:
        return NotFree("past", f"{_shown(clock)} is past")
    if clock.date() > judge.last_day:
        return NotFree("horizon", f"meetings are offered until {judge.last_day.isoformat()}")
    return None


def _against_hours(judge: _Judge, start: datetime, end: datetime, clock: datetime) -> NotFree | None:
    calendar, granularity = judge.calendar, judge.rules.granularity_minutes
    if clock.date() in calendar.holidays:
        return NotFree("holiday", f"{clock.date().isoformat()} is a holiday")
    if not judge.work.covers(start, end):
        if working_time(calendar, start, end, on_holidays=True).covers(start, end):
            return NotFree("holiday", f"a meeting from {_shown(clock)} would run into a holiday")
        return NotFree("outside_hours", f"{judge.rules.duration_minutes} minutes do not fit: {_hours(calendar, clock)}")
    if not is_on_grid(calendar, clock, granularity):
        return NotFree("off_grid", f"meetings start every {granularity} minutes from the start of work")
    return None


def _against_load(judge: _Judge, start: datetime, clock: datetime) -> NotFree | None:
    rules = judge.rules
    if start < judge.now + timedelta(minutes=rules.minimum_notice_minutes):
        return NotFree("notice", f"a meeting needs {rules.minimum_notice_minutes} minutes of notice")
    if _is_full(judge, clock.date()):
        most = _most(judge)
        return NotFree("day_full", f"{clock.date().isoformat()} has the most meetings a day may have ({most})")
    return None


def _is_full(judge: _Judge, day: date) -> bool:
    most = _most(judge)
    return most is not None and judge.calendar.counted_meetings.get(day, 0) >= most


def _most(judge: _Judge) -> int | None:
    own = judge.calendar.max_meetings_per_day
    return judge.rules.max_meetings_per_day if own is None else own


def _against_busy(judge: _Judge, start: datetime, end: datetime) -> NotFree | None:
    found = _in_the_way(judge, start, end)
    if found is None:
        return None
    rule, one = found
    when = _shown_span(judge.calendar.zone, one)
    if rule != "buffer":
        return NotFree(rule, f"{one.label} is from {when}")
    return NotFree(rule, f"too close to {one.label}, which is from {when}")


def _in_the_way(
    judge: _Judge, start: datetime, end: datetime
) -> tuple[Literal["busy", "google_busy", "buffer"], Busy] | None:
    """The first busy time in the way; one that overlaps the meeting itself before one that only breaks a buffer.

    Nothing may take place in a meeting's buffers, neither in those of the new one nor in those of the tenant's own
    meetings already there: so the answer does not depend on which of two meetings was booked first.
    """
    widest = max(_margins(judge.rules, own=True))
    first = bisect_left(judge.busy_starts, start - widest - judge.longest_busy)
    last = bisect_left(judge.busy_starts, end + widest)
    near = judge.busy[first:last]
    for one in near:
        if one.start < end and start < one.end:
            return ("google_busy" if one.kind == "google" else "busy"), one
    for one in near:
        ahead, behind = _margins(judge.rules, own=one.is_own_meeting)
        if one.start < end + behind and start - ahead < one.end:
            return "buffer", one
    return None


def _margins(rules: AvailabilityRules, *, own: bool) -> tuple[timedelta, timedelta]:
    """How far before and behind a new meeting what is busy must keep: an own meeting brings its buffers with it."""
    before, after = timedelta(minutes=rules.buffer_before_minutes), timedelta(minutes=rules.buffer_after_minutes)
    widest = max(before, after)
    return (widest, widest) if own else (before, after)


def _shown(clock: datetime) -> str:
    return clock.isoformat(sep=" ", timespec="minutes")


def _shown_span(zone: ZoneInfo, busy: Busy) -> str:
    return f"{_shown(wall_clock(zone, busy.start))} to {_shown(wall_clock(zone, busy.end))}"


def _hours(calendar: SellerCalendar, clock: datetime) -> str:
    weekday = clock.weekday()
    ranges = ", ".join(f"{one.start}-{one.end}" for one in calendar.working_hours.on(weekday))
    return f"{WEEKDAYS[weekday]}'s hours are {ranges}" if ranges else f"{WEEKDAYS[weekday]} is a day off"
