"""`@audit_access` (seed §8, PRODUCT §6.4): the mark that makes every answer of a route a line of `system_events`.

The decorator only marks the handler. The middleware writes, once the answer's status is known: so it fires whatever
arguments the handler has, and also where the handler was never reached (a refused role, a foreign record, a crash).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

import structlog

from core.client_address import Network, client_address
from core.database import Database
from core.database_errors import DatabaseUnavailable
from core.errors import NexusError, Unavailable
from core.json_types import JsonObject
from core.principal import Principal
from core.problems import problem_response
from core.system_events import Severity, log_security_event

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_MARK: Final = "__audit_access__"
_SAFE: Final = frozenset({"GET", "HEAD"})
_REFUSED: Final = 400
_BROKEN: Final = 500
LONGEST_ID: Final = 64
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AuditMark:
    """What a route's lines are called: `action` is `leads.read`; `subject` the kind of record that its id means."""

    action: str
    subject: str | None


def audit_access(
    action: str, *, subject: str | None = None
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Mark a route handler: each request to it by somebody logged in is written down, refused ones included.

    The line's subject is `subject:<path id>` where the path has one, else what the handler named with `name_subject`.
    """

    def mark(handler: Callable[Given, Answer]) -> Callable[Given, Answer]:
        setattr(handler, _MARK, AuditMark(action, subject))
        return handler

    return mark


def audit_mark(handler: object) -> AuditMark | None:
    """The mark of a route's handler; None where it is not audited."""
    mark = getattr(handler, _MARK, None)
    return mark if isinstance(mark, AuditMark) else None


def key_of(principal: Principal) -> JsonObject:
    """What a line's detail says of the API key that asked in its user's name; nothing for somebody logged in."""
    return {} if principal.key_id is None else {"api_key": principal.key_id}


def name_subject(request: Request, subject: str) -> None:
    """Say which record a request without an id in its path was about: `lead:12` after creating it."""
    request.state.audit_subject = subject


class AuditMiddleware:
    """Pure ASGI, around the safety net of unexpected errors, so that a 500 is written down too.

    It learns who asked from `request.state.principal`, which the authentication dependency sets. A read whose line
    cannot be written is not answered (503); a change that is committed already is, and the loss is logged.
    """

    def __init__(
        self, app: ASGIApp, *, database: Callable[[], Database], trusted_proxies: tuple[Network, ...] = ()
    ) -> None:
        self._app = app
        self._database = database
        self._trusted = trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; only http is audited here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        withheld = False

        async def send_once_written(message: Message) -> None:
            nonlocal withheld
            if withheld:
                return
            if message["type"] == "http.response.start" and not await self._write(scope, message["status"]):
                withheld = True
                await problem_response(Unavailable("the access could not be written down"))(scope, receive, send)
                return
            await send(message)

        await self._app(scope, receive, send_once_written)

    async def _write(self, scope: Scope, status: int) -> bool:
        """Write the line where one is due. False where the answer must not leave without it."""
        mark = audit_mark(getattr(scope.get("route"), "endpoint", None))
        principal = scope.get("state", {}).get("principal")
        if mark is None or not isinstance(principal, Principal):
            return True
        try:
            await log_security_event(
                self._database(),
                mark.action,
                tenant_id=principal.tenant_id,
                severity=_severity(status),
                user_id=principal.user_id,
                subject=_subject(scope, mark),
                address=client_address(scope, self._trusted),
                detail={"method": scope["method"], "status": status, **key_of(principal)},
            )
        except (NexusError, OSError) as error:
            _log.error(
                "audit_not_written", action=mark.action, tenant_id=principal.tenant_id, error=type(error).__name__
            )
            outage = status == DatabaseUnavailable.status
            return outage or scope["method"] not in _SAFE
        return True


def _severity(status: int) -> Severity:
    if status >= _BROKEN:
        return "error"
    return "warning" if status >= _REFUSED else "info"


def _readable(text: str) -> str:
    """What was in the path may be anything; a row holds no NUL."""
    return "".join(char if char.isprintable() else "?" for char in text[:LONGEST_ID])


def _subject(scope: Scope, mark: AuditMark) -> str | None:
    named = scope.get("state", {}).get("audit_subject")
    if isinstance(named, str):
        return named
    ids = ",".join(_readable(str(value)) for value in scope.get("path_params", {}).values())
    return f"{mark.subject or 'record'}:{ids}" if ids else mark.subject
