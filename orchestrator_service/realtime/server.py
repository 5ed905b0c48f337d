"""The Socket.IO server (PRODUCT §13): websocket only, cookie and exact Origin at connect, rooms chosen by the server.

The only message a client may send is `catch_up`; any other has no handler and is dropped without an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final, Protocol, TypeAlias, cast
from uuid import UUID

import socketio
import structlog
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.types import ASGIApp

from core.json_types import JsonObject
from core.principal import Principal
from orchestrator_service.realtime.bus import CHANNEL, RedisBus
from orchestrator_service.realtime.rooms import rooms_of_principal
from orchestrator_service.realtime.sockets import CHECK_SECONDS, Authenticate, LiveSockets

CatchUp: TypeAlias = Callable[[Principal, object], Awaitable[JsonObject]]
Opened: TypeAlias = Callable[[Principal], Awaitable[None]]

LARGEST_MESSAGE_BYTES: Final = 10_000
NAMESPACE: Final = "/"

_log = structlog.get_logger(__name__)


class _EngineSocket(Protocol):
    """What is used of the engine's sockets: the packets that its writer still has to send, None to end it."""

    @property
    def queue(self) -> asyncio.Queue[object]: ...


class SocketServer:
    """One per API process: `mount` it, run `run()` as a task of the lifespan and cancel that at the end.

    `allowed_origins` are compared exactly; `authenticate` gets the Cookie header (it may raise where it cannot
    tell); `catch_up` gets the principal and the client's `since`; `opened` hears of each socket before it hears
    anything; `channel` is the relay's publisher's (see RedisBus).
    """

    def __init__(
        self,
        redis_url: str,
        allowed_origins: Collection[str],
        authenticate: Authenticate,
        catch_up: CatchUp,
        *,
        opened: Opened | None = None,
        channel: str = CHANNEL,
    ) -> None:
        self.allowed_origins = frozenset(allowed_origins)
        self._authenticate = authenticate
        self._catch_up = catch_up
        self._opened = opened
        self._bus = RedisBus(redis_url, channel=channel, on_subscribed=self._drop_transports)
        self._silent: set[str] = set()
        self.engine = socketio.AsyncServer(
            async_mode="asgi",
            client_manager=self._bus,
            cors_allowed_origins=sorted(self.allowed_origins),
            transports=["websocket"],
            max_http_buffer_size=LARGEST_MESSAGE_BYTES,
            async_handlers=False,  # a socket's messages are handled one after the other: none can pile up queries
        )
        self.live = LiveSockets(authenticate, self._disconnect)
        self.engine.on("connect", self._connected)
        self.engine.on("disconnect", self._disconnected)
        self.engine.on("catch_up", self._caught_up)

    async def run(self) -> None:
        """Hear the bus and check the live sockets until cancelled."""
        self.engine.manager_initialized = True  # else the bus would be heard only after the first socket has come
        self._bus.initialize()
        try:
            while True:
                await asyncio.sleep(CHECK_SECONDS)
                await self.live.check()
                self._close_silent()
        finally:
            await self._bus.aclose()
            await self.engine.shutdown()

    async def ready(self, seconds: float) -> bool:
        """Wait until the bus is heard; a socket that comes before that is made to reconnect once."""
        try:
            async with asyncio.timeout(seconds):
                return await self._bus.heard.wait()
        except TimeoutError:
            return False

    async def disconnect_session(self, session_id: UUID) -> None:
        """End a session's sockets: in this process now, in the others within 5 s."""
        await self.live.disconnect_session(session_id)

    async def _connected(self, sid: str, environ: Mapping[str, object], *_auth: object) -> object:
        """Let in a browser of ours with a live session; whatever it sends along is not looked at."""
        if self._is_forged(sid):
            return self.engine.not_handled
        if environ.get("HTTP_ORIGIN") not in self.allowed_origins:
            raise Refused("forbidden_origin")
        cookie = str(environ.get("HTTP_COOKIE", ""))
        try:
            principal = await self._authenticate(cookie)
            if principal is not None and self._opened is not None:
                await self._opened(principal)
        except Exception as error:
            _log.warning("socket_authentication_failed", error=type(error).__name__)
            raise Refused("unavailable") from error
        if principal is None:
            raise Refused("unauthorized")
        self.live.add(sid, principal, cookie)
        for room in rooms_of_principal(principal):
            await self.engine.enter_room(sid, room)
        return None

    async def _disconnected(self, sid: str, *_reason: object) -> object:
        if self._is_forged(sid):
            return self.engine.not_handled
        self.live.remove(sid)
        return None

    def _is_forged(self, sid: str) -> bool:
        """Whether a client sent this as a message: the library hands on messages called `connect` and `disconnect`.

        At the real ones the socket is on its way in or out. A forged `disconnect` would take it off the check.
        """
        return self._bus.is_connected(sid, NAMESPACE)

    async def _caught_up(self, sid: str, since: object = None, *rest: object) -> JsonObject | None:
        principal = self.live.principal_of(sid)
        if principal is None or rest:
            return None
        try:
            return await self._catch_up(principal, since)
        except Exception as error:  # noqa: BLE001 - the client is told, and asks again
            _log.warning("catch_up_failed", tenant_id=principal.tenant_id, error=type(error).__name__)
            return {"error": "unavailable"}

    async def _disconnect(self, sid: str) -> None:
        await self.engine.disconnect(sid)

    async def _drop_transports(self) -> None:
        """The bus was not heard until now: sockets that may have missed an event reconnect, and catch up."""
        self._hang_up(self._transports())

    def _close_silent(self) -> None:
        """End transports that a whole check interval after they came have not connected: nobody is behind them."""
        silent = {transport for transport in self._transports() if not self._is_connected(transport)}
        self._hang_up(silent & self._silent)
        self._silent = silent

    def _hang_up(self, transports: Collection[str]) -> None:
        """End the connections below Socket.IO.

        The engine's own disconnection asks the peer to close, waits for a peer that reads nothing, and tells clients to
        stay away; the end of a socket's queue makes its writer hang up, which every client answers by coming back.
        """
        sockets = cast("dict[str, _EngineSocket]", self.engine.eio.sockets)
        for transport in transports:
            if transport in sockets:
                sockets[transport].queue.put_nowait(None)

    def _transports(self) -> list[str]:
        return list(cast("dict[str, object]", self.engine.environ))

    def _is_connected(self, transport: str) -> bool:
        return self._bus.sid_from_eio_sid(transport, NAMESPACE) is not None


def create_socket_server(
    redis_url: str,
    allowed_origins: Collection[str],
    authenticate: Authenticate,
    catch_up: CatchUp,
    *,
    opened: Opened | None = None,
    channel: str = CHANNEL,
) -> SocketServer:
    """The server of this process; nothing is opened before `run()` or the first socket."""
    return SocketServer(redis_url, allowed_origins, authenticate, catch_up, opened=opened, channel=channel)


def mount(app: ASGIApp, server: SocketServer) -> ASGIApp:
    """`app` with the sockets under `/socket.io`; everything else, the lifespan included, stays the app's."""
    return cast("ASGIApp", socketio.ASGIApp(server.engine, other_asgi_app=app))
