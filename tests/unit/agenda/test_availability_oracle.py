"""Availability equals a minute-by-minute oracle on random calendars, and `explain` equals availability.

The long form (`-m slow`) draws 10,000 calendars, of every IANA zone that changes its clocks.
"""

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestrator_service.agenda.availability import explain, explain_instant, free_slots
from orchestrator_service.agenda.availability_facts import Free
from orchestrator_service.agenda.zone_time import wall_clock
from tests.unit.agenda.availability_oracle import (
    DAY,
    MINUTE,
    Case,
    clock_changes,
    oracle_starts,
    random_case,
    seeded_case,
)

SHORT = 100
LONG = 10_000


def _assert_equals_oracle(case: Case) -> int:
    slots = free_slots(case.rules, case.calendar, case.start, case.end, case.now)
    assert [slot.start_utc for slot in slots] == oracle_starts(case)
    assert {slot.end_utc - slot.start_utc for slot in slots} <= {case.rules.duration}
    assert {slot.seller_id for slot in slots} <= {case.calendar.seller_id}
    return len(slots)


def _assert_explained_as_offered(case: Case, every: int) -> None:
    """Ask about each `every`th minute of the window's days and every offered one, by wall clock and by instant."""
    slots = free_slots(case.rules, case.calendar, case.start, case.end, case.now)
    offered = {slot.start_utc: slot for slot in slots}
    minutes = {case.start + MINUTE * n for n in range(0, int((case.end - case.start) / MINUTE), every)}
    for instant in minutes | set(offered):
        answer = explain_instant(case.rules, case.calendar, instant, case.now)
        fits = instant + case.rules.duration <= case.end
        assert (answer.slot if isinstance(answer, Free) and fits else None) == offered.get(instant), answer
        by_clock = explain(case.rules, case.calendar, wall_clock(case.calendar.zone, instant), case.now)
        assert isinstance(by_clock, Free) or instant not in offered, by_clock


def test_free_slots_equal_the_oracle() -> None:
    offered = sum(_assert_equals_oracle(seeded_case(number)) for number in range(SHORT))
    assert offered, "no calendar offered anything: the draw proves nothing"


@pytest.mark.parametrize("number", [2115, 2330, 9402])
def test_a_midnight_that_comes_twice_is_offered_the_first_time(number: int) -> None:
    """Of the long form: the clocks go back to midnight, and the day after the change looks like one without."""
    assert _assert_equals_oracle(seeded_case(number))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_calendars_equal_the_oracle(part: int) -> None:
    numbers = range(SHORT + part, SHORT + LONG, 10)
    assert sum(_assert_equals_oracle(seeded_case(number)) for number in numbers)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_long_form_draws_every_zone_that_changes_its_clocks() -> None:
    drawn = Counter(seeded_case(number).calendar.zone.key for number in range(SHORT, SHORT + LONG))
    assert set(clock_changes()) <= set(drawn)
    assert len(clock_changes()) > 200


@given(st.randoms(use_true_random=False))
@settings(max_examples=SHORT // 5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_free_slots_equal_the_oracle_where_hypothesis_looks(rng: random.Random) -> None:
    _assert_equals_oracle(random_case(rng))


@given(st.integers(min_value=0))
@settings(max_examples=SHORT // 5, deadline=None)
def test_explain_is_free_exactly_for_the_slots_on_offer(seed: int) -> None:
    _assert_explained_as_offered(seeded_case(seed), every=31)


@pytest.mark.slow
@pytest.mark.timeout(900)
@given(st.integers(min_value=0))
@settings(max_examples=1000, deadline=None)
def test_explain_is_free_exactly_for_the_slots_on_offer_in_a_thousand_calendars(seed: int) -> None:
    _assert_explained_as_offered(seeded_case(seed), every=7)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=2000))
@settings(max_examples=SHORT // 4, deadline=None)
def test_window_in_two_parts_offers_what_the_whole_offers(seed: int, minutes: int) -> None:
    case = seeded_case(seed)
    middle = case.start + timedelta(minutes=minutes)
    whole = free_slots(case.rules, case.calendar, case.start, case.end + 2 * DAY, case.now)
    first = free_slots(case.rules, case.calendar, case.start, middle + case.rules.duration, case.now)
    second = free_slots(case.rules, case.calendar, middle + MINUTE, case.end + 2 * DAY, case.now)
    assert first + second == whole
