"""The real service on a real port, so that sockets shake hands with it as browsers do."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from typing import Any

import aiohttp
import socketio
import uvicorn
from socketio import exceptions as socketio_errors

from orchestrator_service.main import served
from tests.support.api import ORIGIN, Api


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield  # the test runner keeps its own


@dataclass(frozen=True)
class Served:
    """`url` is where it listens."""

    api: Api
    url: str

    def headers(self, cookie: str | None, origin: str | None = ORIGIN) -> dict[str, str]:
        told = {"Origin": origin, "Cookie": f"{self.api.door.cookie.name}={cookie}" if cookie else None}
        return {name: value for name, value in told.items() if value is not None}

    async def status(self, cookie: str | None) -> int:
        """What the API says to that cookie."""
        async with aiohttp.ClientSession() as http:
            answer = await http.get(f"{self.url}/auth/me", headers=self.headers(cookie))
            return answer.status

    @contextlib.asynccontextmanager
    async def socket(self, cookie: str | None, origin: str | None = ORIGIN) -> AsyncGenerator[Any]:
        """A socket that was let in. Raises socketio's ConnectionError where it is refused."""
        async with aiohttp.ClientSession() as http:
            client = socketio.AsyncClient(http_session=http, reconnection=False)
            try:
                headers = self.headers(cookie, origin)
                await client.connect(self.url, headers=headers, transports=["websocket"], wait_timeout=3)
                yield client
            finally:
                await client.shutdown()

    async def lets_in(self, cookie: str | None, origin: str | None = ORIGIN) -> bool:
        """Whether a socket gets through the handshake."""
        try:
            async with self.socket(cookie, origin) as client:
                return bool(client.connected)
        except socketio_errors.ConnectionError:
            return False


@contextlib.asynccontextmanager
async def serving(api: Api) -> AsyncGenerator[Served]:
    """Up for as long as the block lasts."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(served(api.app), log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        deadline = time.monotonic() + 5
        while not server.started:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.02)
        assert await api.app.state.sockets.ready(2)
        yield Served(api, f"http://127.0.0.1:{listening.getsockname()[1]}")
    finally:
        server.should_exit = True
        await task
