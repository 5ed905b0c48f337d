"""Who may come in: only this machine by name, and only with the token for everything but the simulated API.

The Host check stops pages of other sites that resolve their name to this machine. The cookie holds a digest, because
cookies do not know ports and reach every other server on this host; a request that changes something by cookie needs a
header that no foreign page can send.
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, RedirectResponse

from core.loopback import loopback_host
from nexus.simulator.meta.api import VERSION
from nexus.simulator.meta.files import ATTACHMENTS

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from core.secret import Secret

COOKIE: Final = "nexus_simulator"
TOKEN_HEADER: Final = "X-Simulator-Token"  # noqa: S105 - the header's name
REQUEST_HEADER: Final = "X-Simulator-Request"
SAFE: Final = frozenset({"GET", "HEAD"})
# What hears voice notes, YCloud's API, Meta's and its files: each asks for a key of its own.
APIS: Final = ("/v1/", "/v2/", f"{VERSION}/", ATTACHMENTS)
KEPT: Final = ("account", "customer", "embedded", "language", "theme")  # what the page reads from its address


class Door:
    """Pure ASGI; adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, token: Secret, frame_ancestors: tuple[str, ...]) -> None:
        self._app = app
        self._token = token
        ancestors = " ".join(frame_ancestors) or "'none'"
        self._headers = {
            "Content-Security-Policy": (
                f"default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), str(scope["path"])
        if loopback_host(headers.get("host", "")) is None:
            return PlainTextResponse("This server answers on loopback only.", 421)
        if path.startswith(APIS) or path == "/healthz" or self._is_token(headers.get(TOKEN_HEADER, "")):
            return None
        asked = QueryParams(scope["query_string"])
        if "token" in asked and path == "/" and self._is_token(asked["token"]):
            kept = urlencode([(name, asked[name]) for name in KEPT if name in asked])
            answer = RedirectResponse(f"/?{kept}" if kept else "/", 303)
            answer.set_cookie(COOKIE, self._cookie(), httponly=True, samesite="strict", path="/")
            return answer
        return self._refusal_by_cookie(scope, headers)

    def _refusal_by_cookie(self, scope: Scope, headers: Headers) -> Response | None:
        if not hmac.compare_digest(_cookie_value(headers), self._cookie()):
            return PlainTextResponse("Open the address with ?token= that the start printed.", 401)
        if scope["method"] not in SAFE and REQUEST_HEADER not in headers:
            return PlainTextResponse(f"{REQUEST_HEADER} is missing.", 403)
        return None

    def _is_token(self, offered: str) -> bool:
        return hmac.compare_digest(offered.encode(), self._token.reveal().encode())

    def _cookie(self) -> str:
        return hmac.new(self._token.reveal().encode(), b"phone page cookie", hashlib.sha256).hexdigest()


def _cookie_value(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel and morsel.value.isascii() else ""
