"""Availability computed the slow way: minute by minute, from the raw week, sharing no code with the real one.

Also draws random calendars, most of them around a change of the clocks.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from orchestrator_service.agenda.availability_facts import AvailabilityRules, Busy, BusyKind, SellerCalendar
from orchestrator_service.agenda.working_hours import parse_working_hours

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FORTNIGHT = timedelta(days=14)
Week = Mapping[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Case:
    """One question: the week is kept raw beside the calendar, for the oracle to read."""

    rules: AvailabilityRules
    calendar: SellerCalendar
    week: Week
    start: datetime
    end: datetime
    now: datetime


@lru_cache(maxsize=1)
def clock_changes() -> dict[str, tuple[datetime, ...]]:
    """Every IANA zone whose offset changes between 2005 and 2037, with the fortnights (UTC) in which it does.

    Found by looking, so that a zone which begins to change its clocks is drawn from the day tzdata knows it.
    """
    days = [datetime(2005, 1, 1, tzinfo=UTC) + FORTNIGHT * n for n in range(33 * 26)]
    found: dict[str, tuple[datetime, ...]] = {}
    for name in sorted(available_timezones()):
        offsets = [day.astimezone(ZoneInfo(name)).utcoffset() for day in days]
        if changed := tuple(days[n] for n in range(len(days) - 1) if offsets[n] != offsets[n + 1]):
            found[name] = changed
    return found


@cache
def day_of_change(name: str, fortnight: datetime) -> datetime:
    """The day (a UTC midnight) of a zone's first change of offset in a fortnight."""
    zone = ZoneInfo(name)
    before = fortnight.astimezone(zone).utcoffset()
    return (
        next(day for n in range(14) if (day := fortnight + DAY * n + DAY).astimezone(zone).utcoffset() != before) - DAY
    )


def oracle_starts(case: Case) -> list[datetime]:
    """The starts on offer, by looking at every minute of the window."""
    rules, calendar = case.rules, case.calendar
    first = case.start - timedelta(days=1)
    length = int((case.end - first) / MINUTE) + 1440
    clocks = [(first + MINUTE * n).astimezone(calendar.zone) for n in range(length)]
    base = clocks[0].date() - 9 * DAY
    nominal = b"".join(_open_minutes(case, base + DAY * n) for n in range((clocks[-1].date() - base).days + 2))
    at = [(clock.date() - base).days * 1440 + clock.hour * 60 + clock.minute for clock in clocks]
    works = bytes(nominal[index] for index in at)
    taken, close = _busy_minutes(case, first, length)
    last_day = case.now.astimezone(calendar.zone).date() + DAY * rules.horizon_days
    starts: list[datetime] = []
    for n in range(1440, length - 1440 - rules.duration_minutes + 1):
        stop = n + rules.duration_minutes
        day, minute = clocks[n].date(), at[n]
        begun = nominal.rfind(b"\0", 0, minute) + 1
        if (
            b"\0" not in works[n:stop]
            and b"\1" not in taken[n:stop]
            and not close[n]
            and clocks[n].fold == 0
            and (minute - begun) % rules.granularity_minutes == 0
            and first + MINUTE * n > case.now
            and first + MINUTE * n >= case.now + MINUTE * rules.minimum_notice_minutes
            and day <= last_day
            and (
                rules.max_meetings_per_day is None or calendar.counted_meetings.get(day, 0) < rules.max_meetings_per_day
            )
        ):
            starts.append(first + MINUTE * n)
    return starts


def _open_minutes(case: Case, day: date) -> bytes:
    minutes = bytearray(1440)
    if day not in case.calendar.holidays:
        for one in case.week.get(str(day.weekday()), []):
            begins, stops = (int(text[:2]) * 60 + int(text[3:]) for text in (one["start"], one["end"]))
            minutes[begins:stops] = b"\1" * (stops - begins)
    return bytes(minutes)


