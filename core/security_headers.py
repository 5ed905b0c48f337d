"""`SecurityHeadersMiddleware` (seed §5, PRODUCT §6.1): the same hard defaults on every answer of both services.

A route that needs another policy (the web app's page, the API docs, cached assets, media) sets that header itself; the
middleware fills in only what is missing, and drops nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_CSP: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The API's documentation: our own files and our own API, nothing else and nothing inline.
DOCS_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_NONCE: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_UNSAFE: Final = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'")
_FEATURES: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


def permissions(*own: str) -> str:
    """Which of the browser's features a page may use: `own` itself, and nobody any other."""
    return ", ".join(f"{feature}={'(self)' if feature in own else '()'}" for feature in _FEATURES)


DEFAULTS: Final[tuple[tuple[str, str], ...]] = (
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", permissions()),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
)


def app_csp(nonce: str | None = None, *, frames: tuple[str, ...] = ()) -> str:
    """The web app's policy: own origin only; with a per-request `nonce`, style and script elements that carry it.

    `connect-src 'self'` includes the websocket of the same host. `frames` are the exact origins that the page may show
    inside itself. Raises ValueError for a nonce shorter than 16 base64 characters or with other characters, and for a
    frame that is no origin.
    """
    if nonce is not None and not _NONCE.fullmatch(nonce):
        raise ValueError("a nonce is at least 16 base64 characters")
    if not all(_ORIGIN.fullmatch(frame) for frame in frames):
        raise ValueError("a frame is an exact origin")
    marked = f" 'nonce-{nonce}'" if nonce else ""
    framed = f"frame-src {' '.join(frames)}; " if frames else ""
    return (
        f"default-src 'none'; script-src 'self'{marked}; style-src 'self'{marked}; img-src 'self' data: blob:; "
        "media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        f"{framed}base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def check_csp(policy: str) -> str:
    """Return the policy, or raise ValueError if it would allow inline code or break out of the header."""
    if any(word in policy.lower() for word in _UNSAFE):
        raise ValueError("the content security policy must not allow unsafe sources")
    if not policy.isascii() or not policy.isprintable():
        raise ValueError("the content security policy must be one line of printable ASCII")
    return policy


class SecurityHeadersMiddleware:
    """Pure ASGI. `csp` is the policy of answers that set none. HSTS is always sent; plain http ignores it."""

    def __init__(self, app: ASGIApp, *, csp: str = API_CSP) -> None:
        self._app = app
        pairs = (("content-security-policy", check_csp(csp)), *DEFAULTS)
        self._defaults = tuple((name.encode(), value.encode()) for name, value in pairs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; the lifespan passes through."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return

        async def send_hardened(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                headers.extend(pair for pair in self._defaults if pair[0] not in present)
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, send_hardened)
