"""Which times can be offered for a meeting with a seller, and why a time cannot. Pure; `now` is an argument.

`free_slots` and `explain` ask the same judge, so they cannot disagree (PRODUCT section 11.1). A wall-clock time that
comes twice when the clocks go back is offered once, the first time.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
from orchestrator_service.agenda.working_time import WorkingTime, grid_clocks, is_on_grid, working_time
from orchestrator_service.agenda.zone_time import first_instant, wall_clock

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Judge:
    """The prepared facts of one question: `work` covers the window asked about, `busy` is in order of start."""

    rules: AvailabilityRules
    calendar: SellerCalendar
    now: datetime
    last_day: date
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
    busy = tuple(sorted(calendar.busy, key=lambda one: one.start))
    return _Judge(
        rules=rules,
        calendar=calendar,
        now=now,
        last_day=wall_clock(calendar.zone, now).date() + timedelta(days=rules.horizon_days),
        work=working_time(calendar, start, end),
        busy=busy,
        busy_starts=tuple(one.start for one in busy),
        longest_busy=max((one.end - one.start for one in busy), default=timedelta(0)),
    )


def _offered(judge: _Judge, start: datetime, end: datetime) -> Iterator[Slot]:
    zone, duration = judge.calendar.zone, judge.rules.duration
    day = wall_clock(zone, start).date()
    # One day more: where the clocks go back over midnight, a slot of the new day ends on the old one.
    last = min(wall_clock(zone, end).date() + _DAY, judge.last_day)
    while day <= last:
        for clock in grid_clocks(judge.calendar, day, judge.rules.granularity_minutes):
            instant = first_instant(zone, clock)
            if instant is None or instant < start or instant + duration > end:
                continue
            if _in_the_way(judge, instant, instant + duration):
                continue  # as the verdict would say, without putting it into words
            answer = _verdict(judge, instant, clock)
            if isinstance(answer, Free):
                yield answer.slot
        day += _DAY


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
    most = rules.max_meetings_per_day
    if most is not None and judge.calendar.counted_meetings.get(clock.date(), 0) >= most:
        return NotFree("day_full", f"{clock.date().isoformat()} has the most meetings a day may have ({most})")
    return None


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
    rules = judge.rules
    before, after = timedelta(minutes=rules.buffer_before_minutes), timedelta(minutes=rules.buffer_after_minutes)
    widest = max(before, after)
    first = bisect_left(judge.busy_starts, start - widest - judge.longest_busy)
    last = bisect_left(judge.busy_starts, end + widest)
    near = judge.busy[first:last]
    for one in near:
        if one.start < end and start < one.end:
            return ("google_busy" if one.kind == "google" else "busy"), one
    for one in near:
        ahead, behind = (widest, widest) if one.is_own_meeting else (before, after)
        if one.start < end + behind and start - ahead < one.end:
            return "buffer", one
    return None


def _shown(clock: datetime) -> str:
    return clock.isoformat(sep=" ", timespec="minutes")


def _shown_span(zone: ZoneInfo, busy: Busy) -> str:
    return f"{_shown(wall_clock(zone, busy.start))} to {_shown(wall_clock(zone, busy.end))}"


def _hours(calendar: SellerCalendar, clock: datetime) -> str:
    weekday = clock.weekday()
    ranges = ", ".join(f"{one.start}-{one.end}" for one in calendar.working_hours.on(weekday))
    return f"{WEEKDAYS[weekday]}'s hours are {ranges}" if ranges else f"{WEEKDAYS[weekday]} is a day off"
