"""The local Google as one ASGI application: the API, OAuth and its control surface."""

from __future__ import annotations

import hmac
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import httpx
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.loopback import loopback_host
from nexus.local_google import api, control
from nexus.local_google.channels import Notices
from nexus.local_google.oauth import OAuth
from nexus.local_google.state import World

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from nexus.local_google.config import LocalGoogleConfig

TOKEN_HEADER: Final = "X-Simulator-Token"  # noqa: S105 - the header's name


def create_app(
    config: LocalGoogleConfig, world: World | None = None, http: httpx.AsyncClient | None = None
) -> Starlette:
    """Build the application. A test may hand in the world, to look into it, and what notices are posted with."""
    world = world or World.of(config)
    client = http or httpx.AsyncClient(trust_env=False)
    notices = Notices(client, config.base_url)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        await notices.close()
        if http is None:
            await client.aclose()

    return Starlette(
        routes=[
            Route("/healthz", _health),
            *api.routes(world, notices),
            *OAuth(world).routes(),
            *control.routes(control.Control(world, notices)),
        ],
        middleware=[Middleware(Gate, token=config.token)],
        lifespan=lifespan,
    )


class Gate:
    """Only this machine by name, so that no page whose name leads here comes in; orders only with the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if loopback_host(headers.get("host", "")) is None:
            return PlainTextResponse("This server answers on loopback only.", 421)
        offered = headers.get(TOKEN_HEADER, "")
        if str(scope["path"]).startswith("/_sim") and not hmac.compare_digest(offered.encode(), self._token.encode()):
            return PlainTextResponse(f"{TOKEN_HEADER} is missing or wrong.", 401)
        return None


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok")