def _busy_minutes(case: Case, first: datetime, length: int) -> tuple[bytearray, bytearray]:
    """Minutes touched by busy time, and starts from which the needed pause to some busy time is too short."""
    rules, taken, close = case.rules, bytearray(length), bytearray(length)
    for one in case.calendar.busy:
        own = one.kind in ("meeting", "hold")
        pause = max(rules.buffer_before_minutes, rules.buffer_after_minutes)
        before = pause if own else rules.buffer_before_minutes
        after = pause if own else rules.buffer_after_minutes
        reach = after + rules.duration_minutes + before + 2
        begins, stops = int((one.start - first) / MINUTE) - reach, int((one.end - first) / MINUTE) + reach
        for n in range(max(0, begins), min(length, stops)):
            minute = first + MINUTE * n
            if minute < one.end and one.start < minute + MINUTE:
                taken[n] = 1
            if one.start - MINUTE * (after + rules.duration_minutes) < minute < one.end + MINUTE * before:
                close[n] = 1
    return taken, close


def seeded_case(seed: int) -> Case:
    """The same case for the same seed, on every machine."""
    return random_case(random.Random(seed))  # noqa: S311 - a drawn test case, not a secret


def random_case(rng: random.Random) -> Case:
    """A question about one to three days, most often beside a change of the clocks."""
    changes = clock_changes()
    name = rng.choice([*changes, "UTC"])
    if name in changes and rng.random() < 0.8:
        start = day_of_change(name, rng.choice(changes[name])) + MINUTE * rng.randint(-1440, 720)
    else:
        start = datetime(2026, 1, 1, tzinfo=UTC) + MINUTE * rng.randint(0, 500_000)
    end = start + MINUTE * rng.randint(0, 3000)
    now = start + MINUTE * rng.randint(-600, 300) + timedelta(seconds=rng.choice((0, 0, 30)))
    week = _random_week(rng)
    near = [start.date() + DAY * n for n in range(-2, 5)]
    calendar = SellerCalendar(
        seller_id=rng.randint(1, 9),
        zone=ZoneInfo(name),
        working_hours=parse_working_hours(week),
        holidays=frozenset(day for day in near if rng.random() < 0.1),
        busy=tuple(_random_busy(rng, start) for _ in range(rng.choice((0, 0, 1, 3, 6)))),
        counted_meetings={day: rng.randint(0, 3) for day in near},
    )
    rules = AvailabilityRules(
        granularity_minutes=rng.choice((1, 5, 10, 15, 20, 30, 30, 45, 60, 90)),
        duration_minutes=rng.choice((1, 15, 30, 30, 45, 60, 60, 90, 180)),
        buffer_before_minutes=rng.choice((0, 0, 5, 15, 40)),
        buffer_after_minutes=rng.choice((0, 0, 10, 15, 60)),
        minimum_notice_minutes=rng.choice((0, 0, 7, 60, 600)),
        max_meetings_per_day=rng.choice((None, None, 0, 2, 3)),
        horizon_days=rng.choice((0, 1, 2, 30, 30)),
    )
    return Case(rules, calendar, week, start, end, now)


def _random_week(rng: random.Random) -> Week:
    week: dict[str, list[dict[str, str]]] = {}
    always = rng.random() < 0.1
    for weekday in range(7):
        count = rng.choice((0, 1, 1, 2, 3))
        step = rng.choice((1, 15, 30))
        marks = {rng.choice((0, 1440, 120, 180, rng.randrange(0, 1441, step))) for _ in range(count + 1)}
        ordered = [0, 1440] if always else sorted(marks)
        pairs = list(pairwise(ordered))  # neighbours touch …
        kept = [pair for pair in pairs if always or rng.random() < 0.8]  # … unless one between them is left out
        rng.shuffle(kept)
        week[str(weekday)] = [{"start": _clock(begins), "end": _clock(stops)} for begins, stops in kept]
    return week


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _random_busy(rng: random.Random, around: datetime) -> Busy:
    start = around + MINUTE * rng.randint(-1500, 3000) + timedelta(seconds=rng.choice((0, 0, 0, 20)))
    kinds: tuple[BusyKind, ...] = ("meeting", "hold", "block", "google")
    length = MINUTE * rng.choice((1, 15, 30, 60, 240, 1440)) + timedelta(seconds=rng.choice((0, 0, 0, 45)))
    return Busy(start, start + length, rng.choice(kinds), "something")
