"""An OpenAI-compatible API on loopback that hears and sees what it is told to, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Asked:
    """One request."""

    path: str
    head: str
    body: bytes


@dataclass
class Model:
    """`answers` are (status, JSON) in order; the last one stays. `pause` is how long each takes."""

    answers: list[tuple[str, object]]
    url: str = ""
    port: int = 0
    pause: float = 0
    extra: str = ""
    asked: list[Asked] = field(default_factory=list[Asked])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lengths = [line for line in head.lower().split("\r\n") if line.startswith("content-length")]
            body = await reader.readexactly(int(lengths[0].split(":")[1])) if lengths else b""
            self.asked.append(Asked(head.split()[1], head, body))
            await asyncio.sleep(self.pause)
            status, answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            content = json.dumps(answer).encode()
            start = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n"
            writer.write(f"{start}{self.extra}\r\n".encode() + content)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def model(*answers: tuple[str, object]) -> AsyncGenerator[Model]:
    """The server, listening."""
    made = Model(list(answers))
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = int(server.sockets[0].getsockname()[1])
    made.url = f"http://127.0.0.1:{made.port}/v1"
    try:
        yield made
    finally:
        server.close()
