"""Writing events as the API does: ids, times, conferences, etags, what a change keeps and what null takes away."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from nexus.local_google.errors import GoogleError, invalid, not_found
from nexus.local_google.recurrence import check_rules, instances, span_of
from nexus.local_google.state import new_token

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject
    from nexus.local_google.state import Account, Calendar

CANCELLED: Final = "cancelled"
_ID: Final = re.compile(r"[a-v0-9]{5,1024}")
# What a client may write; the rest of an event is Google's own.
_WRITABLE: Final = frozenset(
    {
        "attendees", "colorId", "conferenceData", "description", "end", "eventType", "extendedProperties",
        "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "id", "location", "recurrence",
        "reminders", "source", "start", "status", "summary", "transparency", "visibility",
        "outOfOfficeProperties", "focusTimeProperties", "workingLocationProperties", "birthdayProperties",
    }
)  # fmt: skip


def insert(calendar: Calendar, account: Account, body: JsonObject, *, conferences: bool) -> JsonObject:
    """A new event. An id that was ever used is a duplicate. Raises GoogleError."""
    event_id = body.get("id") or new_token("").lower().translate(_TO_ID)
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise invalid("id", "Invalid resource id value.")
    if event_id in calendar.events:
        raise GoogleError(409, "duplicate", "The requested identifier already exists.")
    if account.is_service and body.get("attendees"):
        message = "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority."
        raise GoogleError(403, "forbiddenForServiceAccounts", message, domain="calendar")
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event: JsonObject = {
        "id": event_id,
        "status": "confirmed",
        "htmlLink": f"https://www.google.com/calendar/event?eid={event_id}",
        "created": now,
        "creator": {"email": account.email},
        "organizer": {"email": calendar.id, "self": True},
        "iCalUID": f"{event_id}@google.com",
        "sequence": 0,
        "reminders": {"useDefault": True},
        "eventType": "default",
    }
    event |= _written(body)
    return calendar.put(_checked(_with_conference(event, conferences=conferences), calendar))


def patch(calendar: Calendar, event_id: str, body: JsonObject, *, etag: str | None, conferences: bool) -> JsonObject:
    """A change; of one instance of a series, which then has a row of its own. Raises GoogleError."""
    before = find(calendar, event_id)
    _demand_etag(before, etag)
    changed = cast("JsonObject", _merged(before, {k: v for k, v in _written(body).items() if k != "id"}))
    sequence = before.get("sequence")
    changed["sequence"] = (sequence if isinstance(sequence, int) else 0) + 1
    return calendar.put(_checked(_with_conference(changed, conferences=conferences), calendar))


def delete(calendar: Calendar, event_id: str, *, etag: str | None) -> None:
    """Deleted: it keeps its row and its id. Raises GoogleError."""
    before = find(calendar, event_id)
    _demand_etag(before, etag)
    if before.get("status") == CANCELLED:
        raise GoogleError(410, "deleted", "Resource has been deleted")
    calendar.put({**before, "status": CANCELLED})


def find(calendar: Calendar, event_id: str) -> JsonObject:
    """An event or one instance of a series, deleted ones too. Raises GoogleError."""
    if (event := calendar.events.get(event_id)) is not None:
        return event
    series = calendar.events.get(event_id.rpartition("_")[0])
    if series is not None and series.get("recurrence") and series.get("status") != CANCELLED:
        found = next((one for one in instances(series, calendar.zone, until=None) if one["id"] == event_id), None)
        if found is not None:
            return found
    raise not_found()


def _written(body: JsonObject) -> JsonObject:
    return {name: value for name, value in body.items() if name in _WRITABLE}


def _checked(event: JsonObject, calendar: Calendar) -> JsonObject:
    span = span_of(event, calendar.zone)
    if span.end < span.start or (span.day and span.end == span.start):
        message = "The specified time range is empty."
        raise GoogleError(400, "timeRangeEmpty", message, domain="calendar", location="timeMax")
    if event.get("recurrence"):
        check_rules(event, calendar.zone)
    return event


def _with_conference(event: JsonObject, *, conferences: bool) -> JsonObject:
    """A Meet link where one was asked for and the client said that it knows conferences."""
    wanted = event.get("conferenceData")
    if not isinstance(wanted, dict) or "createRequest" not in wanted:
        return event
    kept = {name: value for name, value in event.items() if name != "conferenceData"}
    if not conferences:
        return kept
    link = f"https://meet.google.com/{str(event['id'])[:10]}"
    entry: Json = [{"entryPointType": "video", "uri": link}]
    done: Json = {"conferenceId": str(event["id"])[:10], "entryPoints": entry}
    return {**kept, "hangoutLink": link, "conferenceData": done}


def _demand_etag(event: JsonObject, etag: str | None) -> None:
    if etag is not None and etag not in ("*", event.get("etag")):
        raise GoogleError(412, "conditionNotMet", "Precondition Failed")


def _merged(before: Json, change: Json) -> Json:
    """A change names what it changes; null takes it away."""
    if not isinstance(before, dict) or not isinstance(change, dict):
        return change
    merged = {**before, **{name: _merged(before.get(name), value) for name, value in change.items()}}
    return {name: value for name, value in merged.items() if value is not None}


_TO_ID: Final = str.maketrans({"-": "0", "_": "1", "w": "a", "x": "b", "y": "c", "z": "d"})
