"""Answers what no route of the API answers: the app's files, and its page for every path that the app may know.

The page carries a fresh nonce per request (strict content security policy, `core/security_headers.py`). Paths under a
first segment that the API uses never get the page: a wrong API path is a problem+json, not a 200. The page that shows
the API's description lies in the same build under `docs/`, with a policy of its own, where the operator wants it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from core.security_headers import DOCS_CSP, app_csp, permissions
from orchestrator_service.auth.tokens import COOKIE_NAMES
from orchestrator_service.webapp.build import NONCE_MARK, SESSION_MARK, Asset, Build, BuildFolder

FOREVER: Final = "public, max-age=31536000, immutable"
AN_HOUR: Final = "public, max-age=3600"
DEMO_MARK: Final = '<meta name="nexus-demo" content="yes">'
_NONCE_BYTES: Final = 18
_RESERVED: Final = frozenset({"socket.io", "assets", "docs", "redoc"})
DOCS: Final = "/docs"
WORKER: Final = "/sw.js"

NOT_BUILT: Final = """<!doctype html>
<html lang="es"><meta charset="utf-8"><title>Nexus</title>
<h1>La aplicación web no está construida</h1>
<p>La API funciona. Falta construir la interfaz: hace falta Node 22 o más nuevo y conexión a la red, una sola vez.</p>
<p>Ejecuta <code>uv run nexus up</code>, que la construye y dice qué falta si no puede.</p>
<hr>
<p lang="en">The API works, but the web app has not been built. Run <code>uv run nexus up</code> with Node 22 or newer
and a network connection; it builds the app once, or says what is missing.</p>
</html>
"""


class WebApp:
    """Pure ASGI; `otherwise` answers what is neither a file nor a page. `frames`, `docs`: see `install_webapp`."""

    def __init__(
        self,
        folder: BuildFolder,
        reserved: Iterable[str],
        otherwise: ASGIApp,
        frames: tuple[str, ...] = (),
        *,
        docs: bool = False,
    ) -> None:
        self._folder = folder
        self._frames = frames
        self._docs = docs
        self._reserved = _RESERVED | frozenset(reserved)
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        answer = self._answer(scope) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        await (answer or self._otherwise)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        path: str = scope["path"]
        build = self._folder.current()
        if path == DOCS or path.startswith(f"{DOCS}/"):
            return _documentation(build, path, Headers(scope=scope)) if build and self._docs else None
        asset = build.assets.get(path) if build else None
        if asset is not None:
            return _served(path, asset, Headers(scope=scope).get("accept-encoding", ""))
        if path.split("/")[1] in self._reserved or "." in path.rsplit("/", 1)[-1]:
            return None
        return self._page(build.page, signed_in=_has_session(scope)) if build else HTMLResponse(NOT_BUILT, 503)

    def _page(self, page: str, *, signed_in: bool) -> Response:
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        filled = page.replace(NONCE_MARK, nonce).replace(SESSION_MARK, "some" if signed_in else "none")
        if self._frames:
            filled = filled.replace("</head>", f"{DEMO_MARK}</head>", 1)
        policies = {
            "content-security-policy": app_csp(nonce, frames=self._frames),
            "permissions-policy": permissions("microphone"),  # people of the team send voice notes
        }
        return HTMLResponse(filled, headers=policies)


def install_webapp(
    app: FastAPI, folder: BuildFolder | None = None, *, frames: tuple[str, ...] = (), docs: bool = False
) -> None:
    """Serve the web app behind every route that `app` has by now. Call after the last of them.

    `frames` are the origins of the phone simulator on a demo installation; its page then says that it is one.
    `docs` also serves the page that shows the API's description at `/docs`.
    """
    firsts = {route.path.split("/")[1] for route in app.routes if isinstance(route, Route)}
    app.router.default = WebApp(folder or BuildFolder(), firsts, app.router.default, frames, docs=docs)


def _documentation(build: Build, path: str, headers: Headers) -> Response | None:
    asset = build.assets.get(f"{DOCS}/index.html" if path in {DOCS, f"{DOCS}/"} else path)
    if asset is None:
        return None
    answer = _file(asset, headers.get("accept-encoding", ""))
    answer.headers["content-security-policy"] = DOCS_CSP
    return answer


def _has_session(scope: Scope) -> bool:
    """Whether a session cookie came along, good or not: without one the page need not ask who is there."""
    cookies = HTTPConnection(scope).cookies
    return any(name in cookies for name in COOKIE_NAMES)


def _served(path: str, asset: Asset, accepted: str) -> Response:
    """A file; the worker that shows alerts may load the pictures that it shows, under the app's own policy."""
    answer = _file(asset, accepted)
    if path == WORKER:
        answer.headers["content-security-policy"] = app_csp()
    return answer


def _file(asset: Asset, accepted: str) -> Response:
    words = {word.partition(";")[0].strip() for word in accepted.split(",") if "q=0" not in word.replace("q=0.", "")}
    encoding, path = next((form for form in asset.encoded if form[0] in words), ("", asset.path))
    headers = {"cache-control": FOREVER if asset.hashed else AN_HOUR, "vary": "accept-encoding"}
    if encoding:
        headers["content-encoding"] = encoding
    return FileResponse(path, headers=headers, media_type=asset.media_type)
