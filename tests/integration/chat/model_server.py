"""A model's API on loopback: answers what it is told to, or fails as it is told to, and knows who is connected."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Status:
    """An answer that is none: an HTTP status with its body."""

    code: int
    body: str = '{"error": {"message": "no"}}'
    headers: str = ""


@dataclass(frozen=True)
class Garbage:
    """200, and a body that is no answer."""

    body: str


@dataclass(frozen=True)
class Silence:
    """Never an answer."""


@dataclass(frozen=True)
class Cut:
    """The connection ends within the answer."""


@dataclass(frozen=True)
class Calls:
    """A tool call; the arguments as they stand, which may be no JSON."""

    tool: str
    arguments: str


@dataclass(frozen=True)
class Together:
    """An answer that is only given once so many questions have arrived."""

    text: str
    questions: int


Answering = str | Status | Garbage | Silence | Cut | Calls | Together


@dataclass
class ModelServer:
    """Speaks chat completions; `models` are those that were asked, in order.

    `answers` are texts, raw as they stand inside a JSON string, or failures; the last one stays.
    """

    answers: list[Answering]
    usage: tuple[int, int] | None = (1, 1)
    url: str = ""
    connected: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])
    asked: int = 0
    models: list[str] = field(default_factory=list[str])
    questions: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until the client hangs up."""
        self.connected.add(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = next(line for line in head.split("\r\n") if line.startswith("content-length"))
                question = json.loads(await reader.readexactly(int(length.split(":")[1])))
                self.questions.append(question)
                self.models.append(question["model"])
                async with self.arrived:
                    answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                    self.asked += 1
                    self.arrived.notify_all()
                    if isinstance(answer, Together):
                        wanted = answer.questions
                        await self.arrived.wait_for(lambda: self.asked >= wanted)  # noqa: B023 - at once
                if isinstance(answer, Silence):
                    await reader.read()  # until the client gives up
                    return
                writer.write(self._answer(answer))
                await writer.drain()
                if isinstance(answer, Cut):
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.connected.discard(writer)
            writer.close()

    def _answer(self, answer: Answering) -> bytes:
        match answer:
            case Status():
                return _http(answer.body, answer.code, answer.headers)
            case Garbage():
                return _http(answer.body)
            case Calls():
                call = {"id": "call_1", "type": "function"}
                call |= {"function": {"name": answer.tool, "arguments": answer.arguments}}  # pyright: ignore[reportAssignmentType]
                message: dict[str, object] = {"role": "assistant", "content": None, "tool_calls": [call]}
                return _http(self._completion(message, "tool_calls"))
            case _:
                text = answer.text if isinstance(answer, Together) else answer if isinstance(answer, str) else ""
                whole = _http(self._completion({"role": "assistant", "content": "TEXT"}, "stop").replace("TEXT", text))
                return whole[:-20] if isinstance(answer, Cut) else whole

    def _completion(self, message: dict[str, object], finish: str) -> str:
        body: dict[str, object] = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "test",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        }
        if self.usage is not None:
            asked, answered = self.usage
            body["usage"] = {
                "prompt_tokens": asked,
                "completion_tokens": answered,
                "total_tokens": asked + answered,
            }
        return json.dumps(body)


def _http(body: str, status: int = 200, headers: str = "") -> bytes:
    length = len(body.encode())
    head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n"
    return (head + body).encode()


@asynccontextmanager
async def model_server(*answers: Answering, usage: tuple[int, int] | None = (1, 1)) -> AsyncGenerator[ModelServer]:
    """The server, listening."""
    model = ModelServer(list(answers), usage)
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.close()
        for writer in list(model.connected):
            writer.close()
