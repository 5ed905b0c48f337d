"""Socket.IO's bus between the API processes: one Redis channel that carries every emission.

python-socketio's own Redis manager logs a failed PUBLISH and goes on, waits up to a minute before it subscribes anew
and says nothing of what it missed meanwhile. Here a failed PUBLISH raises, so the relay keeps the event; and each
subscription is told, so that sockets which may have missed something reconnect and catch up.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Final, cast

import msgspec
import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError
from socketio.async_pubsub_manager import AsyncPubSubManager

from core.errors import NexusError
from core.redis import open_redis
from orchestrator_service.realtime.publication import Publication

CHANNEL: Final = "nexus-socketio"
PUBLISH_SECONDS: Final = 1.0
QUIET_SECONDS: Final = 2.0  # after which the server is asked whether it is still there
PAUSE_SECONDS: Final = 0.25
AGAIN_SECONDS: Final = 0.1

_log = structlog.get_logger(__name__)


class BusUnavailable(NexusError):
    """Redis did not take the message."""

    status = 503
    code = "bus_unavailable"


async def _nobody() -> None:
    """Nobody wants to know of subscriptions."""


class RedisBus(AsyncPubSubManager):
    """The client manager of one process. `on_subscribed` runs after each subscription, before its first message.

    Installations that share a Redis need a `channel` each: rooms are named by tenant ids, which start at 1 everywhere,
    and Redis channels do not heed the number of the database in the URL.
    """

    name = "nexus-redis"

    def __init__(
        self,
        redis_url: str,
        *,
        channel: str = CHANNEL,
        write_only: bool = False,
        on_subscribed: Callable[[], Awaitable[None]] = _nobody,
    ) -> None:
        super().__init__(channel=channel, write_only=write_only)
        self._name = channel
        self._redis = open_redis(redis_url)
        self._on_subscribed = on_subscribed
        self.heard = asyncio.Event()  # set while the channel is subscribed to

    async def aclose(self) -> None:
        """Stop listening and close the connections."""
        listening = cast("asyncio.Task[None] | None", getattr(self, "thread", None))
        while listening is not None and not listening.done():  # the driver may swallow a cancellation while it connects
            listening.cancel()
            await asyncio.wait([listening], timeout=AGAIN_SECONDS)
        await self._redis.aclose()

    async def _publish(self, data: Mapping[str, object]) -> None:
        """Raises BusUnavailable where the channel did not take it within a second."""
        try:
            async with asyncio.timeout(PUBLISH_SECONDS):
                await self._redis.publish(self._name, msgspec.json.encode(data))
        except (RedisError, OSError) as error:  # TimeoutError is an OSError
            raise BusUnavailable from error

    async def _listen(self) -> AsyncIterator[bytes]:  # pyright: ignore[reportIncompatibleMethodOverride] - untyped base
        """What the other processes, and this one's relay, have published."""
        while True:
            with contextlib.suppress(RedisError, OSError):
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(self._name)
                    async for message in self._messages(subscription):
                        yield message
            self.heard.clear()
            _log.warning("bus_lost")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _messages(self, subscription: PubSub) -> AsyncIterator[bytes]:
        """Ends when the server has been silent for twice the quiet time."""
        asked = False
        while True:
            message = cast("Mapping[str, object] | None", await subscription.get_message(timeout=QUIET_SECONDS))
            if message is None:
                if asked:
                    return
                await subscription.ping()
            elif message["type"] == "subscribe":  # also after a reconnection inside the driver
                await self._on_subscribed()
                self.heard.set()
            elif message["type"] == "message":
                yield cast("bytes", message["data"])
            asked = message is None


class BusPublisher:
    """The relay's `publish`: an emission goes through Redis alone, so every process hears it, this one included."""

    def __init__(self, redis_url: str, *, channel: str = CHANNEL) -> None:
        self._bus = RedisBus(redis_url, channel=channel, write_only=True)

    async def __call__(self, event: Publication) -> None:
        """Emit to the event's rooms; a socket in several of them gets it once. Raises BusUnavailable."""
        if not event.rooms:  # to the library, no room means everybody
            return
        await self._bus.emit(event.name, event.payload, namespace="/", room=list(event.rooms))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._bus.aclose()
