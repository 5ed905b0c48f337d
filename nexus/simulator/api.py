"""YCloud's API v2 under `/v2`: what a client of ours may call (contracts ycloud.rules.json, `endpoints`)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.secret import Secret
from core.wire import UnreadableBodyError, read_object
from core.ycloud.client import KEY_HEADER
from nexus.simulator import files, listings, webhook_endpoints
from nexus.simulator.errors import ApiError, not_found
from nexus.simulator.state import Account, new_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from core.whatsapp import JsonObject
    from nexus.simulator.state import Fault
    from nexus.simulator.world import World

REQUEST_ID: Final = "YCloud-Request-ID"


class DroppedResponse(Response):
    """Announces an answer and never gives it: the server then cuts the connection, the client knows nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start the answer, leave it unfinished."""
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"512")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


def routes(world: World) -> list[Route]:
    """Every route, each behind the key check, the request id and the journal."""
    table: list[tuple[str, str, Callable[[World, Account, Request], Awaitable[Response]]]] = [
        ("POST", "/whatsapp/messages", _send_queued),
        ("POST", "/whatsapp/messages/sendDirectly", _send_directly),
        ("GET", "/whatsapp/messages/{id}", _get_message),
        ("POST", "/whatsapp/inboundMessages/{id}/markAsRead", _mark_read),
        ("POST", "/whatsapp/inboundMessages/{id}/typing", _typing),
        ("POST", "/whatsapp/inboundMessages/{id}/typingIndicator", _typing_legacy),
        *files.TABLE,
        *listings.TABLE,
        *webhook_endpoints.TABLE,
    ]
    return [Route(f"/v2{path}", _guarded(world, handler), methods=[method]) for method, path, handler in table]


def _guarded(
    world: World, handler: Callable[[World, Account, Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request_id = new_id("req")
        account = world.by_key(Secret(request.headers.get(KEY_HEADER, "")))
        request.state.journal = {}
        try:
            response = await (handler(world, account, request) if account else _unauthorized())
        except ApiError as error:
            response = _refusal(error, request_id)
        response.headers[REQUEST_ID] = request_id
        details: JsonObject = {
            "method": request.method,
            "path": request.url.path,
            "status": None if isinstance(response, DroppedResponse) else response.status_code,
            "outcome": "dropped" if isinstance(response, DroppedResponse) else "answered",
            "request_id": request_id,
            **request.state.journal,
        }
        world.journal.write("request", account.business_number if account else None, details)
        return response

    return endpoint


async def _unauthorized() -> Response:
    raise ApiError(401, "UNAUTHORIZED", "Invalid API key.")


def _refusal(error: ApiError, request_id: str) -> JSONResponse:
    body: JsonObject = {"status": error.status, "code": error.code, "message": error.message, "requestId": request_id}
    if error.target:
        body["target"] = error.target
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after is not None else None
    return JSONResponse({"error": body}, error.status, headers)


async def _send_queued(world: World, account: Account, request: Request) -> Response:
    return await _send(world, account, request, queued=True)


async def _send_directly(world: World, account: Account, request: Request) -> Response:
    return await _send(world, account, request, queued=False)


async def _send(world: World, account: Account, request: Request, *, queued: bool) -> Response:
    body = await _body(request)
    noted: JsonObject = {"body": body, "external_id": body.get("externalId"), "accepted": False}
    request.state.journal = noted
    fault = account.faults.popleft() if account.faults else None
    message: JsonObject = {}
    if fault is None or fault.takes:
        message = world.business_sends(account, body, queued=queued)
        noted |= {"accepted": True, "message_id": message["id"], "wamid": message["wamid"]}
    if fault is not None:
        noted["fault"] = fault.mode
        return await _answer_badly(world, account, fault, message, noted)
    return JSONResponse(message)


async def _answer_badly(
    world: World, account: Account, fault: Fault, message: JsonObject, noted: JsonObject
) -> Response:
    """Whether the message was taken or not, its answer is an error, nonsense, too late, or none."""
    match fault.mode:
        case "status":
            raise ApiError(fault.status, fault.code, "Ordered by the test.", retry_after=fault.retry_after)
        case "drop":
            return DroppedResponse()
        case "garbage":
            return Response(b"<html>\xff\xfe It works!", media_type="application/json")
        case "timeout":
            world.journal.write("request", account.business_number, {"outcome": "answering_late", **noted})
            await asyncio.sleep(fault.seconds)
            return JSONResponse(message)


async def _get_message(_: World, account: Account, request: Request) -> Response:
    message = account.messages.get(request.path_params["id"])
    if message is None:
        raise not_found()
    return JSONResponse(message)


async def _mark_read(_: World, account: Account, request: Request) -> Response:
    phone, wamid = _inbound(account, request)
    account.conversations[phone].read_up_to(wamid)
    return Response()


async def _typing(_: World, account: Account, request: Request) -> Response:
    _show_typing(account, request)
    return JSONResponse({"success": True})


async def _typing_legacy(_: World, account: Account, request: Request) -> Response:
    _show_typing(account, request)
    return Response()


def _show_typing(account: Account, request: Request) -> None:
    phone, wamid = _inbound(account, request)
    talk = account.conversations[phone]
    talk.read_up_to(wamid)
    talk.show_typing()


def _inbound(account: Account, request: Request) -> tuple[str, str]:
    found = account.inbound.get(request.path_params["id"])
    if found is None:
        raise not_found()
    return found


async def _body(request: Request) -> JsonObject:
    try:
        return read_object(await request.body())
    except UnreadableBodyError as error:
        raise ApiError(400, "BAD_REQUEST", f"The body is {error}.") from None
