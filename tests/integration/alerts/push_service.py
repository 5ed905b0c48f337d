"""A push service of the test's own, on loopback, and browsers that can read what it was given.

It demands what RFC 8030 and 8292 demand (a signature by the key that browsers subscribed with, for this origin, that
has not run out), and a browser opens messages as RFC 8291 says: written here from the RFCs, not with the library.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.json_types import JsonObject


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@dataclass
class Browser:
    """One that has subscribed."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self) -> JsonObject:
        """As `PushSubscription.toJSON()` says it."""
        return {"endpoint": self.endpoint, "keys": {"p256dh": encoded(self.public), "auth": encoded(self.auth)}}

    def opened(self, body: bytes) -> JsonObject:
        """What a message says (RFC 8188 and 8291). Raises InvalidTag for one that is not for this browser."""
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.private.exchange(ec.ECDH(), theirs)
        secret = derived(shared, self.auth, b"WebPush: info\0" + self.public + sender, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02"), "the last record ends so"
        told: JsonObject = json.loads(plain[:-1])
        return told


@dataclass(frozen=True)
class Taken:
    """A message that arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """`answer` is what it says from now on; while `holds` is set, it takes a message and says nothing."""

    public_key: str
    port: int = 0
    answer: str = "201 Created"
    retry_after: str = ""
    holds: bool = False
    taken: list[Taken] = field(default_factory=list[Taken])
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def browser(self) -> Browser:
        return Browser(f"{self.origin}/send/{uuid4().hex}")

    def of(self, browser: Browser) -> list[JsonObject]:
        """What a browser was shown."""
        return [browser.opened(one.body) for one in self.taken if f"{self.origin}{one.path}" == browser.endpoint]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            said = self.answer if self._signed(headers.get("authorization", "")) else "403 Forbidden"
            if said.startswith("201") or self.holds:
                self.taken.append(Taken(head[0].split(" ")[1], headers, body))
            self.heard.set()
            if self.holds:
                await reader.read()  # until whoever waits for the answer is gone
            more = f"Retry-After: {self.retry_after}\r\n" if self.retry_after else ""
            writer.write(f"HTTP/1.1 {said}\r\nContent-Length: 0\r\n{more}Connection: close\r\n\r\n".encode())
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    def _signed(self, authorization: str) -> bool:
        scheme, _, rest = authorization.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        if scheme != "vapid" or parts.get("k") != self.public_key:
            return False
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
        # The library names the origin without its port, which public push services do not have.
        claims = jwt.decode(parts["t"], point, algorithms=["ES256"], audience="http://127.0.0.1")
        return str(claims["sub"]).startswith("mailto:") and "exp" in claims


@contextlib.asynccontextmanager
async def push_service(public_key: str) -> AsyncGenerator[PushService]:
    """Open for as long as the block lasts."""
    service = PushService(public_key)
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
        await server.wait_closed()
