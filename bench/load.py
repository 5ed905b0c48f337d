"""A closed loop of keep-alive connections that costs little itself: requests are bytes made beforehand.

A general client spends more CPU on a request than the server under test; this one reads the status, the length and the
body, and nothing else. It speaks to loopback only.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

HOST: Final = "127.0.0.1"
_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes


@dataclass(frozen=True)
class Load:
    """What a loop saw. Latencies in seconds, sorted; `refused` are the answers that were not 2xx."""

    seconds: float
    latencies: tuple[float, ...]
    refused: int

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency below which that share of the answers lies, in seconds; 0 where there was none."""
        return self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))] if self.latencies else 0.0


def request(
    method: str, path: str, headers: Mapping[str, str], body: object = None, *, raw: bytes | None = None
) -> bytes:
    """One HTTP/1.1 request with a JSON body, or none; `raw` is one that is JSON already."""
    payload = raw if raw is not None else b"" if body is None else msgspec.json.encode(body)
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", *(f"{name}: {value}" for name, value in headers.items())]
    if payload:
        lines += ["Content-Type: application/json", f"Content-Length: {len(payload)}"]
    return "\r\n".join([*lines, "", ""]).encode() + payload


async def loop(port: int, make: Callable[[], bytes], *, connections: int, seconds: float) -> Load:
    """Keep `connections` requests under way for `seconds`; `make` gives the next request. At most one a connection."""
    latencies: list[float] = []
    refused = 0
    began = time.perf_counter()

    async def one() -> None:
        nonlocal refused
        reader, writer = await asyncio.open_connection(HOST, port)
        try:
            while (start := time.perf_counter()) - began < seconds:
                writer.write(make())
                answer = await read(reader)
                latencies.append(time.perf_counter() - start)
                refused += not 200 <= answer.status < 300  # noqa: PLR2004 - HTTP's good answers
        finally:
            writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return Load(time.perf_counter() - began, tuple(sorted(latencies)), refused)


async def paced(port: int, make: Callable[[], bytes], *, rate: float, seconds: float, connections: int) -> Load:
    """So many requests a second, whatever the answers take; latencies count from when each was due.

    Who waits for a slow answer before asking again never sees how long the others would have waited.
    """
    latencies: list[float] = []
    refused = 0
    due = iter(number / rate for number in range(int(rate * seconds)))
    began = time.perf_counter()

    async def one() -> None:
        nonlocal refused
        reader, writer = await asyncio.open_connection(HOST, port)
        try:
            for moment in due:
                await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
                writer.write(make())
                answer = await read(reader)
                latencies.append(time.perf_counter() - began - moment)
                refused += not 200 <= answer.status < 300  # noqa: PLR2004 - HTTP's good answers
        finally:
            writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return Load(time.perf_counter() - began, tuple(sorted(latencies)), refused)


async def ask(port: int, message: bytes) -> Answer:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(message)
        return await read(reader)
    finally:
        writer.close()


async def read(reader: asyncio.StreamReader) -> Answer:
    """The next answer; one without a length has no body."""
    head = await reader.readuntil(_END)
    at = head.lower().find(_LENGTH)
    length = int(head[at + len(_LENGTH) : head.index(b"\r\n", at)]) if at >= 0 else 0
    return Answer(int(head[9:12]), head, await reader.readexactly(length))
