"""Which free times are offered."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from orchestrator_service.agenda.availability_facts import Slot
from orchestrator_service.agenda.spread import one_seller_each, spread

UTC_ZONE = ZoneInfo("UTC")
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def slot(hours: float, seller_id: int = 1) -> Slot:
    start = MONDAY + timedelta(hours=hours)
    return Slot(seller_id, start, start + timedelta(minutes=30))


def hours(slots: tuple[Slot, ...]) -> list[float]:
    return [(one.start_utc - MONDAY) / timedelta(hours=1) for one in slots]


def working_day(day: int) -> list[Slot]:
    return [slot(24 * day + 9 + half / 2) for half in range(18)]


def test_each_half_of_the_first_days_gives_its_first_time() -> None:
    week = [one for day in range(5) for one in working_day(day)]
    assert hours(spread(week, UTC_ZONE, 6)) == [9, 13, 33, 37, 57, 61]


def test_one_day_is_shown_from_end_to_end() -> None:
    assert hours(spread(working_day(0), UTC_ZONE, 6)) == [9, 10, 11.5, 13, 14.5, 16]


def test_a_scarce_half_leaves_its_share_to_the_other() -> None:
    assert hours(spread([slot(9), slot(14), slot(15), slot(16)], UTC_ZONE, 3)) == [9, 14, 15]


def test_halves_are_those_of_the_readers_zone() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    # 03:00 and 04:00 UTC are noon and one o'clock in Tokyo.
    assert hours(spread([slot(3), slot(3.5), slot(4)], tokyo, 2)) == [3, 4]


@given(st.lists(st.integers(0, 400), unique=True).map(sorted), st.integers(0, 12))
def test_it_gives_as_many_as_there_are_up_to_the_most_each_once_in_order(halves: list[int], most: int) -> None:
    slots = [slot(half / 2) for half in halves]
    chosen = spread(slots, UTC_ZONE, most)
    assert len(chosen) == min(most, len(slots))
    assert set(chosen) <= set(slots)
    assert list(chosen) == sorted(set(chosen), key=lambda one: one.start_utc)


def test_a_time_goes_to_the_least_busy_seller_then_to_the_lowest_id() -> None:
    slots = [slot(10, 3), slot(9, 2), slot(9, 1), slot(10, 2)]
    assert one_seller_each(slots, {2: 5, 3: 1}) == (slot(9, 1), slot(10, 3))
    assert one_seller_each(slots, {}) == (slot(9, 1), slot(10, 2))
