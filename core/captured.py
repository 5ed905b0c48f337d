"""An answer held back until it is known whole: what may still replace it, or commit with it, decides then."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Message, Send


class Captured:
    """The `send` of an application whose answer is wanted in one piece."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    async def __call__(self, message: Message) -> None:
        """Take in a message."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], [(bytes(n), bytes(v)) for n, v in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    def header(self, name: bytes) -> str | None:
        """A header's value; None where it is missing. `name` in lower case."""
        return next((value.decode("latin-1") for known, value in self.headers if known.lower() == name), None)

    async def send_to(self, send: Send, *, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
        """Let it out, with further headers."""
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, *more]})
        await send({"type": "http.response.body", "body": self.body})
