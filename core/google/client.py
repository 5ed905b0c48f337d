"""`GoogleCalendar` over HTTP: what each call of the port asks and what the answers mean (google_calendar.json)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.google.answers import CONFLICT, GONE, NOT_FOUND, Answer, Reply, why_not_written
from core.google.calendar import LISTING_SECONDS, SYNC_SECONDS, WRITE_SECONDS
from core.google.caller import Caller
from core.google.listing import list_calendars, list_changes, list_events, zone_of
from core.google.outcomes import (
    AccessLost,
    CalendarEntries,
    CannotConfirm,
    Changes,
    Done,
    Events,
    Refused,
    SyncExpired,
    Unknown,
    WatchChannel,
    Written,
)
from core.google.patience import Patience
from core.google.quota import Quota
from core.google.reading import Item, UnreadableAnswerError, event_of, read_channel, read_item
from core.google.tokens import Tokens
from core.google.writing import insert_body, patch_body, revived

if TYPE_CHECKING:
    from datetime import datetime

    import httpx2

    from core.google.access import CalendarAccess
    from core.google.addresses import GoogleAddresses
    from core.google.event import EventChange, NewEvent
    from core.secret import Secret
    from core.whatsapp import JsonObject


class GoogleCalendarClient:
    """One for a process: tokens are shared. `http` comes of `transport.reaching`."""

    def __init__(
        self,
        http: httpx2.AsyncClient,
        addresses: GoogleAddresses,
        *,
        patience: Patience | None = None,
        tokens: Tokens | None = None,
        quota: Quota | None = None,
    ) -> None:
        patience = patience or Patience()
        tokens = tokens or Tokens(http, addresses, patience)
        self._caller = Caller(http, addresses.api, tokens, patience, quota or Quota())

    async def events(
        self, access: CalendarAccess, start: datetime, end: datetime, *, seconds: float = LISTING_SECONDS
    ) -> Events | CannotConfirm | AccessLost:
        """See `GoogleCalendar.events`."""
        return await list_events(self._caller, access, start, end, deadline=_deadline(seconds))

    async def changes(
        self,
        access: CalendarAccess,
        sync_token: str | None,
        *,
        since: datetime | None = None,
        seconds: float = SYNC_SECONDS,
    ) -> Changes | SyncExpired | CannotConfirm | AccessLost:
        """See `GoogleCalendar.changes`."""
        return await list_changes(self._caller, access, sync_token, since, deadline=_deadline(seconds))

    async def calendars(
        self, access: CalendarAccess, *, seconds: float = WRITE_SECONDS
    ) -> CalendarEntries | CannotConfirm | AccessLost:
        """See `GoogleCalendar.calendars`."""
        return await list_calendars(self._caller, access, deadline=_deadline(seconds))

    async def insert(
        self, access: CalendarAccess, event: NewEvent, *, event_id: str, seconds: float = WRITE_SECONDS
    ) -> Written:
        """See `GoogleCalendar.insert`."""
        deadline = _deadline(seconds)
        body = insert_body(event, event_id)
        reply = await self._write(access, "POST", (), body, deadline=deadline)
        if isinstance(reply, Answer) and reply.status == CONFLICT:
            return await self._meet_again(access, event_id, body, deadline=deadline)
        return await self._written(access, reply, deadline=deadline)

    async def patch(
        self,
        access: CalendarAccess,
        event_id: str,
        change: EventChange,
        *,
        etag: str | None = None,
        seconds: float = WRITE_SECONDS,
    ) -> Written:
        """See `GoogleCalendar.patch`."""
        deadline = _deadline(seconds)
        reply = await self._write(access, "PATCH", (event_id,), patch_body(change), etag=etag, deadline=deadline)
        return await self._written(access, reply, deadline=deadline)

    async def delete(self, access: CalendarAccess, event_id: str, *, seconds: float = WRITE_SECONDS) -> Written:
        """See `GoogleCalendar.delete`."""
        reply = await self._write(access, "DELETE", (event_id,), None, deadline=_deadline(seconds))
        if isinstance(reply, AccessLost):
            return reply
        deleted = isinstance(reply, Answer) and (reply.good or reply.status == GONE)
        # An attempt before this one may have deleted it: then it is not there any more, as was asked.
        deleted = deleted or (isinstance(reply, Answer) and reply.doubtful and reply.status == NOT_FOUND)
        return Done() if deleted else why_not_written(reply)

    async def get(self, access: CalendarAccess, event_id: str, *, seconds: float = WRITE_SECONDS) -> Written:
        """See `GoogleCalendar.get`."""
        deadline = _deadline(seconds)
        reply = await self._read(access, event_id, deadline=deadline)
        return await self._written(access, reply, deadline=deadline)

    async def watch(
        self, access: CalendarAccess, *, channel_id: str, address: str, token: Secret, seconds: float = WRITE_SECONDS
    ) -> WatchChannel | Refused | Unknown | AccessLost:
        """See `GoogleCalendar.watch`."""
        body: JsonObject = {"id": channel_id, "type": "web_hook", "address": address, "token": token.reveal()}
        path = ("calendars", access.calendar_id, "events", "watch")
        reply = await self._caller.call(access, "POST", path, body=body, deadline=_deadline(seconds))
        if isinstance(reply, AccessLost):
            return reply
        if not isinstance(reply, Answer) or not reply.good:
            return why_not_written(reply)
        try:
            return read_channel(reply.body)
        except UnreadableAnswerError as error:
            return Unknown(str(error))

    async def stop(
        self, access: CalendarAccess, channel: WatchChannel, *, seconds: float = WRITE_SECONDS
    ) -> Done | Refused | Unknown | AccessLost:
        """See `GoogleCalendar.stop`."""
        body: JsonObject = {"id": channel.channel_id, "resourceId": channel.resource_id}
        reply = await self._caller.call(access, "POST", ("channels", "stop"), body=body, deadline=_deadline(seconds))
        if isinstance(reply, AccessLost):
            return reply
        closed = isinstance(reply, Answer) and (reply.good or reply.status == NOT_FOUND)
        return Done() if closed else why_not_written(reply)

    async def _meet_again(self, access: CalendarAccess, event_id: str, body: JsonObject, *, deadline: float) -> Written:
        """There is an event with this id: ours from an earlier attempt, ours but deleted, or a stranger's."""
        reply = await self._read(access, event_id, deadline=deadline)
        if isinstance(reply, AccessLost):
            return reply
        if not isinstance(reply, Answer) or not reply.good:
            return Unknown("there is one with this id that could not be read")
        try:
            item = read_item(reply.body)
        except UnreadableAnswerError as error:
            return Unknown(str(error))
        if not _is_ours(item, body):
            return Refused("duplicate", permanent=True)
        if not item.cancelled:
            return await self._done(access, item, deadline=deadline)
        again = await self._write(access, "PATCH", (event_id,), revived(body), deadline=deadline)
        return await self._written(access, again, deadline=deadline)

    async def _read(self, access: CalendarAccess, event_id: str, *, deadline: float) -> Reply:
        path = ("calendars", access.calendar_id, "events", event_id)
        return await self._caller.call(access, "GET", path, params={"maxAttendees": "1"}, deadline=deadline)

    async def _write(
        self,
        access: CalendarAccess,
        method: str,
        below: tuple[str, ...],
        body: JsonObject | None,
        *,
        deadline: float,
        etag: str | None = None,
    ) -> Reply:
        """Nobody is written to by Google: telling people is ours."""
        params = {"sendUpdates": "none"}
        if body is not None and "conferenceData" in body:
            params["conferenceDataVersion"] = "1"
        path = ("calendars", access.calendar_id, "events", *below)
        return await self._caller.call(access, method, path, params=params, body=body, etag=etag, deadline=deadline)

    async def _written(self, access: CalendarAccess, reply: Reply, *, deadline: float) -> Written:
        if isinstance(reply, AccessLost):
            return reply
        if not isinstance(reply, Answer) or not reply.good:
            return why_not_written(reply)
        try:
            return await self._done(access, read_item(reply.body), deadline=deadline)
        except UnreadableAnswerError as error:
            return Unknown(str(error))

    async def _done(self, access: CalendarAccess, item: Item, *, deadline: float) -> Done | Refused | Unknown:
        if item.cancelled:
            return Refused("deleted", permanent=True)
        zone = await zone_of(self._caller, access, deadline=deadline) if item.all_day else None
        try:
            return Done(event_of(item, zone))
        except UnreadableAnswerError as error:
            return Unknown(str(error))


def _is_ours(item: Item, body: JsonObject) -> bool:
    """Whether it has every private property that ours would have; without any, nothing proves it."""
    wanted = body["extendedProperties"]
    ours = wanted.get("private") if isinstance(wanted, dict) else None
    return isinstance(ours, dict) and bool(ours) and ours.items() <= item.private.items()


def _deadline(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds
