"""A customer's phone at the simulator: it writes, taps, and waits for what the business answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import httpx
import msgspec

from nexus.simulator.door import TOKEN_HEADER

LOOK_SECONDS: Final = 0.1

Shape = TypeVar("Shape")


class NoAnswerError(Exception):
    """The business stayed silent; the message says for how long and after what."""


@dataclass(frozen=True)
class Choice:
    """Something to tap under a message."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Bubble:
    """A message on the screen, as the simulator shows it."""

    wamid: str
    side: Literal["customer", "business"]
    type: str
    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class _Chat:
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True)
class Written:
    """A message that the customer has sent."""

    event_id: str
    wamid: str


@dataclass(frozen=True)
class Delivery:
    """One attempt of the simulator to deliver a webhook; `status` is what our service answered."""

    event_id: str
    event_type: str
    status: int | None
    outcome: str


class Phone:
    """One number. `http` has the simulator's address as its base."""

    def __init__(self, http: httpx.AsyncClient, token: str, number: str, name: str) -> None:
        self._http = http
        self._headers = {TOKEN_HEADER: token}
        self._number = number
        self._name = name
        self.sent = 0

    @property
    def number(self) -> str:
        """In international form."""
        return self._number

    async def write(self, text: str) -> Written:
        """Send a text."""
        return await self._send({"type": "text", "text": text})

    async def write_from_ad(self, text: str, headline: str) -> Written:
        """Send a text after a click on an advertisement."""
        return await self._send({"type": "text", "text": text, "ad": headline})

    async def write_many(self, texts: list[str]) -> None:
        """Send texts, one right after the other."""
        await self._post("/_sim/burst", {"texts": texts, "gap_seconds": 0})
        self.sent += len(texts)

    async def send(self, kind: Literal["image", "audio", "document"], text: str = "", **more: str) -> Written:
        """Send a file: `text` is its caption, or what a voice note says; `more` as the simulator takes it."""
        return await self._send({"type": kind, "text": text, **more})

    async def tap(self, choice: Choice, kind: Literal["button_reply", "list_reply"]) -> Written:
        """Tap a button or a row."""
        order = {"type": kind, "reply_id": choice.id, "text": choice.title}
        return await self._send(order | ({"description": choice.description} if kind == "list_reply" else {}))

    async def deliver_again(self, written: Written) -> None:
        """Let WhatsApp deliver a message a second time, as it does when an answer was lost."""
        await self._ask("/_sim/duplicate", {"event_id": written.event_id})

    async def answers(self) -> tuple[Bubble, ...]:
        """Everything the business has said, oldest first."""
        chat = await self._get("/_sim/chat", {"phone": self._number}, _Chat)
        return tuple(bubble for bubble in chat.bubbles if bubble.side == "business")

    async def deliveries(self, written: Written) -> list[Delivery]:
        """Every delivery of one of the customer's messages."""
        found = await self._get("/_sim/journal", {"kind": "delivery", "limit": "5000"}, list[Delivery])
        return [delivery for delivery in found if delivery.event_id == written.event_id]

    async def wait_for_answer(self, known: int, *, patience: float, settle: float) -> tuple[Bubble, ...]:
        """What the business says after its first `known` messages, once it has been silent for `settle` seconds.

        Raises NoAnswerError after `patience` seconds without a word.
        """
        deadline = time.monotonic() + patience
        while len(said := await self.answers()) <= known:
            if time.monotonic() > deadline:
                raise NoAnswerError(f"no answer within {patience:.0f} s to message {self.sent}")
            await asyncio.sleep(LOOK_SECONDS)
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < settle:
            await asyncio.sleep(LOOK_SECONDS)
            now = await self.answers()
            if len(now) > len(said):
                said, quiet_since = now, time.monotonic()
        return said[known:]

    async def _send(self, order: dict[str, str]) -> Written:
        answer = await self._post("/_sim/inbound", order)
        self.sent += 1
        return msgspec.json.decode(answer, type=Written)

    async def _post(self, path: str, order: Mapping[str, object]) -> bytes:
        return await self._ask(path, {**order, "phone": self._number, "name": self._name})

    async def _ask(self, path: str, order: Mapping[str, object]) -> bytes:
        answer = await self._http.post(path, json=order, headers=self._headers)
        return answer.raise_for_status().content

    async def _get(self, path: str, query: dict[str, str], shape: type[Shape]) -> Shape:
        answer = await self._http.get(path, params=query, headers=self._headers)
        return msgspec.json.decode(answer.raise_for_status().content, type=shape)
