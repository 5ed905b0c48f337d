"""The other side of a fetch, on loopback: an HTTP server that misbehaves as told, with a certificate where wanted."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class OtherSide:
    """`heads` are the requests that arrived. `drip` sends the head or the body byte by byte, for a minute."""

    port: int = 0
    heads: list[str] = field(default_factory=list[str])
    redirects: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b"hello"
    declared: bool = True
    extra: str = ""
    drip: str = ""
    pause: float = 0
    status: str = "200 OK"
    connections: int = 0
    open: int = 0

    def url(self, path: str) -> str:
        return f"http://media.test:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
                await self._answer(reader, writer)
                await reader.read()  # until the client hangs up
        finally:
            self.open -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        await asyncio.sleep(self.pause)
        there = self.redirects.get(head.split()[1])
        status = f"302 Found\r\nlocation: {there}" if there else self.status
        length = f"content-length: {len(self.body)}\r\n" if self.declared else "connection: close\r\n"
        start = f"HTTP/1.1 {status}\r\n{length}{self.extra}\r\n".encode()
        for part, content in (("head", start), ("body", self.body)):
            slices = [content[i : i + 1] for i in range(len(content))] if self.drip == part else [content]
            for piece in slices:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.15 if self.drip == part else 0)
        if not self.declared:
            writer.close()


@asynccontextmanager
async def other_side(tls: ssl.SSLContext | None = None) -> AsyncGenerator[OtherSide]:
    """Listening on 127.0.0.1 alone."""
    side = OtherSide()
    server = await asyncio.start_server(side.serve, "127.0.0.1", 0, ssl=tls)
    side.port = int(server.sockets[0].getsockname()[1])
    try:
        yield side
    finally:
        server.close()


@dataclass(frozen=True)
class Identity:
    """A server's TLS side, and a client that trusts its certificate."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def certificate(folder: Path, name: str) -> Identity:
    """A self-signed certificate for one name."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    pem.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return Identity(server, ssl.create_default_context(cafile=str(pem)))
