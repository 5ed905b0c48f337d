"""A model's API on loopback: answers what it is told to, and knows who is connected."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class ModelServer:
    """Speaks chat completions; `models` are those that were asked, in order.

    `answers` are texts, raw as they stand inside a JSON string; the last one stays.
    """

    answers: list[str]
    url: str = ""
    connected: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])
    asked: int = 0
    models: list[str] = field(default_factory=list[str])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until the client hangs up."""
        self.connected.add(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = next(line for line in head.split("\r\n") if line.startswith("content-length"))
                question = await reader.readexactly(int(length.split(":")[1]))
                self.models.append(json.loads(question)["model"])
                writer.write(self._answer())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.connected.discard(writer)
            writer.close()

    def _answer(self) -> bytes:
        text = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        self.asked += 1
        message = {"role": "assistant", "content": "TEXT"}
        body = json.dumps(
            {
                "id": "1",
                "object": "chat.completion",
                "created": 1,
                "model": "test",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
        ).replace("TEXT", text)
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body.encode())}\r\n\r\n"
        return (head + body).encode()


@asynccontextmanager
async def model_server(*answers: str) -> AsyncGenerator[ModelServer]:
    """The server, listening."""
    model = ModelServer(list(answers))
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.close()
        for writer in list(model.connected):
            writer.close()
