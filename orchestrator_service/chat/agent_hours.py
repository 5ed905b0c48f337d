"""When a company's agent answers (PRODUCT §8.5): a week of wall-clock ranges in the company's zone. Pure."""

from __future__ import annotations

from datetime import datetime

from core.json_types import JsonObject
from orchestrator_service.agenda.working_hours import parse_working_hours
from orchestrator_service.agenda.zone_time import parse_zone


def is_on_duty(hours: JsonObject, zone: str, now: datetime) -> bool:
    """Whether the agent answers at `now` (aware). No hours at all means always.

    `hours` has the shape of a seller's (`agenda/working_hours.py`). Raises WorkingHoursError for another shape.
    """
    if not hours:
        return True
    local = now.astimezone(parse_zone(zone))
    minute = local.hour * 60 + local.minute
    return any(one.start_minute <= minute < one.end_minute for one in parse_working_hours(hours).on(local.weekday()))
