"""Handshakes of sockets that will be refused, written down with where they came from (PRODUCT §6.4, §13).

The engine refuses a foreign origin before anything of ours is asked, and tells nobody; a forged cookie reaches our own
check without its address. So what comes is looked at here first, and then handed on: who may come in is decided there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from core.client_address import client_address
from core.system_events import NO_TENANT
from orchestrator_service.auth.authenticate import tell_forgery
from orchestrator_service.auth.door import AccessDoor

PREFIX: Final = "/socket.io/"


def beside_sockets(sockets: ASGIApp, app: ASGIApp) -> ASGIApp:
    """`app` where a request is none of the sockets': it has no need to pass through them."""

    async def split(scope: Scope, receive: Receive, send: Send) -> None:
        of_sockets = scope["type"] != "http" or scope["path"].startswith(PREFIX)
        await (sockets if of_sockets else app)(scope, receive, send)

    return split


class HandshakeWatch:
    """Pure ASGI, around the sockets. `door` is asked once somebody comes: the lifespan has made it by then."""

    def __init__(self, app: ASGIApp, *, allowed_origins: Collection[str], door: Callable[[], AccessDoor]) -> None:
        self._app = app
        self._origins = frozenset(allowed_origins)
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] in {"http", "websocket"} and scope["path"].startswith(PREFIX):
            await self._look(scope)
        await self._app(scope, receive, send)

    async def _look(self, scope: Scope) -> None:
        door, asked = self._door(), HTTPConnection(scope)
        address = client_address(scope, door.trusted_proxies)
        if asked.headers.get("origin") not in self._origins:
            await door.alarm.ring("realtime.origin_refused", cause=address, tenant_id=NO_TENANT, address=address)
        else:
            await tell_forgery(door, asked.cookies.get(door.cookie.name), address)
