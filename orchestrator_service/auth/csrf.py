"""Cross-site request forgery (PRODUCT §5.2): an unsafe request that rides on a cookie proves it came from our own page.

Two independent proofs, both needed: the header `X-Nexus-CSRF: 1`, which another site cannot set without a preflight
that we refuse, and an origin that is ours. Login and register are checked without a cookie too: being logged in as
somebody else is an attack as well. Bodies are JSON, so that no HTML form can write one. API keys send no cookie and are
not concerned; neither are customers' pages, public forms and lead hooks: no cookie is read there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from core.client_address import client_address
from core.errors import Forbidden, NexusError, UnsupportedMediaType
from core.problems import problem_response
from core.system_events import NO_TENANT
from orchestrator_service.auth.tokens import COOKIE_NAMES

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable

    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Receive, Scope, Send

    from core.json_types import JsonObject
    from orchestrator_service.auth.door import AccessDoor

HEADER: Final = b"x-nexus-csrf"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
CHECKED_PREFIX: Final = "/auth/"
COOKIELESS_PREFIXES: Final = ("/m/", "/f/", "/in/")


Refused: TypeAlias = "Callable[[Scope, NexusError], Awaitable[None]]"


async def tell_refusal(app: Starlette, scope: Scope, error: NexusError) -> None:
    """Write down that a browser was made to send what it should not; without the path, which may name people."""
    door: AccessDoor = app.state.access
    address = client_address(scope, door.trusted_proxies)
    detail: JsonObject = {"method": scope["method"], "reason": str(error)}
    await door.alarm.ring("auth.csrf_refused", cause=address, tenant_id=NO_TENANT, address=address, detail=detail)


class CsrfRefused(Forbidden):
    """The request does not prove that it came from the web app. `detail` says which proof is missing."""

    code = "csrf_refused"
    title = "Cross-Site Request Refused"


class CsrfMiddleware:
    """Pure ASGI, inside the security headers.

    `allowed_origins` are written as browsers send them (`https://crm.example`, no slash). They are configured, never
    taken from `Host`, which a rebound name controls. `upload_paths` match whole paths that read other bodies than
    JSON. `refused` hears of each forged request.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_origins: frozenset[str],
        upload_paths: tuple[re.Pattern[str], ...] = (),
        refused: Refused | None = None,
    ) -> None:
        self._app = app
        self._refused = refused
        self._origins = frozenset(origin.encode() for origin in allowed_origins)
        self._uploads = upload_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; only http is checked (sockets check their Origin at the handshake)."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            if self._refused is not None and isinstance(refusal, CsrfRefused):
                await self._refused(scope, refusal)
            await problem_response(refusal)(scope, receive, send)

    def _refusal(self, scope: Scope) -> NexusError | None:
        if scope["method"] in SAFE_METHODS or scope["path"].startswith(COOKIELESS_PREFIXES):
            return None
        headers = _headers(scope)
        path: str = scope["path"]
        if not path.startswith(CHECKED_PREFIX) and not _has_session_cookie(headers):
            return None
        if headers.get(HEADER) != [b"1"]:
            return CsrfRefused("the header X-Nexus-CSRF: 1 is missing")
        if not self._is_ours(headers):
            return CsrfRefused("the request does not come from an allowed origin")
        if _has_body(headers) and not _is_json(headers) and not any(known.fullmatch(path) for known in self._uploads):
            return UnsupportedMediaType("the body must be application/json")
        return None

    def _is_ours(self, headers: dict[bytes, list[bytes]]) -> bool:
        origins = headers.get(b"origin")
        if origins is not None:
            return len(origins) == 1 and origins[0] in self._origins
        return headers.get(b"sec-fetch-site") == [b"same-origin"]


def _headers(scope: Scope) -> dict[bytes, list[bytes]]:
    headers: dict[bytes, list[bytes]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name, []).append(value)
    return headers


def _has_session_cookie(headers: dict[bytes, list[bytes]]) -> bool:
    pairs = b";".join(headers.get(b"cookie", [])).split(b";")
    names = {pair.partition(b"=")[0].strip().decode("latin-1") for pair in pairs}
    return not names.isdisjoint(COOKIE_NAMES)


def _has_body(headers: dict[bytes, list[bytes]]) -> bool:
    lengths = headers.get(b"content-length", [b"0"])
    return lengths != [b"0"] or b"transfer-encoding" in headers or b"content-type" in headers


def _is_json(headers: dict[bytes, list[bytes]]) -> bool:
    types = headers.get(b"content-type", [])
    return len(types) == 1 and types[0].partition(b";")[0].strip().lower() == b"application/json"
