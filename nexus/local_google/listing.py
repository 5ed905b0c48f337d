"""`events.list`: windows, recurring events expanded, pages, and what changed since a sync token."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from nexus.local_google.errors import GoogleError, invalid, sync_expired
from nexus.local_google.recurrence import instances, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.whatsapp import Json, JsonObject
    from nexus.local_google.state import Calendar

MOST_RESULTS: Final = 2500
DEFAULT_RESULTS: Final = 250
_NOT_WITH_TOKEN: Final = (
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a list, read. `since` is the count of a sync token, `after` and `before` the window."""

    after: datetime | None
    before: datetime | None
    since: int | None
    single: bool
    by_start: bool
    most: int
    most_attendees: int | None
    offset: int


def read_query(query: Mapping[str, str], calendar: Calendar, page_size: int) -> Asked:
    """Raises GoogleError for what the API refuses."""
    after, before = _moment(query, "timeMin"), _moment(query, "timeMax")
    if after is not None and before is not None and before <= after:
        message = "The specified time range is empty."
        raise GoogleError(400, "timeRangeEmpty", message, domain="calendar", location="timeMax")
    single, by_start = query.get("singleEvents") == "true", query.get("orderBy") == "startTime"
    if by_start and not single:
        raise invalid("orderBy", "The requested ordering is not available for the particular query.")
    since: int | None = None
    if "syncToken" in query:
        if any(name in query for name in _NOT_WITH_TOKEN):
            raise invalid("syncToken", "Sync token cannot be combined with other restrictions.")
        since, after = _read_sync_token(query["syncToken"], calendar)
    most_attendees = _number(query, "maxAttendees", 0) or None
    most = min(_number(query, "maxResults", DEFAULT_RESULTS), MOST_RESULTS, page_size)
    offset = _read_page_token(query["pageToken"]) if "pageToken" in query else 0
    return Asked(after, before, since, single, by_start, most, most_attendees, offset)


def page_of(calendar: Calendar, asked: Asked, role: str) -> JsonObject:
    """One page. The sync token comes with the last one, unless an order was asked for."""
    found = list(_changed(calendar, asked) if asked.since is not None else _standing(calendar, asked))
    if asked.by_start:
        found.sort(key=lambda event: span_of(event, calendar.zone).start)
    items: list[Json] = [
        shown(event, asked.most_attendees) for event in found[asked.offset : asked.offset + asked.most]
    ]
    page: JsonObject = {
        "kind": "calendar#events",
        "etag": json.dumps(f"p{calendar.count}"),
        "summary": calendar.summary,
        "timeZone": calendar.zone,
        "accessRole": role,
        "defaultReminders": [],
        "items": items,
    }
    end = asked.offset + asked.most
    if end < len(found):
        page["nextPageToken"] = _opaque({"offset": end})
    elif not asked.by_start and asked.before is None:
        page["nextSyncToken"] = sync_token(calendar, asked.after)
    return page


def sync_token(calendar: Calendar, after: datetime | None) -> str:
    """A token for what changes from now on; it remembers the window's beginning."""
    return _opaque({"count": calendar.count, "after": after.isoformat() if after else None})


def shown(event: JsonObject, most_attendees: int | None) -> JsonObject:
    """As a list or a read shows it: of a deletion little more than the id, of too many attendees only oneself."""
    if event.get("status") == "cancelled" and "start" not in event:
        return {"kind": "calendar#event", **event}
    attendees = event.get("attendees")
    if most_attendees is not None and isinstance(attendees, list) and len(attendees) > most_attendees:
        own: list[Json] = [one for one in attendees if isinstance(one, dict) and one.get("self")]
        return {"kind": "calendar#event", **event, "attendees": own, "attendeesOmitted": True}
    return {"kind": "calendar#event", **event}


def _standing(calendar: Calendar, asked: Asked) -> Iterator[JsonObject]:
    for event in list(calendar.events.values()):
        if event.get("status") == "cancelled":
            continue
        if asked.single and event.get("recurrence"):
            own = calendar.overridden(str(event["id"]))
            expanded = (one for one in instances(event, calendar.zone, until=asked.before) if one["id"] not in own)
            yield from (one for one in expanded if _touches(one, calendar, asked))
        elif _touches(event, calendar, asked):
            yield event


def _changed(calendar: Calendar, asked: Asked) -> Iterator[JsonObject]:
    """Deletions are always told. A series is told by its instances where those were asked for."""
    for event_id, count in sorted(calendar.changed.items(), key=lambda entry: entry[1]):
        event = calendar.events[event_id]
        if count <= (asked.since or 0):
            continue
        if event.get("status") == "cancelled":
            if not (asked.single and event.get("recurrence")):
                kept = ("id", "status", "etag", "recurringEventId", "originalStartTime")
                yield {name: event[name] for name in kept if name in event}
        elif asked.single and event.get("recurrence"):
            own = calendar.overridden(event_id)
            expanded = (one for one in instances(event, calendar.zone, until=None) if one["id"] not in own)
            yield from (one for one in expanded if _touches(one, calendar, asked))
        elif _touches(event, calendar, asked):
            yield event


def _touches(event: JsonObject, calendar: Calendar, asked: Asked) -> bool:
    """Both bounds are exclusive: the lower one on the event's end, the upper one on its start."""
    span = span_of(event, calendar.zone)
    return (asked.after is None or span.end > asked.after) and (asked.before is None or span.start < asked.before)


def _moment(query: Mapping[str, str], name: str) -> datetime | None:
    if name not in query:
        return None
    try:
        read = datetime.fromisoformat(query[name])
    except ValueError:
        raise invalid(name) from None
    if read.tzinfo is None:
        raise invalid(name)
    return read.astimezone(UTC).replace(microsecond=0)


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit()) or (name in query and int(text) < 1):
        raise invalid(name)
    return int(text)


def _opaque(content: JsonObject) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def _clear(token: str) -> JsonObject:
    try:
        read: object = json.loads(base64.urlsafe_b64decode(token.encode("ascii", "replace")))
    except ValueError:
        return {}
    return cast("JsonObject", read) if isinstance(read, dict) else {}


def _read_page_token(token: str) -> int:
    offset = _clear(token).get("offset")
    if not isinstance(offset, int):
        raise invalid("pageToken", "Invalid page token value.")
    return offset


def _read_sync_token(token: str, calendar: Calendar) -> tuple[int, datetime | None]:
    content = _clear(token)
    count, after = content.get("count"), content.get("after")
    if not isinstance(count, int):
        raise invalid("syncToken", "Invalid sync token value.")
    if count < calendar.oldest or count > calendar.count:
        raise sync_expired()
    return count, datetime.fromisoformat(after) if isinstance(after, str) else None
