"""Reading a calendar: all pages or nothing (PRODUCT §11.2). A list that is not whole would make a taken time free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from core.google.answers import GONE, Answer, why_unconfirmed
from core.google.outcomes import AccessLost, CalendarEntries, CalendarEntry, CannotConfirm, Changes, Events, SyncExpired
from core.google.reading import (
    CalendarPage,
    Page,
    UnreadableAnswerError,
    event_of,
    read_calendar_page,
    read_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.google.access import CalendarAccess
    from core.google.answers import Reply
    from core.google.caller import Caller

# Of the people invited, only whose calendar it is: whether she declined is all that is asked.
SHAPE: Final = {"singleEvents": "true", "maxResults": "2500", "maxAttendees": "1"}
MOST_PAGES: Final = 200
P = TypeVar("P", Page, CalendarPage)


@dataclass(frozen=True, slots=True)
class Query:
    """What is listed: a path in parts, and the parameters of its first page."""

    path: tuple[str, ...]
    params: Mapping[str, str]


async def list_events(
    caller: Caller, access: CalendarAccess, start: datetime, end: datetime, *, deadline: float
) -> Events | CannotConfirm | AccessLost:
    """See `GoogleCalendar.events`."""
    window = {"timeMin": _stamp(start), "timeMax": _stamp(end + timedelta(microseconds=999_999))}
    query = Query(_events_of(access), {**SHAPE, **window, "orderBy": "startTime"})
    pages = await _pages(caller, access, query, read_page, deadline=deadline)
    if not isinstance(pages, list):
        return CannotConfirm("refused", "HTTP 410") if isinstance(pages, SyncExpired) else pages
    try:
        events = [event_of(item, page.time_zone) for page in pages for item in page.items if not item.cancelled]
    except UnreadableAnswerError as error:
        return CannotConfirm("unreadable", str(error))
    return Events(tuple(events), pages[-1].time_zone)


async def list_changes(
    caller: Caller, access: CalendarAccess, sync_token: str | None, since: datetime | None, *, deadline: float
) -> Changes | SyncExpired | CannotConfirm | AccessLost:
    """See `GoogleCalendar.changes`. A token cannot go with a window; the one it was made with still holds."""
    params = dict(SHAPE)
    if sync_token is not None:
        params["syncToken"] = sync_token
    elif since is not None:
        params["timeMin"] = _stamp(since)
    pages = await _pages(caller, access, Query(_events_of(access), params), read_page, deadline=deadline)
    if not isinstance(pages, list):
        return pages
    token = pages[-1].next_sync_token
    if not token:
        return CannotConfirm("unreadable", "the last page has no sync token")
    try:
        events = [event_of(item, page.time_zone) for page in pages for item in page.items if not item.cancelled]
    except UnreadableAnswerError as error:
        return CannotConfirm("unreadable", str(error))
    gone = tuple(item.id for page in pages for item in page.items if item.cancelled)
    return Changes(tuple(events), gone, token, pages[-1].time_zone)


async def list_calendars(
    caller: Caller, access: CalendarAccess, *, deadline: float
) -> CalendarEntries | CannotConfirm | AccessLost:
    """See `GoogleCalendar.calendars`."""
    query = Query(("users", "me", "calendarList"), {"maxResults": "250"})
    pages = await _pages(caller, access, query, read_calendar_page, deadline=deadline)
    if not isinstance(pages, list):
        return CannotConfirm("refused", "HTTP 410") if isinstance(pages, SyncExpired) else pages
    entries: list[CalendarEntry] = [entry for page in pages for entry in page.entries()]
    return CalendarEntries(tuple(entries))


async def zone_of(caller: Caller, access: CalendarAccess, *, deadline: float) -> str | None:
    """The calendar's zone, where it can be learnt: only an all-day event read by itself needs it."""
    params = {**SHAPE, "maxResults": "1"}
    reply = await caller.call(access, "GET", _events_of(access), params=params, deadline=deadline)
    try:
        return read_page(reply.body).time_zone if isinstance(reply, Answer) and reply.good else None
    except UnreadableAnswerError:
        return None


async def _pages(
    caller: Caller, access: CalendarAccess, asked: Query, read: Callable[[bytes], P], *, deadline: float
) -> list[P] | SyncExpired | CannotConfirm | AccessLost:
    """Every page, in order; what fails on one fails for all."""
    pages: list[P] = []
    tokens: set[str] = set()
    query = dict(asked.params)
    while len(pages) < MOST_PAGES:
        reply = await caller.call(access, "GET", asked.path, params=query, deadline=deadline)
        if not isinstance(reply, Answer) or not reply.good:
            return _why_not(reply)
        try:
            page = read(reply.body)
        except UnreadableAnswerError as error:
            return CannotConfirm("unreadable", str(error))
        pages.append(page)
        if not page.next_page_token:
            return pages
        if page.next_page_token in tokens:
            return CannotConfirm("incomplete", "a page leads back to an earlier one")
        tokens.add(page.next_page_token)
        query["pageToken"] = page.next_page_token
    return CannotConfirm("incomplete", "too many pages")


def _why_not(reply: Reply) -> SyncExpired | CannotConfirm | AccessLost:
    if isinstance(reply, AccessLost):
        return reply
    if isinstance(reply, Answer) and reply.status == GONE:
        return SyncExpired()
    return why_unconfirmed(reply)


def _events_of(access: CalendarAccess) -> tuple[str, ...]:
    return ("calendars", access.calendar_id, "events")


def _stamp(moment: datetime) -> str:
    """RFC 3339 in UTC; Google ignores what is below a second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
