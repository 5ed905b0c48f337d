"""Nobody is written to at night, by their own clock; and which zone that is."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from orchestrator_service.messaging.lead_zone import after_quiet, zone_of

BUENOS_AIRES = "America/Argentina/Buenos_Aires"


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of one day in Buenos Aires, three hours behind UTC."""
    return datetime(2026, 11, 27, hour + 3 if hour < 21 else hour - 21, minute, tzinfo=UTC).replace(
        day=27 if hour < 21 else 28
    )


@pytest.mark.parametrize(
    ("moment", "until"),
    [(at(20, 59), at(20, 59)), (at(8), at(8)), (at(7, 59), at(8)), (at(0), at(8))],
)
def test_the_night_is_waited_through(moment: datetime, until: datetime) -> None:
    assert after_quiet(moment, BUENOS_AIRES, time(21), time(8)) == until


def test_the_evening_waits_for_tomorrow() -> None:
    assert after_quiet(at(22), BUENOS_AIRES, time(21), time(8)) == datetime(2026, 11, 28, 11, tzinfo=UTC)


def test_a_siesta_within_one_day_and_no_quiet_hours_at_all() -> None:
    assert after_quiet(at(14), BUENOS_AIRES, time(13), time(16)) == at(16)
    assert after_quiet(at(12), BUENOS_AIRES, time(13), time(16)) == at(12)
    assert after_quiet(at(2), BUENOS_AIRES, None, None) == at(2)


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        ("+5491155512345", BUENOS_AIRES),
        ("+525512345678", "America/Mexico_City"),
        (None, BUENOS_AIRES),
        ("nonsense", BUENOS_AIRES),
    ],
)
def test_the_number_tells_where_the_clock_runs(phone: str | None, zone: str) -> None:
    assert zone_of(phone, BUENOS_AIRES) == zone
