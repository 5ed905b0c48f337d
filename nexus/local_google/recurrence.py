"""Instances of a recurring event, by RFC 5545's rules as python-dateutil knows them. Pure.

A rule runs on the wall clock of the event's zone, so a weekly meeting at nine stays at nine when the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from nexus.local_google.errors import invalid

if TYPE_CHECKING:
    from core.whatsapp import JsonObject

MOST_INSTANCES: Final = 1000
_HORIZON: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Span:
    """When something is: aware UTC, `end` excluded. `day` where it has dates in place of times."""

    start: datetime
    end: datetime
    day: bool


def span_of(event: JsonObject, zone: str) -> Span:
    """The times of an event; days begin at midnight of the calendar's zone. Raises GoogleError."""
    return Span(
        _instant(event.get("start"), "start", zone), _instant(event.get("end"), "end", zone), day=_has_day(event)
    )


def check_rules(event: JsonObject, zone: str) -> None:
    """Raises GoogleError where the rules cannot be read or give nothing."""
    first = next(instances(event, zone, until=None), None)
    if first is None:
        raise invalid("recurrence", "Invalid recurrence rule.")


def instances(event: JsonObject, zone: str, *, until: datetime | None) -> Iterator[JsonObject]:
    """Each instance that starts before `until`, or within two years of the first, in order."""
    whole = span_of(event, zone)
    clock = ZoneInfo(zone if whole.day else _zone_in(event, zone))
    begins, last = whole.start.astimezone(clock), (until or whole.start + _HORIZON).astimezone(clock)
    if whole.day:
        begins, last = begins.replace(tzinfo=None), last.replace(tzinfo=None)
    length = whole.end - whole.start
    days = (whole.end.astimezone(clock).date() - whole.start.astimezone(clock).date()).days
    for count, moment in enumerate(takewhile(lambda one: one < last, _moments(event, begins))):
        if count >= MOST_INSTANCES:
            return
        if whole.day:
            yield _all_day_instance(event, moment.date(), days)
        else:
            yield _timed_instance(event, moment, length)


def _moments(event: JsonObject, begins: datetime) -> Iterator[datetime]:
    """Each start, as aware as the first: of days there are dates alone, whose rules name no zone."""
    lines = [str(line) for line in cast("list[object]", event.get("recurrence") or [])]
    days = begins.tzinfo is None
    try:
        found = rrulestr("\n".join(lines), dtstart=begins, forceset=True, ignoretz=days, tzids=ZoneInfo)
        return iter(cast("Iterator[datetime]", found))
    except (ValueError, TypeError, LookupError):
        raise invalid("recurrence", "Invalid recurrence rule.") from None


def _timed_instance(event: JsonObject, start: datetime, length: timedelta) -> JsonObject:
    zone = cast("JsonObject", event["start"]).get("timeZone")
    end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    when: JsonObject = {"dateTime": start.isoformat(), "timeZone": zone}
    return _instance(
        event,
        f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        when,
        {"dateTime": end.isoformat(), "timeZone": zone},
    )


def _all_day_instance(event: JsonObject, day: date, days: int) -> JsonObject:
    end = day + timedelta(days=days)
    return _instance(event, f"{day:%Y%m%d}", {"date": day.isoformat()}, {"date": end.isoformat()})


def _instance(event: JsonObject, suffix: str, start: JsonObject, end: JsonObject) -> JsonObject:
    kept = {name: value for name, value in event.items() if name not in {"recurrence", "start", "end"}}
    own: JsonObject = {
        "id": f"{event['id']}_{suffix}",
        "recurringEventId": event["id"],
        "originalStartTime": dict(start),
        "start": start,
        "end": end,
    }
    return kept | own


def _has_day(event: JsonObject) -> bool:
    start = event.get("start")
    return isinstance(start, dict) and bool(start.get("date"))


def _zone_in(event: JsonObject, zone: str) -> str:
    start = event.get("start")
    named = start.get("timeZone") if isinstance(start, dict) else None
    return named if isinstance(named, str) else zone


def _instant(when: object, name: str, zone: str) -> datetime:
    content = cast("JsonObject", when) if isinstance(when, dict) else {}
    day, moment, own_zone = content.get("date"), content.get("dateTime"), content.get("timeZone")
    try:
        if isinstance(day, str) and moment is None:
            return datetime.combine(date.fromisoformat(day), time(), ZoneInfo(zone)).astimezone(UTC)
        if isinstance(moment, str) and day is None:
            read = datetime.fromisoformat(moment)
            if read.tzinfo is None and isinstance(own_zone, str):
                read = read.replace(tzinfo=ZoneInfo(own_zone))
            if read.tzinfo is not None:
                return read.astimezone(UTC)
    except (ValueError, LookupError, OverflowError):
        pass
    raise invalid(name, "Invalid start or end time.")
