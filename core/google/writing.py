"""Our meetings in Google's words (contracts google_calendar.json, `insert_example`). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from core.google.event import EventChange, NewEvent
    from core.whatsapp import Json, JsonObject


def insert_body(event: NewEvent, event_id: str) -> JsonObject:
    """The whole event, confirmed, so that the same body also brings back one that was deleted."""
    body: JsonObject = {
        "id": event_id,
        "status": "confirmed",
        "summary": event.summary,
        "start": _when(event.starts_at, event.zone),
        "end": _when(event.ends_at, event.zone),
        "extendedProperties": {"private": dict(event.private)},
    }
    if event.description:
        body["description"] = event.description
    if event.location:
        body["location"] = event.location
    if event.meet:
        # The same request id asks for the same conference once, however often it is sent.
        wanted: JsonObject = {"requestId": event_id, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        body["conferenceData"] = {"createRequest": wanted}
    return body


def patch_body(change: EventChange) -> JsonObject:
    """What changes. Raises ValueError where times come without their zone, or one without the other."""
    body: JsonObject = {}
    if change.starts_at is not None and change.ends_at is not None and change.zone is not None:
        body["start"] = _no_day(_when(change.starts_at, change.zone))
        body["end"] = _no_day(_when(change.ends_at, change.zone))
    elif (change.starts_at, change.ends_at, change.zone) != (None, None, None):
        raise ValueError("a change of time needs both times and the zone")
    for name, value in (
        ("summary", change.summary),
        ("description", change.description),
        ("location", change.location),
    ):
        if value is not None:
            body[name] = value
    return body


def revived(body: JsonObject) -> JsonObject:
    """The body of an insert as a change of the event that has its id already."""
    changed = {name: value for name, value in body.items() if name != "id"}
    return changed | {name: _no_day(value) for name, value in changed.items() if name in {"start", "end"}}


def _when(moment: datetime, zone: str) -> JsonObject:
    return {"dateTime": moment.astimezone(ZoneInfo(zone)).isoformat(), "timeZone": zone}


def _no_day(when: Json) -> Json:
    """A change keeps what it does not name: an event that was made all-day must lose its day to get a time."""
    return {**when, "date": None} if isinstance(when, dict) else when
