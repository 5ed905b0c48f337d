"""Google's JSON to our values, strictly: what is not of the documented shape is no event and no empty list.

All-day events have no times of their own: they run from midnight to midnight of the calendar's zone, which comes with
each page of a list.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final, Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from core.google.event import GoogleEvent
from core.google.outcomes import CalendarEntry, WatchChannel
from core.wire import clean_text

CANCELLED: Final = "cancelled"
Read = TypeVar("Read")


class UnreadableAnswerError(Exception):
    """Not what the API documents; the message says where, without quoting a person's words."""


class _When(msgspec.Struct, rename={"day": "date", "at": "dateTime"}):
    day: date | None = None
    at: datetime | None = None


class _Attendee(msgspec.Struct, rename={"me": "self", "answer": "responseStatus"}):
    me: bool = False
    answer: str | None = None


class _Properties(msgspec.Struct):
    private: dict[str, str] | None = None


class _EntryPoint(msgspec.Struct, rename={"kind": "entryPointType"}):
    kind: str | None = None
    uri: str | None = None


class _Conference(msgspec.Struct, rename={"entry_points": "entryPoints"}):
    entry_points: list[_EntryPoint] | None = None


class Item(msgspec.Struct, rename="camel"):
    """An event as Google writes it. A deletion has an id and a status only."""

    id: str
    status: str | None = None
    start: _When | None = None
    end: _When | None = None
    summary: str | None = None
    transparency: str | None = None
    event_type: str | None = None
    attendees: list[_Attendee] | None = None
    extended_properties: _Properties | None = None
    etag: str | None = None
    updated: str | None = None  # of an imported event it may be in the year 0, which is no reason to know nothing
    recurring_event_id: str | None = None
    html_link: str | None = None
    hangout_link: str | None = None
    conference_data: _Conference | None = None

    @property
    def cancelled(self) -> bool:
        """Deleted, or an instance taken out of its series."""
        return self.status == CANCELLED

    @property
    def private(self) -> dict[str, str]:
        """The properties of this calendar's copy."""
        held = self.extended_properties.private if self.extended_properties else None
        return {clean_text(name): clean_text(value) for name, value in held.items()} if held else {}

    @property
    def video(self) -> str | None:
        """Where the meeting is held, if by video."""
        if self.hangout_link is None and self.conference_data is None:
            return None
        entries = self.conference_data.entry_points if self.conference_data else None
        videos = (one.uri for one in entries or () if one.kind == "video")
        return next((link for link in (self.hangout_link, *videos) if _is_https(link)), None)

    @property
    def updated_at(self) -> datetime | None:
        """When it was changed last, where that can be told."""
        try:
            return datetime.fromisoformat(self.updated or "").astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    @property
    def all_day(self) -> bool:
        """Whether it has dates instead of times."""
        return self.start is not None and self.start.day is not None


class Page(msgspec.Struct, rename="camel"):
    """One page of a list of events. An error that comes as a success has no `items`, or an `error` beside them."""

    items: list[Item]
    time_zone: str | None = None
    next_page_token: str | None = None
    next_sync_token: str | None = None
    error: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    errors: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class _Calendar(msgspec.Struct, rename="camel"):
    id: str
    summary: str = ""
    summary_override: str | None = None
    time_zone: str | None = None
    primary: bool = False
    access_role: str = "reader"


class CalendarPage(msgspec.Struct, rename="camel"):
    """One page of the list of calendars."""

    items: list[_Calendar]
    next_page_token: str | None = None
    error: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    errors: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET

    def entries(self) -> list[CalendarEntry]:
        """The calendars as the rest of the system knows them."""
        return [
            CalendarEntry(
                id=one.id,
                summary=clean_text(one.summary_override or one.summary),
                zone=one.time_zone,
                primary=one.primary,
                access_role=one.access_role,
            )
            for one in self.items
        ]


class _Channel(msgspec.Struct, rename="camel"):
    id: str
    resource_id: str
    kind: Literal["api#channel"] = "api#channel"
    expiration: str | int | None = None


