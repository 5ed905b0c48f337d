"""A mail server of the test's own, on loopback: it takes, refuses or puts off, and keeps what it took."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from core.mail import Smtp
from core.secret import Secret

LINK = re.compile(r"https?://\S+#token=(\S+)")


@dataclass
class PostOffice:
    """`answer` is what it says to a recipient: 250 takes, 550 refuses for good, 450 puts off. `asked` counts them."""

    port: int = 0
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
        async def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        await say("220 post.example")
        with contextlib.suppress(ConnectionError):
            while line := (await reader.readline()).decode().strip():
                word = line.upper().partition(" ")[0]
                if word == "RCPT":
                    self.asked += 1
                    await say(f"{self.answer} about that")
                elif word == "DATA":
                    await say("354 go on")
                    data = await reader.readuntil(b"\r\n.\r\n")
                    self.taken.append(message_from_bytes(data[:-3], policy=policy.default))
                    if self.hangs_up_after_taking:
                        break
                    await say("250 taken")
                elif word == "QUIT":
                    await say("221 bye")
                    break
                else:
                    await say("250 fine")
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@contextlib.asynccontextmanager
async def post_office() -> AsyncGenerator[PostOffice]:
    """Open for as long as the block lasts."""
    office = PostOffice()
    server = await asyncio.start_server(office.serve, "127.0.0.1", 0)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()
