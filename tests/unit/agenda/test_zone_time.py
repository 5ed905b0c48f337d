"""Wall clocks and instants where clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from orchestrator_service.agenda.zone_time import (
    OffsetSpan,
    UnknownZoneError,
    first_instant,
    offset_spans,
    parse_zone,
    wall_clock,
)

NEW_YORK = ZoneInfo("America/New_York")


def test_time_the_clocks_jump_over_has_no_instant() -> None:
    assert first_instant(NEW_YORK, datetime.fromisoformat("2026-03-08T02:30")) is None
    assert first_instant(NEW_YORK, datetime.fromisoformat("2026-03-08T03:00")) == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def test_time_that_comes_twice_means_the_first() -> None:
    clock = datetime.fromisoformat("2026-11-01T01:30")
    assert first_instant(NEW_YORK, clock) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert first_instant(NEW_YORK, clock.replace(fold=1)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_wall_clock_of_the_repeated_hour_compares_equal() -> None:
    again = wall_clock(NEW_YORK, datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    assert (again, again.fold) == (datetime.fromisoformat("2026-11-01T01:30"), 0)


def test_spans_are_cut_at_the_second_the_offset_changes() -> None:
    start, end = datetime(2026, 3, 6, 11, 11, 11, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)
    change = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    assert list(offset_spans(NEW_YORK, start, end)) == [
        OffsetSpan(start, change, timedelta(hours=-5)),
        OffsetSpan(change, end, timedelta(hours=-4)),
    ]


def test_span_that_ends_at_the_change_leaves_nothing_behind_it() -> None:
    change = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    spans = list(offset_spans(NEW_YORK, change - timedelta(hours=1), change))
    assert spans == [OffsetSpan(change - timedelta(hours=1), change, timedelta(hours=-5))]


def test_empty_time_has_no_spans() -> None:
    now = datetime(2026, 3, 8, tzinfo=UTC)
    assert list(offset_spans(NEW_YORK, now, now)) == []


def test_iana_name_is_a_zone() -> None:
    assert parse_zone("America/Montevideo").key == "America/Montevideo"


@pytest.mark.parametrize("name", ["", "America", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "UTC+3"])
def test_other_names_are_not_zones(name: str) -> None:
    with pytest.raises(UnknownZoneError):
        parse_zone(name)
