"""Push: a watch channel, its first word, and a notice for each change. None is promised to arrive, as with Google."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx

from core.loopback import is_loopback
from nexus.local_google.errors import GoogleError, invalid, not_found
from nexus.local_google.state import Channel, new_token

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from core.whatsapp import JsonObject
    from nexus.local_google.state import Calendar, World

LONGEST_ID: Final = 64
LONGEST_TOKEN: Final = 256
LIFE: Final = timedelta(days=7)
NOTICE_SECONDS: Final = 5.0
_ATTEMPTS: Final = 3


class Notices:
    """Owns the background tasks that post notices."""

    def __init__(self, http: httpx.AsyncClient, base_url: str) -> None:
        self._http = http
        self._base_url = base_url
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, calendar: Calendar, world: World, body: JsonObject) -> JsonObject:
        """A new channel; its first notice is `sync`. Raises GoogleError."""
        channel = _read(body)
        if any(channel.id in one.channels for one in world.calendars.values()):
            raise GoogleError(400, "channelIdNotUnique", "Channel id not unique")
        calendar.channels[channel.id] = channel
        self._start(self._post(channel, calendar, "sync"))
        return {
            "kind": "api#channel",
            "id": channel.id,
            "resourceId": channel.resource_id,
            "resourceUri": self._resource(calendar),
            "expiration": str(int(channel.expires_at.timestamp() * 1000)),
        }

    def changed(self, calendar: Calendar) -> None:
        """Tell everybody who watches."""
        for channel in list(calendar.channels.values()):
            if channel.expires_at <= datetime.now(UTC):
                del calendar.channels[channel.id]
            else:
                self._start(self._post(channel, calendar, "exists"))

    async def close(self) -> None:
        """Stop what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _resource(self, calendar: Calendar) -> str:
        return f"{self._base_url}/calendar/v3/calendars/{calendar.id}/events"

    async def _post(self, channel: Channel, calendar: Calendar, state: str) -> None:
        channel.number += 1
        headers = {
            "X-Goog-Channel-ID": channel.id,
            "X-Goog-Channel-Token": channel.token,
            "X-Goog-Channel-Expiration": format_datetime(channel.expires_at, usegmt=True),
            "X-Goog-Resource-ID": channel.resource_id,
            "X-Goog-Resource-URI": self._resource(calendar),
            "X-Goog-Resource-State": state,
            "X-Goog-Message-Number": str(channel.number),
        }
        for attempt in range(_ATTEMPTS):
            try:
                answer = await self._http.post(channel.address, headers=headers, content=b"", timeout=NOTICE_SECONDS)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code not in {500, 502, 503, 504}:
                return
            await asyncio.sleep(0.2 * 2**attempt)


def close_channel(world: World, body: JsonObject) -> None:
    """`channels.stop`. Raises GoogleError where there is no such channel."""
    for calendar in world.calendars.values():
        channel = calendar.channels.get(str(body.get("id")))
        if channel is not None and channel.resource_id == body.get("resourceId"):
            del calendar.channels[channel.id]
            return
    raise not_found()


def _read(body: JsonObject) -> Channel:
    channel_id, address, token = body.get("id"), body.get("address"), body.get("token", "")
    if body.get("type") != "web_hook" or not isinstance(channel_id, str) or not 0 < len(channel_id) <= LONGEST_ID:
        raise invalid("resource.id")
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise invalid("resource.token")
    parts = urlsplit(address if isinstance(address, str) else "")
    # Google takes https alone; a test or a demo on this machine has no certificate.
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        message = "WebHook callback must be HTTPS"
        raise GoogleError(400, "push.webhookUrlNotHttps", message)
    return Channel(channel_id, new_token("res"), str(address), token, datetime.now(UTC) + LIFE)
