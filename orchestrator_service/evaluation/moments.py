"""The written times and durations of a scenario: "2026-11-24 10:30", "09:00-13:00", "2 days". Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainSerializer

from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone

_MOMENT: Final = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?$")
_SPAN: Final = re.compile(r"^(\d+) (minutes?|hours?|days?|weeks?)$")
_SECONDS: Final = {"minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}


def _read_moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _MOMENT.match(value):
        raise ValueError('is written "2026-11-24 10:30", in the zone of its company or seller')
    return datetime.fromisoformat(value)


def _write_moment(value: datetime) -> str:
    return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")


def _read_span(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    match = _SPAN.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('is a number of minutes, hours, days or weeks, such as "2 days"')
    return timedelta(seconds=int(match[1]) * _SECONDS[match[2].removesuffix("s")])


def _write_span(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    if minutes % (24 * 60) == 0:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} hours" if minutes % 60 == 0 else f"{minutes} minutes"


def _read_zone(value: object) -> object:
    try:
        return parse_zone(str(value)).key
    except UnknownZoneError:
        raise ValueError(f"{value!r} is no IANA zone such as America/Bogota") from None


Moment: TypeAlias = Annotated[datetime, BeforeValidator(_read_moment), PlainSerializer(_write_moment)]
"""A wall-clock time in the zone of what it belongs to; one with an offset is an instant."""

Span: TypeAlias = Annotated[timedelta, BeforeValidator(_read_span), PlainSerializer(_write_span)]
Zone: TypeAlias = Annotated[str, BeforeValidator(_read_zone)]


def instant(moment: datetime, zone: str) -> datetime:
    """The instant (UTC) of a written moment; `zone` says where its clock hangs."""
    placed = moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))
    return placed.astimezone(UTC)


def written(moment: datetime, zone: str) -> str:
    """An instant as a scenario writes it: "2026-11-24 10:30" by the clocks of `zone`."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
