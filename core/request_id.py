"""The correlation id of a request: in a context variable for logs and audit, in `X-Request-ID` for the caller.

Where a request gets its id it begins: from here on it has its place among those that wait for the database.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from core.connection_queue import one_work

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = b"x-request-id"
_ACCEPTED: Final = re.compile(rb"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def current_request_id() -> str | None:
    """The id of the request being served, or None outside one."""
    return _current.get()


class RequestIdMiddleware:
    """Pure ASGI. Takes over a caller's id of 8 to 64 letters, digits and dashes; anything else gets a fresh one.

    The strict alphabet keeps line breaks and markup out of the logs. Two ids in one request count as none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; the lifespan passes through."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        request_id = _offered(scope) or uuid4().hex
        header = (HEADER, request_id.encode())

        async def send_with_id(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.accept", "websocket.http.response.start"}:
                kept = [pair for pair in message.get("headers", ()) if pair[0].lower() != HEADER]
                message["headers"] = [*kept, header]
            await send(message)

        token = _current.set(request_id)
        try:
            with one_work() if scope["type"] == "http" else nullcontext():  # a socket lives for hours
                await self._app(scope, receive, send_with_id)
        finally:
            _current.reset(token)


def _offered(scope: Scope) -> str | None:
    values: list[bytes] = [value for key, value in scope["headers"] if key == HEADER]
    if len(values) == 1 and _ACCEPTED.fullmatch(values[0]):
        return values[0].decode()
    return None
