"""Meta's Cloud API under `/v26.0`: what a client of ours may call (contracts meta_whatsapp.json, README §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.routing import Route

from core.meta.client import BASE_URL
from core.secret import Secret
from nexus.simulator.calls import Manners, guarded, read_body, take
from nexus.simulator.errors import ApiError, invalid
from nexus.simulator.meta import files, listings
from nexus.simulator.meta.dialect import digits
from nexus.simulator.meta.objects import no_object

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from core.whatsapp import Json, JsonObject
    from nexus.simulator.calls import Handler
    from nexus.simulator.state import Account
    from nexus.simulator.world import World

TOKEN_REFUSED: Final = 190
INVALID: Final = 100
THROUGHPUT: Final = 130429
SOMETHING_WRONG: Final = 131000
SERVER_ERROR: Final = 500
LONGEST_NAME: Final = 512
# The simulator's words in Meta's: HTTP status and code.
_TRANSLATED: Final = {
    "UNAUTHORIZED": (401, TOKEN_REFUSED),
    "WHATSAPP_TEMPLATE_UNAVAILABLE": (404, 132001),
    "NOT_FOUND": (400, INVALID),
}
_ENVELOPE: Final = frozenset(
    {"messaging_product", "recipient_type", "biz_opaque_callback_data", "to", "recipient", "context", "type"}
)
VERSION: Final = urlsplit(BASE_URL).path


def routes(world: World) -> list[Route]:
    """Every route, each behind the token; beside them the address of files."""
    table: list[tuple[str, str, Handler]] = [("POST", "/{id}/messages", _messages), *listings.TABLE, *files.TABLE]
    versioned = [
        Route(f"{VERSION}{path}", guarded(world, MANNERS, handler), methods=[method]) for method, path, handler in table
    ]
    return [*versioned, Route(files.ATTACHMENTS, guarded(world, MANNERS, files.download), methods=["GET"])]


def _key(request: Request) -> Secret:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return Secret(token if scheme.lower() == "bearer" else "")


def _refusal(error: ApiError, request_id: str) -> JSONResponse:
    status, code = _TRANSLATED.get(error.code, (error.status, _code(error)))
    told: JsonObject = {
        "message": f"(#{code}) {error.message}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": error.message},
        "fbtrace_id": request_id,
    }
    return JSONResponse({"error": told}, status)


def _code(error: ApiError) -> int:
    if error.code.isdigit():
        return int(error.code)
    if error.code == "SENDER_RATE_LIMITED":
        return THROUGHPUT
    return SOMETHING_WRONG if error.status >= SERVER_ERROR else INVALID


MANNERS: Final = Manners("meta", _key, _refusal, "x-fb-trace-id")


async def _messages(world: World, account: Account, request: Request) -> Response:
    """Sends, read ticks and "typing" share one address."""
    body = await read_body(request)
    if request.path_params["id"] != account.phone_number_id:
        raise no_object(request.path_params["id"])
    if body.get("messaging_product") != "whatsapp":
        raise invalid("messaging_product", "The parameter messaging_product is required.")
    return _courtesy(account, body) if "status" in body else await _send(world, account, request, body)


def _courtesy(account: Account, body: JsonObject) -> Response:
    indicator = body.get("typing_indicator")
    if body["status"] != "read" or indicator not in (None, {"type": "text"}):
        raise invalid("status", "Invalid parameter")
    talk = account.read(str(body.get("message_id")))
    if indicator is not None:
        talk.show_typing()
    return JSONResponse({"success": True})


async def _send(world: World, account: Account, request: Request, body: JsonObject) -> Response:
    def send() -> JsonObject:
        _check_envelope(body)
        return world.business_sends(account, body, queued=False)

    return await take(world, account, request, send, body=body, name="biz_opaque_callback_data", answer=_answer)


def _check_envelope(body: JsonObject) -> None:
    unknown = set(body) - _ENVELOPE - {str(body.get("type"))}
    if unknown:
        raise invalid(min(unknown), f"Unexpected key {min(unknown)!r} on param.")
    if body.get("recipient_type", "individual") != "individual":
        raise invalid("recipient_type", "recipient_type must be individual.")
    name = body.get("biz_opaque_callback_data", "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise invalid("biz_opaque_callback_data", f"At most {LONGEST_NAME} characters.")


def _answer(message: JsonObject) -> JsonObject:
    told = message["input"]
    contact: dict[str, Json] = {"input": told, "wa_id": message["recipient_id"]}
    if isinstance(told, str) and digits(told) != message["recipient_id"]:
        contact = {"input": told, "user_id": message["recipient_user_id"]}
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": message["wamid"], "message_status": "accepted"}],
    }
