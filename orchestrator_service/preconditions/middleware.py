"""`ETag` on what is read and edited, `If-None-Match` on reading, `If-Match` on editing (ADR 0038).

With `If-Match` the `GET` of what is edited is answered first, in the transaction of the edit. That transaction sees one
snapshot, and PostgreSQL refuses it the change of a row that somebody has changed since: so between the look and the
write nothing can be lost, and no slice needs a version of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from core.captured import Captured
from core.errors import NexusError
from core.joined import JoinedDatabase, offer
from core.problems import problem_response
from orchestrator_service.preconditions.errors import NoPrecondition, Stale
from orchestrator_service.preconditions.tags import ANY, names, tag_of
from orchestrator_service.preconditions.twins import EDITING, Twins

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from core.database import Database

_OK: Final = 200
_JSON: Final = b"application/json"
_OF_A_BODY: Final = frozenset({b"content-length", b"content-type"})
_OF_AN_EDIT: Final = frozenset({b"content-length", b"content-type", b"transfer-encoding", b"if-match"})


class PreconditionMiddleware:
    """Pure ASGI, inside the audit: a refused edit is a line of its own, what was read for it is none."""

    def __init__(self, app: ASGIApp, *, twins: Twins, database: Callable[[], Database]) -> None:
        self._app = app
        self._twins = twins
        self._database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        method = scope["method"] if scope["type"] == "http" else ""
        wanted = _header(scope, b"if-match") if method and method != "GET" else None
        if wanted is not None:
            await self._edit(scope, receive, send, wanted)
        elif method == "GET" or method in EDITING:
            await self._app(scope, receive, _Tagging(scope, send, self._tells_tag))
        else:
            await self._app(scope, receive, send)

    def _tells_tag(self, scope: Scope) -> bool:
        """Whether an answer is a representation that can be asked for again."""
        if scope["method"] == "GET":
            return True
        twin = self._twins.of_path(getattr(scope.get("route"), "path", ""))
        return twin is not None and twin.same

    async def _edit(self, scope: Scope, receive: Receive, send: Send, wanted: str) -> None:
        shown_at = self._twins.shown_at(scope)
        if shown_at is None:
            await problem_response(NoPrecondition("what this changes has no version"))(scope, receive, send)
            return
        joined = JoinedDatabase(self._database(), snapshot=True)
        answer = Captured()
        try:
            shown = await self._shown(scope, shown_at, joined)
            if shown.status != _OK:
                await joined.roll_back()
                await shown.send_to(send)
                return
            if not names(wanted, tag_of(shown.body), weakly=False):
                raise Stale(tag_of(shown.body))
            offer(scope.setdefault("state", {}), lambda _request: joined)
            await self._app(scope, receive, _Tagging(scope, answer, self._tells_tag))
            if joined.collided and wanted.strip() != ANY:
                await joined.roll_back()
                now = await self._shown(scope, shown_at, None)
                raise Stale(tag_of(now.body) if now.status == _OK else None)
            if answer.status < 400:  # noqa: PLR2004 - what was refused is undone
                await joined.commit()
            await joined.roll_back()  # the audit needs a connection: who answers holds none any more
            await answer.send_to(send)
        except NexusError as error:
            await joined.roll_back()
            await problem_response(error)(scope, receive, send)
        finally:
            await joined.roll_back()

    async def _shown(self, scope: Scope, path: str, joined: JoinedDatabase | None) -> Captured:
        """What `GET` answers there for the same caller, in that transaction."""
        state: dict[str, object] = {}
        if joined is not None:
            offer(state, lambda _request: joined)
        headers = [(name, value) for name, value in scope["headers"] if name not in _OF_AN_EDIT]
        own = {key: value for key, value in scope.items() if key not in {"route", "endpoint", "path_params", "router"}}
        asked = {
            **own,
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": headers,
        }
        shown = Captured()

        async def nothing() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        await self._app({**asked, "state": state}, nothing, shown)
        who = {name: state[name] for name in ("principal", "authenticated") if name in state}
        scope.setdefault("state", {}).update(who)  # the audit tells who was refused; nobody is recognised twice
        return shown


class _Tagging:
    """The `send` of an answer that gets its tag, and is left out where the caller has it already."""

    def __init__(self, scope: Scope, send: Send, tells_tag: Callable[[Scope], bool]) -> None:
        self._scope, self._send, self._tells_tag = scope, send, tells_tag
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        """Hold the start back until the body is there, where that comes in one piece."""
        if message["type"] == "http.response.start" and self._is_tagged(message):
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None and message["type"] == "http.response.body" and not message.get("more_body"):
            tag = tag_of(message.get("body", b""))
            start["headers"] = [*start["headers"], (b"etag", tag.encode())]
            known = _header(self._scope, b"if-none-match") if self._scope["method"] == "GET" else None
            if known is not None and names(known, tag, weakly=True):
                start["status"] = 304
                start["headers"] = [pair for pair in start["headers"] if pair[0].lower() not in _OF_A_BODY]
                message["body"] = b""
        if start is not None:
            await self._send(start)
        await self._send(message)

    def _is_tagged(self, start: Message) -> bool:
        if start["status"] != _OK or not self._tells_tag(self._scope):
            return False
        headers = {name.lower(): value for name, value in start["headers"]}
        return b"etag" not in headers and headers.get(b"content-type", b"").startswith(_JSON)


def _header(scope: Scope, wanted: bytes) -> str | None:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
    return ", ".join(values) if values else None
