"""The `Idempotency-Key` of a creation (ADR 0038): its effect and its answer are one transaction, done once.

Without the header nothing happens here. With it the handler's transactions are joined; the first statement claims the
key by a lock that ends with the transaction, so nobody has to clean up after a process that died: what was not
committed was never claimed. Only a success is kept: a refusal changed nothing, and is decided anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from core.captured import Captured
from core.crash_points import reached
from core.errors import NexusError
from core.joined import JoinedDatabase, offer
from core.principal import Principal
from core.problems import problem_response
from orchestrator_service.idempotency.errors import BadKey, KeyReused, StillRunning
from orchestrator_service.idempotency.keys import HEADER, REPLAYED, KeyPlace, hashed, is_key, takes_key
from orchestrator_service.idempotency.repository import Answer, claim, find_answer, keep_answer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from core.database import Database, TenantTransaction

_NAME: Final = HEADER.lower().encode()
_KEPT: Final = ("content-type", "etag", "location")


class IdempotencyMiddleware:
    """Pure ASGI, inside the audit, so that a repeated request is a line of its own."""

    def __init__(self, app: ASGIApp, *, database: Callable[[], Database]) -> None:
        self._app = app
        self._database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        keys = [value for name, value in scope["headers"] if name == _NAME] if _may_create(scope) else []
        if not keys:
            await self._app(scope, receive, send)
            return
        attempt = _Attempt(self._database(), scope, [key.decode("latin-1") for key in keys])
        offer(scope.setdefault("state", {}), attempt.door)
        answer = Captured()
        try:
            await self._app(scope, attempt.listening(receive), answer)
            await attempt.settle(answer)
        except NexusError as error:  # the commit failed
            await attempt.roll_back()  # the audit needs a connection: who answers holds none any more
            await problem_response(error)(scope, receive, send)
            return
        finally:
            await attempt.roll_back()
        if attempt.known is not None:
            await _replay(scope, attempt.known, send)
        else:
            await answer.send_to(send)


class _Attempt:
    """One request with a key."""

    def __init__(self, database: Database, scope: Scope, keys: list[str]) -> None:
        self._database, self._scope, self._keys = database, scope, keys
        self._joined: JoinedDatabase | None = None
        self._place: KeyPlace | None = None
        self._seen = hashlib.sha256(f"{scope['path']}?".encode() + scope["query_string"] + b"\n")
        self.known: Answer | None = None

    def door(self, request: Request) -> JoinedDatabase | None:
        """The joined transactions, where the route takes a key."""
        route: object = request.scope.get("route")
        status, path = getattr(route, "status_code", None), getattr(route, "path", "")
        if not takes_key(request.method, status, path):
            return None
        if self._joined is None:
            self._joined = JoinedDatabase(self._database, began=self._begin)
        return self._joined

    def listening(self, receive: Receive) -> Receive:
        """The body on its way to the handler is what the request is known by."""

        async def listen() -> Message:
            message = await receive()
            self._seen.update(message.get("body", b""))
            return message

        return listen

    async def _begin(self, tx: TenantTransaction) -> None:
        key, principal = self._keys[0], cast("Principal", self._scope["state"]["principal"])
        if len(self._keys) != 1 or not is_key(key):
            raise BadKey("an Idempotency-Key is 1 to 255 printable characters")
        route: str = self._scope["route"].path
        self._place = KeyPlace(int(tx.tenant_id), int(principal.user_id), route, hashed(key))
        if not await claim(tx, self._place):
            raise StillRunning("the first request with this key is not answered yet")
        known = await find_answer(tx, self._place)
        if known is not None and known.fingerprint != self._seen.digest():
            raise KeyReused("this key belongs to another request")
        if known is not None:
            self.known = known
            raise _Known

    async def settle(self, answer: Captured) -> None:
        """Keep a success with what it changed; undo everything else."""
        joined, place = self._joined, self._place
        if joined is None or joined.tx is None or place is None or not 200 <= answer.status < 300:  # noqa: PLR2004 - successes
            return
        headers = {name: value for name in _KEPT if (value := answer.header(name.encode())) is not None}
        subject: object = self._scope["state"].get("audit_subject")
        kept = Answer(
            self._seen.digest(), answer.status, headers, answer.body, subject if isinstance(subject, str) else None
        )
        await keep_answer(joined.tx, place, kept)
        reached("answered")
        await joined.commit()
        reached("kept")

    async def roll_back(self) -> None:
        """Undo what was not committed."""
        if self._joined is not None:
            await self._joined.roll_back()


class _Known(NexusError):
    """How the handler is left where the answer is known; what it makes of that is thrown away."""

    status = 409


async def _replay(scope: Scope, known: Answer, send: Send) -> None:
    if known.subject is not None:
        scope["state"]["audit_subject"] = known.subject
    headers = {**known.headers, REPLAYED: "true", "content-length": str(len(known.body))}
    answer = Captured()
    answer.status, answer.body = known.status, known.body
    answer.headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    await answer.send_to(send)


def _may_create(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "POST"
