"""When the agent is on duty, in the company's zone."""

from datetime import UTC, datetime

import pytest

from core.json_types import JsonObject
from orchestrator_service.agenda.working_hours import WorkingHoursError
from orchestrator_service.chat.agent_hours import is_on_duty

ZONE = "America/Argentina/Buenos_Aires"  # UTC-3, no summer time
WEEK: JsonObject = {"0": [{"start": "09:00", "end": "13:00"}, {"start": "22:00", "end": "24:00"}]}


def monday(hour: int, minute: int = 0, *, day: int = 23) -> datetime:
    """UTC, in the week of Monday 23 November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "on_duty"),
    [
        (monday(11, 59), False),
        (monday(12, 0), True),
        (monday(15, 59), True),
        (monday(16, 0), False),
        (monday(2, 59, day=24), True),  # 23:59 of Monday there
        (monday(3, 0, day=24), False),
        (monday(12, 0, day=24), False),
    ],
)
def test_hours_are_the_companys_own_clock(now: datetime, *, on_duty: bool) -> None:
    assert is_on_duty(WEEK, ZONE, now) is on_duty


def test_no_hours_are_always() -> None:
    assert is_on_duty({}, ZONE, monday(3))


def test_summer_time_moves_them_along() -> None:
    hours: JsonObject = {"0": [{"start": "09:00", "end": "10:00"}]}
    winter, summer = datetime(2026, 1, 5, 8, 30, tzinfo=UTC), datetime(2026, 7, 6, 7, 30, tzinfo=UTC)
    assert is_on_duty(hours, "Europe/Madrid", winter)
    assert is_on_duty(hours, "Europe/Madrid", summer)
    assert not is_on_duty(hours, "Europe/Madrid", summer.replace(hour=8, minute=30))


def test_another_shape_is_no_silent_always() -> None:
    with pytest.raises(WorkingHoursError):
        is_on_duty({"7": []}, ZONE, monday(12))