AnyPage = TypeVar("AnyPage", Page, CalendarPage)

AnyPage = TypeVar("AnyPage", Page, CalendarPage)

_PAGES: Final = msgspec.json.Decoder(Page)
_CALENDAR_PAGES: Final = msgspec.json.Decoder(CalendarPage)
_ITEMS: Final = msgspec.json.Decoder(Item)
_CHANNELS: Final = msgspec.json.Decoder(_Channel)


def read_page(body: bytes) -> Page:
    """A page of events. Raises UnreadableAnswerError, also where it carries an error."""
    return _without_error(_decoded(_PAGES, body))


def read_calendar_page(body: bytes) -> CalendarPage:
    """A page of calendars. Raises as `read_page`."""
    return _without_error(_decoded(_CALENDAR_PAGES, body))


def read_item(body: bytes) -> Item:
    """One event. Raises UnreadableAnswerError."""
    return _decoded(_ITEMS, body)


def read_channel(body: bytes) -> WatchChannel:
    """A watch channel; `expiration` is milliseconds since 1970, as text or number. Raises UnreadableAnswerError."""
    channel = _decoded(_CHANNELS, body)
    if channel.expiration is None:
        return WatchChannel(channel.id, channel.resource_id, None)
    try:
        expires_at = datetime.fromtimestamp(int(channel.expiration) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise UnreadableAnswerError("the channel's expiration is no time") from None
    return WatchChannel(channel.id, channel.resource_id, expires_at)


def event_of(item: Item, zone: str | None) -> GoogleEvent:
    """The event; `zone` is the calendar's. Raises UnreadableAnswerError, also for one that ends before it starts."""
    starts_at, ends_at = _instant(item.start, zone), _instant(item.end, zone)
    if ends_at < starts_at:
        raise UnreadableAnswerError("an event ends before it starts")
    return GoogleEvent(
        id=item.id,
        starts_at=starts_at,
        ends_at=ends_at,
        all_day=item.all_day,
        status=item.status or "confirmed",
        transparency=item.transparency or "opaque",
        event_type=item.event_type or "default",
        self_declined=bool(item.attendees) and any(one.me and one.answer == "declined" for one in item.attendees or ()),
        summary=clean_text(item.summary or ""),
        private=item.private,
        etag=item.etag,
        updated=item.updated_at,
        recurring_event_id=item.recurring_event_id,
        html_link=item.html_link if _is_https(item.html_link) else None,
        meet_link=item.video,
    )


def _instant(when: _When | None, zone: str | None) -> datetime:
    try:
        if when is not None and when.at is not None:
            if when.at.tzinfo is None:
                raise UnreadableAnswerError("an event's time has no offset")
            return when.at.astimezone(UTC)
        if when is not None and when.day is not None:
            return _midnight(when.day, zone)
    except OverflowError:
        raise UnreadableAnswerError("an event's time is out of range") from None
    raise UnreadableAnswerError("an event has no time")


def _midnight(day: date, zone: str | None) -> datetime:
    """When the day begins there. A midnight that the clocks jump over is the jump; one that comes twice, the first."""
    if not zone:
        raise UnreadableAnswerError("an all-day event, and no zone")
    try:
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    except (LookupError, ValueError, OSError):
        raise UnreadableAnswerError("the calendar's zone is not known") from None


def _is_https(link: str | None) -> bool:
    """Whoever invites the seller writes links too: none may be a script."""
    return link is not None and link.startswith("https://")


def _decoded(decoder: msgspec.json.Decoder[Read], body: bytes) -> Read:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError:
        raise UnreadableAnswerError("not of the documented shape") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UnreadableAnswerError("not JSON") from None


def _without_error(page: AnyPage) -> AnyPage:
    if page.error is not msgspec.UNSET or page.errors is not msgspec.UNSET:
        raise UnreadableAnswerError("an error inside a success")
    return page
