"""A mail server of the test's own, on loopback: it takes, refuses or puts off, and keeps what it took."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from core.mail import Smtp
from core.secret import Secret

LINK = re.compile(r"https?://\S+#token=(\S+)")


@dataclass
class PostOffice:
    """`answer` is what it says to a recipient: 250 takes, 550 refuses for good, 450 puts off. `asked` counts them.

    `upgrade` is what STARTTLS changes to; `login` the credentials that it wants, as AUTH PLAIN sends them.
    """

    port: int = 0
    upgrade: ssl.SSLContext | None = None
    login: str | None = None
    secured: int = 0
    let_in: int = 0
    answer: int = 250
    asked: int = 0
    hangs_up_after_taking: bool = False
    taken: list[EmailMessage] = field(default_factory=list[EmailMessage])

    def smtp(self) -> Smtp:
        return Smtp("127.0.0.1", self.port, "none", "Nexus <nexus@crm.example>", None, Secret(""))

    def token(self) -> str:
        """The token of the last mail's link."""
        found = LINK.search(self.text())
        assert found is not None
        return found[1]

    def text(self) -> str:
        content = self.taken[-1].get_content()
        assert isinstance(content, str)
        return content

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 post.example\r\n")
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while line := (await reader.readline()).decode().strip():
                word = line.upper().partition(" ")[0]
                writer.write("".join(f"{said}\r\n" for said in self._answer(word, line)).encode())
                await writer.drain()
                if word == "STARTTLS" and self.upgrade is not None:
                    await writer.start_tls(self.upgrade)
                    self.secured += 1
                elif word == "DATA":
                    data = await reader.readuntil(b"\r\n.\r\n")
                    self.taken.append(message_from_bytes(data[:-3], policy=policy.default))
                    if self.hangs_up_after_taking:
                        break
                    writer.write(b"250 taken\r\n")
                elif word == "QUIT":
                    break
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()

    def _answer(self, word: str, line: str) -> list[str]:
        if word == "EHLO":
            offers = [*(["STARTTLS"] if self.upgrade else []), *(["AUTH PLAIN"] if self.login else []), "8BITMIME"]
            return ["250-post.example", *(f"250-{offer}" for offer in offers[:-1]), f"250 {offers[-1]}"]
        if word == "AUTH":
            right = line.rpartition(" ")[2] == self.login
            self.let_in += right
            return ["235 come in" if right else "535 no"]
        if word == "RCPT":
            self.asked += 1
            return [f"{self.answer} about that"]
        return [{"STARTTLS": "220 go on", "DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 fine")]


@contextlib.asynccontextmanager
async def post_office(*, tls: ssl.SSLContext | None = None) -> AsyncGenerator[PostOffice]:
    """Open for as long as the block lasts; with `tls`, encrypted from the first byte."""
    office = PostOffice()
    server = await asyncio.start_server(office.serve, "127.0.0.1", 0, ssl=tls)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()
