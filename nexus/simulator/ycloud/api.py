"""YCloud's API v2 under `/v2`: what a client of ours may call (contracts ycloud.rules.json, `endpoints`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.secret import Secret
from core.ycloud.client import KEY_HEADER
from nexus.simulator.calls import Manners, guarded, read_body, take
from nexus.simulator.errors import ApiError, missing, not_found
from nexus.simulator.ycloud import files, listings, webhook_endpoints

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import JsonObject
    from nexus.simulator.calls import Handler
    from nexus.simulator.state import Account
    from nexus.simulator.world import World


def routes(world: World) -> list[Route]:
    """Every route, each behind the key check, the request id and the journal."""
    table: list[tuple[str, str, Handler]] = [
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
    return [Route(f"/v2{path}", guarded(world, MANNERS, handler), methods=[method]) for method, path, handler in table]


def _key(request: Request) -> Secret:
    return Secret(request.headers.get(KEY_HEADER, ""))


def _refusal(error: ApiError, request_id: str) -> JSONResponse:
    """`{"error": {status, code, message, requestId, target}}` (README §1.5)."""
    body: JsonObject = {"status": error.status, "code": error.code, "message": error.message, "requestId": request_id}
    if error.target:
        body["target"] = error.target
    return JSONResponse({"error": body}, error.status)


MANNERS: Final = Manners("ycloud", _key, _refusal, "YCloud-Request-ID")


async def _send_queued(world: World, account: Account, request: Request) -> Response:
    return await _send(world, account, request, queued=True)


async def _send_directly(world: World, account: Account, request: Request) -> Response:
    return await _send(world, account, request, queued=False)


async def _send(world: World, account: Account, request: Request, *, queued: bool) -> Response:
    body = await read_body(request)

    def send() -> JsonObject:
        number = body.get("from")
        if not number:
            raise missing("from")
        if number != account.business_number:
            raise ApiError(403, "WHATSAPP_PHONE_NUMBER_UNAVAILABLE", "Phone number unavailable.")
        return world.business_sends(account, body, queued=queued)

    return await take(world, account, request, send, body=body, name="externalId")


async def _get_message(_: World, account: Account, request: Request) -> Response:
    message = account.messages.get(request.path_params["id"])
    if message is None:
        raise not_found()
    return JSONResponse(message)


async def _mark_read(_: World, account: Account, request: Request) -> Response:
    account.read(request.path_params["id"])
    return Response()


async def _typing(_: World, account: Account, request: Request) -> Response:
    account.read(request.path_params["id"]).show_typing()
    return JSONResponse({"success": True})


async def _typing_legacy(_: World, account: Account, request: Request) -> Response:
    account.read(request.path_params["id"]).show_typing()
    return Response()
