"""Availability equals a minute-by-minute oracle on random calendars, and `explain` equals availability.

NEXUS_AVAILABILITY_CASES sets how many calendars are drawn (500 unless set; the long proof uses 10000).
"""

import os
import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestrator_service.agenda.availability import explain, explain_instant, free_slots
from orchestrator_service.agenda.availability_facts import Free
from orchestrator_service.agenda.zone_time import wall_clock
from tests.unit.agenda.availability_oracle import DAY, MINUTE, Case, oracle_starts, random_case, seeded_case

CASES = int(os.environ.get("NEXUS_AVAILABILITY_CASES", "500"))
PARTS = 10


def _assert_equals_oracle(case: Case) -> int:
    slots = free_slots(case.rules, case.calendar, case.start, case.end, case.now)
    assert [slot.start_utc for slot in slots] == oracle_starts(case)
    assert {slot.end_utc - slot.start_utc for slot in slots} <= {case.rules.duration}
    assert {slot.seller_id for slot in slots} <= {case.calendar.seller_id}
    return len(slots)


def _assert_explained_as_offered(case: Case) -> None:
    """Ask about every seventh minute of the window's days and every offered one, by wall clock and by instant."""
    slots = free_slots(case.rules, case.calendar, case.start, case.end, case.now)
    minutes = {case.start + MINUTE * n for n in range(0, int((case.end - case.start) / MINUTE), 7)}
    for instant in minutes | {slot.start_utc for slot in slots}:
        answer = explain_instant(case.rules, case.calendar, instant, case.now)
        offered = [slot for slot in slots if slot.start_utc == instant]
        fits = instant + case.rules.duration <= case.end
        assert ([answer.slot] if isinstance(answer, Free) and fits else []) == offered, answer
        by_clock = explain(case.rules, case.calendar, wall_clock(case.calendar.zone, instant), case.now)
        assert isinstance(by_clock, Free) or not offered, by_clock


@pytest.mark.parametrize("part", range(PARTS))
def test_free_slots_equal_the_oracle(part: int) -> None:
    offered = 0
    for number in range(part, CASES, PARTS):
        offered += _assert_equals_oracle(seeded_case(number))
    assert offered, "no calendar offered anything: the draw proves nothing"


@given(st.randoms(use_true_random=False))
@settings(max_examples=CASES // 10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_free_slots_equal_the_oracle_where_hypothesis_looks(rng: random.Random) -> None:
    _assert_equals_oracle(random_case(rng))


@given(st.integers(min_value=0))
@settings(max_examples=CASES // 5, deadline=None)
def test_explain_is_free_exactly_for_the_slots_on_offer(seed: int) -> None:
    _assert_explained_as_offered(seeded_case(seed))


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=2000))
@settings(max_examples=CASES // 5, deadline=None)
def test_window_in_two_parts_offers_what_the_whole_offers(seed: int, minutes: int) -> None:
    case = seeded_case(seed)
    middle = case.start + timedelta(minutes=minutes)
    whole = free_slots(case.rules, case.calendar, case.start, case.end + 2 * DAY, case.now)
    first = free_slots(case.rules, case.calendar, case.start, middle + case.rules.duration, case.now)
    second = free_slots(case.rules, case.calendar, middle + MINUTE, case.end + 2 * DAY, case.now)
    assert first + second == whole
