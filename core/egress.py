"""The one client for fetches to addresses that others name: media, webhooks, models (PRODUCT §6.6, ADR 0010).

Each request resolves the host itself, checks every address and connects to a checked one, with the name in TLS and in
Host: an answer that changes between check and connect (DNS rebinding) has no second look-up to win. Connections are
not kept, so one that was checked for a name never serves another. Size and total time are capped.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from ssl import SSLContext
from typing import Final, TypeAlias
from urllib.parse import urljoin

import httpx2
from typing_extensions import override

from core.egress_rules import EgressPolicy, EgressRefused, Target, is_public
from core.errors import Unavailable

CONNECT_SECONDS: Final = 5.0
MOST_REDIRECTS: Final = 3
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CONNECTING: Final = (httpx2.ConnectError, httpx2.ConnectTimeout)

Resolver: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""Every address of a host, as text. Raises OSError where it has none."""


class EgressFailed(Unavailable):
    """The other side did not answer in time, or not with what fits."""

    code = "fetch_failed"


class EgressTooLarge(EgressFailed):
    """The answer has more bytes than the caps allow."""

    code = "fetch_too_large"


@dataclass(frozen=True, slots=True)
class Caps:
    """What one exchange may take: bytes of the answer's body, and seconds from the look-up to its last byte."""

    most_bytes: int = 16 * 1024 * 1024
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there in the end, redirects followed."""

    status: int
    headers: httpx2.Headers
    body: bytes


async def resolve(host: str, port: int) -> list[str]:
    """The system's resolver, off the loop."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class EgressTransport(httpx2.AsyncBaseTransport):
    """The library's own transport behind the rules. Raises EgressRefused, EgressFailed and the library's errors."""

    def __init__(self, policy: EgressPolicy, caps: Caps, resolver: Resolver, tls: SSLContext | bool) -> None:
        self._policy = policy
        self._caps = caps
        self._resolve = resolver
        limits = httpx2.Limits(max_keepalive_connections=0)
        # trust_env is for SSL_CERT_FILE alone: a transport knows no proxies.
        self._inner = httpx2.AsyncHTTPTransport(verify=tls, limits=limits, trust_env=True)

    @override
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        deadline = asyncio.get_running_loop().time() + self._caps.seconds
        target = self._policy.target(str(request.url), trusting=not request.extensions.get("redirected", False))
        request.headers["Accept-Encoding"] = "identity"  # a small body must not unpack into a large one
        try:
            async with asyncio.timeout_at(deadline):
                response = await self._send(request, target)
        except TimeoutError:
            raise EgressFailed("it took too long") from None
        try:
            self._demand_fitting(response)
        except EgressFailed:
            await response.aclose()
            raise
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _CappedStream(response.stream, self._caps.most_bytes, deadline)
        return response

    @override
    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _send(self, request: httpx2.Request, target: Target) -> httpx2.Response:
        """Try the checked addresses in turn; what failed to connect has not been sent anything."""
        failure: Exception = EgressFailed("the host has no address")
        for address in await self._addresses(target):
            try:
                return await self._inner.handle_async_request(_pinned(request, target, address))
            except _CONNECTING as error:
                failure = error
        raise failure

    async def _addresses(self, target: Target) -> list[str]:
        try:
            found = await self._resolve(target.host, target.port)
        except (OSError, UnicodeError):
            raise EgressFailed("the host cannot be found") from None
        # One private address among public ones is refused as well: the choice is not the other side's.
        if not target.trusted and not all(map(is_public, found)):
            raise EgressRefused("the address is not public")
        return found

    def _demand_fitting(self, response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise EgressFailed("the answer is packed, which was not asked for")
        length = response.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._caps.most_bytes:
            raise EgressTooLarge("the answer is too large")


class _CappedStream(httpx2.AsyncByteStream):
    """A body that ends with an error where it grows too large or takes too long."""

    def __init__(self, inner: httpx2.AsyncByteStream, most_bytes: int, deadline: float) -> None:
        self._inner = inner
        self._left = most_bytes
        self._deadline = deadline

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._inner)
        while True:
            try:
                async with asyncio.timeout_at(self._deadline):
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise EgressFailed("it took too long") from None
            self._left -= len(chunk)
            if self._left < 0:
                raise EgressTooLarge("the answer is too large")
            yield chunk

    @override
    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass(frozen=True, slots=True)
class Egress:
    """The way out of one process. Make it with `Egress.under`; the fields are for tests."""

    policy: EgressPolicy = field(default_factory=EgressPolicy)
    resolver: Resolver = resolve
    tls: SSLContext | bool = True

    @classmethod
    def under(cls, policy: EgressPolicy) -> Egress:
        """With the process's TLS context."""
        return cls(policy, tls=_tls())

    def trusting(self, url: str) -> Egress:
        """The same way out, reaching besides an http address of the operator's own setting (the simulator).

        What is https needs no such word: a public provider is reached by the rules, a private one by the allow-list.
        """
        return replace(self, policy=self.policy.trusting_http(url))

    @asynccontextmanager
    async def client(self, caps: Caps | None = None) -> AsyncGenerator[httpx2.AsyncClient]:
        """A client that follows no redirect and reads no proxy from the environment; libraries may use it too."""
        caps = caps or Caps()
        transport = EgressTransport(self.policy, caps, self.resolver, self.tls)
        timeout = httpx2.Timeout(caps.seconds, connect=CONNECT_SECONDS)
        async with httpx2.AsyncClient(
            transport=transport, timeout=timeout, trust_env=False, follow_redirects=False
        ) as client:
            yield client


@cache
def _tls() -> SSLContext:
    """Once a process: to build one takes tens of milliseconds."""
    return httpx2.create_ssl_context()


async def fetch(
    client: httpx2.AsyncClient, url: str, *, headers: Mapping[str, str] | None = None, seconds: float = Caps().seconds
) -> Fetched:
    """GET over a client of `Egress`, at most three redirects, each judged anew, `seconds` for all of it.

    `headers` stay with the first origin. A redirect to another origin does not reach what the operator allows: only
    who was named may be private. Raises EgressRefused, EgressFailed.
    """
    here, sent, elsewhere = httpx2.URL(url), dict(headers or {}), False
    try:
        async with asyncio.timeout(seconds):
            for _ in range(MOST_REDIRECTS + 1):
                request = client.build_request("GET", here, headers=sent, extensions={"redirected": elsewhere})
                response = await client.send(request, stream=True)
                try:
                    if response.status_code not in REDIRECTS or "location" not in response.headers:
                        return Fetched(response.status_code, response.headers, await response.aread())
                    there = httpx2.URL(urljoin(str(here), response.headers["location"]))
                finally:
                    await response.aclose()
                if _origin(there) != _origin(here):
                    sent, elsewhere = {}, True
                here = there
    except TimeoutError:
        raise EgressFailed("it took too long") from None
    except httpx2.InvalidURL:
        raise EgressRefused("the address is not a URL") from None
    except httpx2.TransportError as error:
        raise EgressFailed(type(error).__name__) from error
    raise EgressFailed("it redirects too often")


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _pinned(request: httpx2.Request, target: Target, address: str) -> httpx2.Request:
    """The same request to one address. Host was set from the name; the name is also what the certificate must show."""
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": target.host},
    )
