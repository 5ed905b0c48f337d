"""How soon a change is heard: five hundred sockets of ten companies, ten new leads a second, each heard by fifty.

Counted from the answer to whoever made the lead, which comes after its commit; heard before that answer is at once.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import aiohttp
import msgspec

from bench.load import HOST, Answer, ask, request
from bench.serving import Server
from bench.variants import visitor

CLIENTS: Final = 500
COMPANIES: Final = 10
RATE: Final = 10
PATIENCE: Final = 5.0
PATH: Final = "/socket.io/?EIO=4&transport=websocket"
CONNECT, CONNECTED, PING, PONG, EVENT = "40", "40", "2", "3", "42"
_numbers: Final = count(1)


@dataclass(frozen=True)
class Heard:
    """Seconds until each lead was heard by each socket of its company; `missed` were never heard."""

    latencies: tuple[float, ...]
    missed: int
    refused: int

    @property
    def p99(self) -> float:
        """The latency below which all but one in a hundred lie; without bound where something was missed."""
        if self.missed or not self.latencies:
            return float("inf")
        return self.latencies[int(0.99 * len(self.latencies))]


class _Lead(msgspec.Struct):
    id: int


class _News(msgspec.Struct):
    lead: _Lead


@dataclass
class _Company:
    cookie: str
    ears: int = 0
    answered: dict[int, float] = field(default_factory=dict[int, float])
    heard: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])

    def hear(self, text: str, moment: float) -> None:
        name, payload = msgspec.json.decode(text.removeprefix(EVENT), type=tuple[str, msgspec.Raw])
        if name == "NEW_LEAD":
            self.heard.append((msgspec.json.decode(payload, type=_News).lead.id, moment))


async def measure_sockets(server: Server, cookies: tuple[str, ...], *, seconds: int) -> Heard:
    """All of them listen before the first lead is made; a socket that cannot be opened raises RuntimeError."""
    companies = [_Company(cookie) for cookie in cookies[:COMPANIES]]
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(connect=PATIENCE)
            )
        )
        ears: list[asyncio.Task[None]] = []
        for number in range(CLIENTS):
            company = companies[number % len(companies)]
            headers = visitor(server, company.cookie)
            opening = session.ws_connect(f"ws://{HOST}:{server.port}{PATH}", headers=headers)
            socket = await stack.enter_async_context(opening)
            await _enter(socket)
            company.ears += 1
            ears.append(asyncio.create_task(_listen(socket, company)))
        refused = await _make_leads(server, companies, seconds)
        await _until_heard(companies)
        for ear in ears:
            ear.cancel()
        await asyncio.gather(*ears, return_exceptions=True)
    return _told(companies, refused)


async def _enter(socket: aiohttp.ClientWebSocketResponse) -> None:
    await socket.receive_str(timeout=PATIENCE)  # the engine's greeting
    await socket.send_str(CONNECT)
    answer = await socket.receive_str(timeout=PATIENCE)
    if not answer.startswith(CONNECTED):
        raise RuntimeError(f"a socket was answered {answer}")


async def _listen(socket: aiohttp.ClientWebSocketResponse, company: _Company) -> None:
    async for message in socket:
        moment = time.perf_counter()
        if message.data == PING:
            await socket.send_str(PONG)
        elif isinstance(message.data, str) and message.data.startswith(EVENT):
            company.hear(message.data, moment)


async def _make_leads(server: Server, companies: list[_Company], seconds: int) -> int:
    refused = 0
    began = time.perf_counter()
    for number in range(RATE * seconds):
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        company = companies[number % len(companies)]
        body = {"full_name": "Ana Oye", "phone": f"+54911{80_000_000 + next(_numbers)}"}
        answer = await ask(server.port, request("POST", "/crm/leads", visitor(server, company.cookie), body))
        refused += not _note(company, answer)
    return refused


def _note(company: _Company, answer: Answer) -> bool:
    if answer.status != 201:  # noqa: PLR2004 - HTTP's word for it
        return False
    company.answered[msgspec.json.decode(answer.body)["id"]] = time.perf_counter()
    return True


async def _until_heard(companies: list[_Company]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while any(len(one.heard) < one.ears * len(one.answered) for one in companies):  # noqa: ASYNC110 - hearing costs nothing more
                await asyncio.sleep(0.05)


def _told(companies: list[_Company], refused: int) -> Heard:
    latencies = [
        max(0.0, moment - company.answered[lead])
        for company in companies
        for lead, moment in company.heard
        if lead in company.answered
    ]
    expected = sum(company.ears * len(company.answered) for company in companies)
    return Heard(tuple(sorted(latencies)), expected - len(latencies), refused)
