"""A webhook receiver and hands for a running simulator, on free loopback ports in the test's own loop."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
import uvicorn
from starlette.responses import Response

from core.meta.client import MetaClient
from core.secret import Secret
from core.ycloud.client import YCloudClient
from core.ycloud.parse import parse

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from starlette.datastructures import Headers
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from core.whatsapp import Event, Json, JsonObject

TOKEN = "token-of-the-simulator"
NUMBER = "+5491130001000"
SECRET = Secret("whsec_of_the_test")
API_KEY = Secret("key-of-the-test")
PHONE = "+5491155512345"
META_NUMBER = "+5491130004000"
NUMBER_ID = "106540352242922"
META_WABA = "102290129340398"
TOKEN_OF_META = Secret("EAAG-token-of-the-test")
APP_SECRET = Secret("app-secret-of-the-test")
META_URL = "/v26.0"


@dataclass
class Delivery:
    headers: Headers
    body: bytes

    @property
    def signature(self) -> str:
        return self.headers["YCloud-Signature"]

    @property
    def endpoint_id(self) -> str:
        return self.headers["X-Webhook-Endpoint-ID"]

    @property
    def event(self) -> Event:
        return parse(self.body)


@dataclass
class Receiver:
    """Our webhook's stand-in: keeps what arrives, answers as told (200 when the list is empty)."""

    url: str = ""
    deliveries: list[Delivery] = field(default_factory=list[Delivery])
    answers: list[int] = field(default_factory=list[int])

    async def receive(self, request: Request) -> Response:
        delivery = Delivery(request.headers, await request.body())
        self.deliveries.append(delivery)
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    def of_type(self, kind: str) -> list[Delivery]:
        return [delivery for delivery in self.deliveries if delivery.event.type == kind]


@dataclass
class Simulator:
    base_url: str
    http: httpx.AsyncClient
    journal_path: Path

    async def order(self, path: str, **body: Json) -> JsonObject:
        answer = await self.http.post(f"{self.base_url}/_sim{path}", json=body, headers={"X-Simulator-Token": TOKEN})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def read(self, path: str, **query: str) -> list[JsonObject]:
        answer = await self.http.get(f"{self.base_url}/_sim{path}", params=query, headers={"X-Simulator-Token": TOKEN})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def call(self, method: str, path: str, body: JsonObject | None = None, key: str = "") -> httpx.Response:
        headers = {"X-API-Key": key or API_KEY.reveal()}
        return await self.http.request(method, f"{self.base_url}/v2{path}", json=body, headers=headers)

    def client(self, *, seconds: float = 5.0, key: Secret = API_KEY) -> YCloudClient:
        return YCloudClient(
            self.http,
            api_key=key,
            business_number=NUMBER,
            tenant_id=7,
            base_url=f"{self.base_url}/v2",
            send_timeout=httpx.Timeout(seconds),
        )

    def meta(self, *, seconds: float = 5.0, key: Secret = TOKEN_OF_META, base_url: str | None = None) -> MetaClient:
        return MetaClient(
            self.http,
            access_token=key,
            phone_number_id=NUMBER_ID,
            waba_id=META_WABA,
            tenant_id=7,
            base_url=base_url or self.base_url + META_URL,
            send_timeout=httpx.Timeout(seconds),
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serving(app: ASGIApp, port: int) -> AsyncGenerator[None]:
    config = uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1, ws="none")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield
    finally:
        server.should_exit = True
        await task


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - the servers tell nobody
            await asyncio.sleep(0.01)
