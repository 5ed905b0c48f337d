"""A real API process in miniature for these tests: uvicorn on a free port, the sockets, a relay; and its browsers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp
import socketio
import uvicorn
from starlette.applications import Starlette

from core.database import Database
from core.json_types import JsonObject
from core.outbox import EventName, emit
from core.principal import Principal, Role, TenantId, UserId
from orchestrator_service.realtime.bus import BusPublisher
from orchestrator_service.realtime.catch_up import catch_up
from orchestrator_service.realtime.relay import Relay
from orchestrator_service.realtime.server import SocketServer, create_socket_server, mount

ORIGIN = "http://nexus.test"


class Sessions:
    """Stands in for the session table: cookies and who is behind them."""

    def __init__(self) -> None:
        self.by_cookie: dict[str, Principal] = {}
        self.broken = False

    def open(self, tenant_id: int, user_id: int, role: Role) -> str:
        cookie = f"nexus_session={tenant_id}-{user_id}-{role}"
        self.by_cookie[cookie] = Principal(TenantId(tenant_id), UserId(user_id), role, uuid4())
        return cookie

    async def authenticate(self, cookie: str) -> Principal | None:
        if self.broken:
            raise ConnectionError
        return self.by_cookie.get(cookie)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield  # the test runner keeps its own


async def _started(server: uvicorn.Server) -> bool:
    return server.started


@dataclass
class Api:
    url: str
    sockets: SocketServer
    sessions: Sessions


@contextlib.asynccontextmanager
async def background(coroutine: Any) -> AsyncGenerator[asyncio.Task[Any]]:
    task = asyncio.create_task(coroutine)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled() and (error := task.exception()):
            raise error


@contextlib.asynccontextmanager
async def running_api(db: Database, redis_url: str, sessions: Sessions, *, relay: bool = True) -> AsyncGenerator[Api]:
    """One process; with `relay=False` it only holds sockets."""
    channel = f"test-{urlsplit(db.url).path}"  # each test has its own database, and all share one Redis
    sockets = create_socket_server(redis_url, [ORIGIN], sessions.authenticate, partial(catch_up, db), channel=channel)
    publish = BusPublisher(redis_url, channel=channel)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        mount(Starlette(), sockets), log_level="warning", lifespan="off", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(publish.aclose)
        await stack.enter_async_context(background(sockets.run()))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await until(partial(_started, server))
            assert await sockets.ready(2)
            if relay:
                await stack.enter_async_context(background(Relay(db, publish).run()))
            yield Api(f"http://127.0.0.1:{listening.getsockname()[1]}", sockets, sessions)
        finally:
            server.should_exit = True
            await serving


@dataclass
class Browser:
    """A Socket.IO client that writes down what it hears, and when."""

    client: Any
    http: aiohttp.ClientSession
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])
    refusals: list[Any] = field(default_factory=list[Any])

    async def hears(self, matches: Callable[[dict[str, Any]], bool], within: float = 1.0) -> dict[str, Any]:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for _, payload in self.heard:
                if matches(payload):
                    return payload
            await asyncio.sleep(0.01)
        raise AssertionError(f"not heard within {within} s; heard: {self.heard}")

    def numbers(self, key: str = "n") -> list[int]:
        return [payload[key] for _, payload in self.heard if key in payload]

    async def is_closed(self, within: float) -> bool:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if not self.client.connected:
                return True
            await asyncio.sleep(0.02)
        return False

    async def ask(self, event: str, *arguments: object) -> Any:
        return await self.client.call(event, arguments, timeout=2)


def new_browser(*, reconnects: bool = False) -> Browser:
    http = aiohttp.ClientSession()
    client = socketio.AsyncClient(
        http_session=http, reconnection=reconnects, reconnection_delay=1, reconnection_delay_max=1
    )
    browser = Browser(client, http)

    async def hear(event: str, payload: dict[str, Any]) -> None:
        browser.heard.append((event, payload))

    async def refused(reason: Any) -> None:
        browser.refusals.append(reason)

    client.on("*", hear)
    client.on("connect_error", refused)
    return browser


@contextlib.asynccontextmanager
async def browsing(
    api: Api, cookie: str | None, *, origin: str | None = ORIGIN, browser: Browser | None = None
) -> AsyncGenerator[Browser]:
    """A browser that is connected; raises socketio's ConnectionError where it is refused."""
    browser = browser or new_browser()
    headers = {name: value for name, value in (("Cookie", cookie), ("Origin", origin)) if value is not None}
    try:
        await browser.client.connect(api.url, headers=headers, transports=["websocket"], wait_timeout=3)
        yield browser
    finally:
        await browser.client.shutdown()
        await browser.http.close()


async def add_tenant(db: Database, tenant_id: int) -> None:
    async with db.tenant(tenant_id) as tx:
        await tx.connection.execute(f"INSERT INTO tenants (id, name) VALUES ({tenant_id}, 'Company {tenant_id}')")


async def happen(
    db: Database,
    tenant_id: int,
    payload: JsonObject,
    *,
    owner: int | None = None,
    everyone: bool = False,
    name: EventName = "LEAD_UPDATED",
) -> None:
    """Commit one event."""
    async with db.tenant(tenant_id) as tx:
        audience = "everyone" if everyone else "owned"
        await emit(tx, name, payload, owner_user_id=owner, audience=audience)


async def stored(db: Database, tenant_id: int) -> list[Mapping[str, Any]]:
    """The tenant's outbox by number."""
    async with db.tenant(tenant_id) as tx:
        rows = await tx.connection.fetch(
            "SELECT id, seq, payload, published_at FROM outbox_events ORDER BY seq NULLS LAST, id"
        )
    return cast("list[Mapping[str, Any]]", rows)


async def waiting_signals(db: Database) -> int:
    async with db.system() as tx:
        return len(await tx.connection.fetch("SELECT id FROM outbox_signals"))


async def until(condition: Callable[[], Any], within: float = 2.0) -> None:
    """Wait for an awaitable condition."""
    deadline = time.monotonic() + within
    while not await condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        await asyncio.sleep(0.02)
