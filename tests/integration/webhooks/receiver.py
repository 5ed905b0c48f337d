"""Another company's system on loopback: it keeps what it is sent and answers as it is told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field


@dataclass
class Got:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are used up one by one, then it says 200. `slow` paths are never answered."""

    base_url: str = ""
    got: list[Got] = field(default_factory=list[Got])
    answers: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    slow: set[str] = field(default_factory=set[str])
    open: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.open.add(task)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            path = head[0].split(" ")[1]
            self.got.append(Got(path, headers, body))
            if path in self.slow:
                await asyncio.Event().wait()
            status, text = self.answers.pop(0) if self.answers else (200, "ok")
            said = text.encode()
            writer.write(
                f"HTTP/1.1 {status} X\r\ncontent-length: {len(said)}\r\nconnection: close\r\n\r\n".encode() + said
            )
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def receiver() -> AsyncGenerator[Receiver]:
    """Running until the block ends."""
    running = Receiver()
    server = await asyncio.start_server(running.answer, "127.0.0.1", 0)
    running.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield running
    finally:
        server.close()
        for task in running.open:
            task.cancel()
        await asyncio.gather(*running.open, return_exceptions=True)
