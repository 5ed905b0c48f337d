"""What every provider's API does with a call: know who asks, write it down, and go wrong where a test ordered it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from starlette.responses import JSONResponse, Response

from core.wire import UnreadableBodyError, read_object
from nexus.simulator.errors import ApiError
from nexus.simulator.state import new_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from core.secret import Secret
    from core.whatsapp import JsonObject, ProviderName
    from nexus.simulator.state import Account, Fault
    from nexus.simulator.world import World

    Handler: TypeAlias = Callable[[World, Account, Request], Awaitable[Response]]


class DroppedResponse(Response):
    """Announces an answer and never gives it: the server then cuts the connection, the client knows nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start the answer, leave it unfinished."""
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"512")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


@dataclass(frozen=True, slots=True)
class Manners:
    """How one provider's API reads a caller's key, words a refusal and names a request."""

    provider: ProviderName
    key: Callable[[Request], Secret]
    refusal: Callable[[ApiError, str], JSONResponse]
    request_id: str


def guarded(world: World, manners: Manners, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A call behind the key check, with a request id and the journal."""

    async def endpoint(request: Request) -> Response:
        request_id = new_id("req")
        account = world.by_key(manners.key(request), manners.provider)
        request.state.journal = {}
        try:
            response = await (handler(world, account, request) if account else _unauthorized())
        except ApiError as error:
            response = manners.refusal(error, request_id)
            if error.retry_after is not None:
                response.headers["Retry-After"] = str(error.retry_after)
        response.headers[manners.request_id] = request_id
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


async def take(
    world: World,
    account: Account,
    request: Request,
    send: Callable[[], JsonObject],
    *,
    body: JsonObject,
    name: str,
    answer: Callable[[JsonObject], JsonObject] = dict,
) -> Response:
    """A send that may go wrong as ordered. `send` lets the message leave; `body[name]` is what the caller calls it."""
    noted: JsonObject = {"body": body, "external_id": body.get(name), "accepted": False}
    request.state.journal = noted
    fault = account.faults.popleft() if account.faults else None
    message: JsonObject = {}
    if fault is None or fault.takes:
        message = send()
        noted |= {"accepted": True, "message_id": message["id"], "wamid": message["wamid"]}
    if fault is not None:
        noted["fault"] = fault.mode
        return await _answer_badly(world, account, fault, noted, lambda: answer(message))
    return JSONResponse(answer(message))


async def _answer_badly(
    world: World, account: Account, fault: Fault, noted: JsonObject, answer: Callable[[], JsonObject]
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
            return JSONResponse(answer() if noted["accepted"] else {})


async def read_body(request: Request) -> JsonObject:
    """The object that was sent. Raises ApiError where it is none."""
    try:
        return read_object(await request.body())
    except UnreadableBodyError as error:
        raise ApiError(400, "BAD_REQUEST", f"The body is {error}.") from None
