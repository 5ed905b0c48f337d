"""Each rule of availability by example, and the days on which clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from orchestrator_service.agenda.availability import explain, explain_instant, free_slots
from orchestrator_service.agenda.availability_facts import (
    AvailabilityRules,
    Busy,
    BusyKind,
    Free,
    NotFree,
    SellerCalendar,
    Slot,
)
from orchestrator_service.agenda.working_hours import parse_working_hours
from orchestrator_service.agenda.working_time import is_on_grid

RULES = AvailabilityRules(granularity_minutes=30, duration_minutes=60, horizon_days=60)
MONDAY = "2026-06-01"
NOW = datetime(2026, 5, 31, 12, 0, tzinfo=UTC)


def _rules(duration: int, granularity: int = 30, **more: int) -> AvailabilityRules:
    return AvailabilityRules(granularity_minutes=granularity, duration_minutes=duration, horizon_days=60, **more)


def _calendar(
    *ranges: str,
    zone: str = "UTC",
    busy: tuple[Busy, ...] = (),
    holidays: tuple[str, ...] = (),
    counted: int = 0,
) -> SellerCalendar:
    """A seller who works the same ranges ("09:00-12:00") on each of the seven days."""
    day = [dict(zip(("start", "end"), one.split("-"), strict=True)) for one in ranges]
    return SellerCalendar(
        seller_id=7,
        zone=ZoneInfo(zone),
        working_hours=parse_working_hours({str(n): day for n in range(7)}),
        busy=busy,
        holidays=frozenset(date.fromisoformat(day) for day in holidays),
        counted_meetings={date.fromisoformat(MONDAY): counted},
    )


def _busy(start: str, end: str, kind: BusyKind = "google") -> Busy:
    at = [datetime.fromisoformat(f"{MONDAY}T{clock}+00:00") for clock in (start, end)]
    return Busy(at[0], at[1], kind, "Dentist")


def _why(calendar: SellerCalendar, clock: str, rules: AvailabilityRules = RULES, now: datetime = NOW) -> NotFree:
    answer = explain(rules, calendar, datetime.fromisoformat(clock), now)
    assert isinstance(answer, NotFree), answer
    return answer


def _offered(calendar: SellerCalendar, day: str, rules: AvailabilityRules) -> list[str]:
    """Local starts, with the UTC offset, of the slots in the three days around a day."""
    noon = datetime.fromisoformat(f"{day}T12:00+00:00")
    now = noon - timedelta(days=5)
    slots = free_slots(rules, calendar, noon - timedelta(days=1.5), noon + timedelta(days=1.5), now)
    shown = [slot.start_utc.astimezone(calendar.zone).isoformat(timespec="minutes") for slot in slots]
    return [one.removeprefix(f"{day}T") for one in shown if one.startswith(day)]


def test_slots_are_offered_on_the_grid_and_end_with_the_work() -> None:
    day = datetime(2026, 6, 1, tzinfo=UTC)
    slots = free_slots(RULES, _calendar("09:00-11:00"), day, day + timedelta(days=1), NOW)
    starts = [day + timedelta(hours=hours) for hours in (9, 9.5, 10)]
    assert slots == tuple(Slot(7, start, start + timedelta(hours=1)) for start in starts)


def test_free_time_is_explained_with_its_slot() -> None:
    start = datetime(2026, 6, 1, 9, tzinfo=UTC)
    answer = explain(RULES, _calendar("09:00-11:00"), datetime.fromisoformat(f"{MONDAY}T09:00"), NOW)
    assert answer == Free(Slot(7, start, start + timedelta(hours=1)))


@pytest.mark.parametrize("shift", [timedelta(0), timedelta(minutes=-1)])
def test_empty_or_reversed_window_offers_nothing(shift: timedelta) -> None:
    start = datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert free_slots(RULES, _calendar("00:00-24:00"), start, start + shift, NOW) == ()


def test_time_outside_the_hours_is_explained_with_the_hours() -> None:
    calendar = _calendar("09:00-12:00", "13:00-18:00")
    assert _why(calendar, f"{MONDAY}T12:00") == NotFree(
        "outside_hours", "60 minutes do not fit: Monday's hours are 09:00-12:00, 13:00-18:00"
    )
    assert _why(calendar, f"{MONDAY}T11:30").rule == "outside_hours"
    assert _why(_calendar(), f"{MONDAY}T11:30").detail == "60 minutes do not fit: Monday is a day off"


def test_holiday_is_named() -> None:
    calendar = _calendar("09:00-12:00", holidays=(MONDAY,))
    assert _why(calendar, f"{MONDAY}T10:00") == NotFree("holiday", "2026-06-01 is a holiday")


def test_meeting_that_would_run_into_a_holiday_is_not_free() -> None:
    calendar = _calendar("00:00-24:00", holidays=(MONDAY,))
    assert _why(calendar, "2026-05-31T23:30").rule == "holiday"
    fits = explain(RULES, calendar, datetime.fromisoformat("2026-05-31T23:00"), NOW)
    assert isinstance(fits, Free)


@pytest.mark.parametrize(
    ("start", "end", "clock", "rule"),
    [
        ("10:00", "10:30", "10:00", "google_busy"),
        ("10:00", "10:30", "09:30", "google_busy"),
        ("10:00", "10:30", "10:30", None),
        ("10:00", "10:30", "09:00", None),
        ("10:59", "11:00", "10:00", "google_busy"),
        ("08:00", "20:00", "10:00", "google_busy"),
    ],
)
def test_busy_time_blocks_what_overlaps_it_and_not_what_touches_it(
    start: str, end: str, clock: str, rule: str | None
) -> None:
    calendar = _calendar("09:00-18:00", busy=(_busy("17:00", "17:05"), _busy(start, end)))
    answer = explain(RULES, calendar, datetime.fromisoformat(f"{MONDAY}T{clock}"), NOW)
    assert (answer.rule if isinstance(answer, NotFree) else None) == rule


def test_busy_time_is_explained_in_the_sellers_clock() -> None:
    calendar = _calendar("00:00-24:00", zone="America/Montevideo", busy=(_busy("13:00", "14:00"),))
    assert _why(calendar, f"{MONDAY}T10:00").detail == "Dentist is from 2026-06-01 10:00 to 2026-06-01 11:00"


@pytest.mark.parametrize(
    ("kind", "before", "after", "too_close"),
    [
        ("google", 20, 0, ["13:00", "13:10"]),  # the new meeting's own buffer before it
        ("google", 0, 20, ["10:50", "11:00"]),  # the new meeting's own buffer after it
        ("meeting", 20, 0, ["10:50", "11:00", "13:00", "13:10"]),  # and that of the meeting already there
        ("meeting", 0, 20, ["10:50", "11:00", "13:00", "13:10"]),
        ("hold", 20, 0, ["10:50", "11:00", "13:00", "13:10"]),
        ("block", 10, 20, ["10:50", "11:00", "13:00"]),
    ],
)
def test_buffers_surround_the_new_meeting_and_the_tenants_own_ones(
    kind: BusyKind, before: int, after: int, too_close: list[str]
) -> None:
    rules = _rules(60, 10, buffer_before_minutes=before, buffer_after_minutes=after)
    calendar = _calendar("09:00-18:00", busy=(_busy("12:00", "13:00", kind),))
    asked = ["10:40", "10:50", "11:00", "13:00", "13:10", "13:20"]
    answers = {clock: explain(rules, calendar, datetime.fromisoformat(f"{MONDAY}T{clock}"), NOW) for clock in asked}
    assert [clock for clock, one in answers.items() if isinstance(one, NotFree) and one.rule == "buffer"] == too_close
    assert [clock for clock, one in answers.items() if isinstance(one, Free)] == [
        x for x in asked if x not in too_close
    ]


def test_full_day_is_explained_with_its_maximum() -> None:
    rules = _rules(60, max_meetings_per_day=2)
    assert _why(_calendar("09:00-18:00", counted=2), f"{MONDAY}T10:00", rules).rule == "day_full"
    free = explain(rules, _calendar("09:00-18:00", counted=1), datetime.fromisoformat(f"{MONDAY}T10:00"), NOW)
    assert isinstance(free, Free)


def test_notice_counts_from_now_to_the_minute() -> None:
    rules, now = _rules(60, minimum_notice_minutes=120), datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
    calendar = _calendar("09:00-18:00")
    assert _why(calendar, f"{MONDAY}T09:30", rules, now).rule == "notice"
    assert isinstance(explain(rules, calendar, datetime.fromisoformat(f"{MONDAY}T10:00"), now), Free)


def test_present_moment_is_past() -> None:
    now = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
    assert _why(_calendar("09:00-18:00"), f"{MONDAY}T10:00", now=now).rule == "past"


def test_last_day_of_the_horizon_is_offered_and_the_next_is_not() -> None:
    calendar, now = _calendar("23:00-24:00", zone="Pacific/Chatham"), datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
    rules = AvailabilityRules(granularity_minutes=30, duration_minutes=60, horizon_days=1)
    slots = free_slots(rules, calendar, now, now + timedelta(days=9), now)
    assert [slot.start_utc.astimezone(calendar.zone).day for slot in slots] == [1, 2]
    assert _why(calendar, "2026-06-03T23:00", rules, now) == NotFree("horizon", "meetings are offered until 2026-06-02")


@pytest.mark.parametrize("clock", ["10:10", "10:00:30"])
def test_time_beside_the_grid_is_off_grid(clock: str) -> None:
    assert _why(_calendar("09:00-18:00"), f"{MONDAY}T{clock}").rule == "off_grid"


def test_grid_starts_where_the_work_starts_even_on_the_day_before() -> None:
    calendar = _calendar("00:00-02:00", "22:30-24:00")
    assert _offered(calendar, MONDAY, _rules(60, 60)) == ["00:30+00:00", "22:30+00:00", "23:30+00:00"]


def test_holiday_before_makes_midnight_the_start_of_the_grid() -> None:
    calendar = _calendar("00:00-02:00", "22:30-24:00", holidays=("2026-05-31",))
    assert _offered(calendar, MONDAY, _rules(60, 60))[:2] == ["00:00+00:00", "01:00+00:00"]


def test_work_without_pause_has_its_grid_at_midnight() -> None:
    assert len(_offered(_calendar("00:00-24:00"), MONDAY, _rules(90, 90))) == 16


def test_time_nobody_works_is_on_no_grid() -> None:
    assert not is_on_grid(_calendar("09:00-12:00"), datetime.fromisoformat(f"{MONDAY}T13:00"), 30)


def test_jumped_hour_is_never_offered_and_meetings_keep_their_length() -> None:
    calendar = _calendar("01:00-05:00", zone="America/New_York")
    assert _offered(calendar, "2026-03-08", _rules(60)) == [
        *("01:00-05:00", "01:30-05:00", "03:00-04:00", "03:30-04:00", "04:00-04:00"),
    ]
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert _why(calendar, "2026-03-08T02:30", now=now) == NotFree(
        "nonexistent_time", "2026-03-08 02:30 does not exist: the clocks jump over it"
    )


def test_repeated_hour_is_offered_once_and_the_work_is_an_hour_longer() -> None:
    calendar = _calendar("01:00-03:00", zone="America/New_York")
    assert _offered(calendar, "2026-11-01", _rules(120)) == ["01:00-04:00", "01:30-04:00"]
    assert _offered(calendar, "2026-11-01", _rules(30)) == [
        *("01:00-04:00", "01:30-04:00", "02:00-05:00", "02:30-05:00"),
    ]


def test_second_pass_of_the_repeated_hour_is_explained_as_not_offered() -> None:
    calendar, now = _calendar("01:00-03:00", zone="America/New_York"), datetime(2026, 10, 30, tzinfo=UTC)
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert isinstance(explain_instant(RULES, calendar, first, now), Free)
    assert explain_instant(RULES, calendar, first + timedelta(hours=1), now) == NotFree(
        "off_grid", "2026-11-01 01:30 comes twice that day and only the first one is offered"
    )


def test_repeated_minutes_outside_the_hours_are_not_worked() -> None:
    calendar = _calendar("01:30-03:00", zone="America/New_York")
    assert _offered(calendar, "2026-11-01", _rules(30)) == ["01:30-04:00", "02:00-05:00", "02:30-05:00"]
    assert _offered(calendar, "2026-11-01", _rules(60)) == ["02:00-05:00"]


def test_midnight_that_does_not_exist_is_crossed_without_a_gap() -> None:
    calendar = _calendar("00:00-02:00", "23:00-24:00", zone="America/Sao_Paulo")
    assert _offered(calendar, "2018-11-03", _rules(120, 60)) == ["00:00-03:00", "23:00-03:00"]
    assert _offered(calendar, "2018-11-04", _rules(60, 60)) == ["01:00-02:00", "23:00-02:00"]


def test_slot_of_the_new_day_may_end_on_the_old_one_where_clocks_go_back_over_midnight() -> None:
    calendar = _calendar("00:00-24:00", zone="America/St_Johns")  # at 00:01 the clocks went back to 23:01
    start = datetime(2009, 11, 1, 2, 30, tzinfo=UTC)
    end = start + timedelta(minutes=30)
    slots = free_slots(_rules(30), calendar, start, end, start - timedelta(days=2))
    assert [slot.start_utc.astimezone(calendar.zone).isoformat() for slot in slots] == ["2009-11-01T00:00:00-02:30"]
    assert end.astimezone(calendar.zone).isoformat() == "2009-10-31T23:30:00-03:30"


def test_day_that_was_skipped_is_not_offered() -> None:
    assert _offered(_calendar("00:00-24:00", zone="Pacific/Apia"), "2011-12-30", RULES) == []


def test_times_without_a_zone_or_of_another_zone_are_refused() -> None:
    calendar, start = _calendar("09:00-18:00"), datetime(2026, 6, 1, 9, tzinfo=UTC)
    with pytest.raises(ValueError, match="is not an aware UTC time"):
        free_slots(RULES, calendar, start.replace(tzinfo=None), start, NOW)
    with pytest.raises(ValueError, match="is not an aware UTC time"):
        explain_instant(RULES, calendar, start.astimezone(ZoneInfo("Europe/Madrid")), NOW)
    with pytest.raises(ValueError, match="wall clock, without a zone"):
        explain(RULES, calendar, start, NOW)


def test_busy_time_that_does_not_end_after_its_start_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        _busy("10:00", "10:00")


@pytest.mark.parametrize("granularity", [0, -30, 7, 50, 2880])
def test_granularity_must_divide_the_day(granularity: int) -> None:
    with pytest.raises(ValueError, match="does not divide the day"):
        _rules(30, granularity)


@pytest.mark.parametrize(
    ("duration", "more"),
    [
        (0, {}),
        (30, {"buffer_before_minutes": -1}),
        (30, {"buffer_after_minutes": -1}),
        (30, {"minimum_notice_minutes": -1}),
        (30, {"max_meetings_per_day": -1}),
    ],
)
def test_rules_without_sense_are_refused(duration: int, more: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"at least one minute|not negative"):
        _rules(duration, **more)
