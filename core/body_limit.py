"""No request body is read beyond a bound: whoever sends more is told 413, and costs no memory.

Routes that take files have a bound of their own; they read the body themselves, once they know who sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import NexusError
from core.problems import problem_response

if TYPE_CHECKING:
    import re

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY: Final = 1_048_576


@dataclass(frozen=True, slots=True)
class Upload:
    """A route whose body is a file: its whole path, and how many bytes it takes at most."""

    path: re.Pattern[str]
    most_bytes: int
    method: str = "POST"


class BodyTooLarge(NexusError):
    """More than is taken; it is not read to its end."""

    status = 413
    code = "body_too_large"
    title = "Content Too Large"


class BodyLimitMiddleware:
    """Pure ASGI. A body that says that it is too large is not read; one that does not is cut off where it is.

    `uploads` are the routes that take files, each with a bound of its own for its own method alone.
    """

    def __init__(self, app: ASGIApp, *, largest: int = LARGEST_BODY, uploads: tuple[Upload, ...] = ()) -> None:
        self._app = app
        self._largest = largest
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; only http has a body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = self._bound(scope)
        if _declared(scope) > largest:
            await problem_response(BodyTooLarge())(scope, receive, send)
            return
        read, too_large, told = 0, False, False

        async def receive_counted() -> Message:
            nonlocal read, too_large
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                too_large = too_large or read > largest
            return {"type": "http.disconnect"} if too_large else message

        async def send_or_refuse(message: Message) -> None:
            nonlocal told
            if not too_large:
                await send(message)
            elif not told and message["type"] == "http.response.start":
                told = True
                await problem_response(BodyTooLarge())(scope, receive, send)

        await self._app(scope, receive_counted, send_or_refuse)

    def _bound(self, scope: Scope) -> int:
        for upload in self._uploads:
            if scope["method"] == upload.method and upload.path.fullmatch(scope["path"]):
                return upload.most_bytes
        return self._largest


def _declared(scope: Scope) -> int:
    values: list[bytes] = [value for name, value in scope["headers"] if name == b"content-length"]
    return max((int(value) for value in values if value.isdigit()), default=0)
