"""Every error leaves as `application/problem+json` (PRODUCT §6.5), and nothing of the inside leaves with it.

`install_problems(app)` goes first among the app's middlewares, so that the 500 of an unexpected error still passes
through the security headers and gets its request id (Starlette's own last resort stands outside all of them).
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from core.error_frames import frames_of, names_of
from core.errors import PROBLEM_MEDIA_TYPE, BadInput, NexusError, NotFound, Unstorable, problem
from core.request_id import current_request_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from core.json_types import Json

LARGEST_ID: Final = 2**63 - 1
_log: Final = logging.getLogger("nexus.problems")
_BODILESS: Final = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})


def problem_response(error: NexusError) -> Response:
    """The answer for a refusal; it is an ASGI app too, so a middleware can send it."""
    return JSONResponse(problem(error), error.status, headers=error.headers(), media_type=PROBLEM_MEDIA_TYPE)


def install_problems(app: FastAPI) -> None:
    """Add the handlers and the innermost safety net. Call before any other `add_middleware`."""
    app.add_exception_handler(NexusError, _on_nexus_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_middleware(UnexpectedErrorMiddleware)


async def _on_nexus_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, NexusError)
    if isinstance(error, Unstorable) and any(map(_is_no_id, request.path_params.values())):
        error = NotFound()
    return problem_response(error)


def _is_no_id(value: object) -> bool:
    """Whether a part of the path is a number that no row can have."""
    digits = str(value).removeprefix("-")
    return digits.isdecimal() and (len(digits) > len(str(LARGEST_ID)) or int(digits) > LARGEST_ID)


async def _on_validation_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # The input is left out of the answer: it may be a password. An id that cannot exist is simply not found.
    errors: list[Mapping[str, Json]] = []
    for entry in error.errors():
        if entry["loc"][0] == "path":
            return problem_response(NotFound())
        errors.append({"loc": list(entry["loc"]), "type": entry["type"], "msg": entry["msg"]})
    return problem_response(BadInput("the request is malformed", extra={"errors": errors}))


async def _on_http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return problem_response(NotFound())
    if error.status_code == HTTPStatus.BAD_REQUEST:  # the framework's word for bytes that are no text
        return problem_response(BadInput("the body cannot be read"))
    if error.status_code in _BODILESS:
        return Response(status_code=error.status_code, headers=error.headers)
    phrase = HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "_").replace("-", "_").replace("'", "")
    framework = type("FrameworkError", (NexusError,), {"status": error.status_code, "code": code, "title": phrase})
    response = problem_response(framework())
    response.headers.update(error.headers or {})  # Allow, WWW-Authenticate, Retry-After
    return response


class UnexpectedErrorMiddleware:
    """Pure ASGI: an exception that nobody expected becomes a bare 500 and one log record.

    The record has the exception's types and frames, not its message: drivers put rows and e-mail addresses into it.
    Once an answer has started the exception goes on, so that the server cuts the connection instead of ending it well.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one http request; everything else passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            _report(scope, error)
            if started:
                raise
            await problem_response(NexusError())(scope, receive, send)


def _report(scope: Scope, error: Exception) -> None:
    route = getattr(scope.get("route"), "path", "unmatched")  # the template: a raw path carries ids and phone numbers
    _log.error(
        "unexpected error: %s in %s %s\n%s",
        names_of(error),
        scope["method"],
        route,
        frames_of(error),
        extra={"request_id": current_request_id()},
    )
