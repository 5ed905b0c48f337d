"""`/webhookEndpoints`: where an account wants its events, and the secret that signs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response

from nexus.simulator.calls import read_body
from nexus.simulator.errors import invalid, missing, not_found
from nexus.simulator.state import Endpoint, new_id, new_secret, stamp

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import Json, JsonObject
    from nexus.simulator.calls import Handler
    from nexus.simulator.state import Account
    from nexus.simulator.world import World

MAX_ENDPOINTS: Final = 20
MAX_URL: Final = 500
STATUSES: Final = frozenset({"active", "disabled"})


def _shown(endpoint: Endpoint) -> JsonObject:
    events: list[Json] = [*endpoint.events]
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "enabledEvents": events,
        "status": endpoint.status,
        "secret": endpoint.secret.reveal(),
        "createTime": stamp(endpoint.created_at),
    }


def _found(account: Account, request: Request) -> Endpoint:
    endpoint = account.endpoints.get(request.path_params["id"])
    if endpoint is None:
        raise not_found()
    return endpoint


async def _list(_: World, account: Account, __: Request) -> Response:
    items: list[Json] = [_shown(endpoint) for endpoint in account.endpoints.values()]
    return JSONResponse({"offset": 0, "limit": MAX_ENDPOINTS, "length": len(items), "items": items})


async def _create(_: World, account: Account, request: Request) -> Response:
    if len(account.endpoints) >= MAX_ENDPOINTS:
        raise invalid("url", "At most 20 endpoints.")
    body = await read_body(request)
    if "url" not in body:
        raise missing("url")
    if "enabledEvents" not in body:
        raise missing("enabledEvents")
    endpoint = Endpoint(new_id("wh"), "", new_secret())
    _change(endpoint, body)
    account.endpoints[endpoint.id] = endpoint
    return JSONResponse(_shown(endpoint))


async def _get(_: World, account: Account, request: Request) -> Response:
    return JSONResponse(_shown(_found(account, request)))


async def _patch(_: World, account: Account, request: Request) -> Response:
    endpoint = _found(account, request)
    _change(endpoint, await read_body(request))
    return JSONResponse(_shown(endpoint))


async def _delete(_: World, account: Account, request: Request) -> Response:
    del account.endpoints[_found(account, request).id]
    return Response()


async def _rotate(_: World, account: Account, request: Request) -> Response:
    endpoint = _found(account, request)
    endpoint.secret = new_secret()
    return JSONResponse(_shown(endpoint))


def _change(endpoint: Endpoint, body: JsonObject) -> None:
    url, events, status = body.get("url"), body.get("enabledEvents"), body.get("status")
    if isinstance(url, str):
        if not url.startswith(("http://", "https://")) or len(url) > MAX_URL:
            raise invalid("url", "Parameter 'url' should be an address of at most 500 characters.")
        endpoint.url = url
    if isinstance(events, list):
        endpoint.events = tuple(event for event in events if isinstance(event, str) and event != "*")
    if status is not None:
        if status not in STATUSES:
            raise invalid("status", "Parameter 'status' should be active or disabled.")
        endpoint.status = str(status)


TABLE: Final[list[tuple[str, str, Handler]]] = [
    ("GET", "/webhookEndpoints", _list),
    ("POST", "/webhookEndpoints", _create),
    ("GET", "/webhookEndpoints/{id}", _get),
    ("PATCH", "/webhookEndpoints/{id}", _patch),
    ("DELETE", "/webhookEndpoints/{id}", _delete),
    ("POST", "/webhookEndpoints/{id}/rotateSecret", _rotate),
]
