"""What an account has: templates, phone numbers, people who unsubscribed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response

from nexus.simulator.calls import read_body
from nexus.simulator.errors import invalid, missing, not_found
from nexus.simulator.templates import components_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import Json, JsonObject
    from nexus.simulator.calls import Handler
    from nexus.simulator.config import TemplateConfig
    from nexus.simulator.state import Account
    from nexus.simulator.world import World

MAX_LIMIT: Final = 100
DEFAULT_LIMIT: Final = 10


def _page(request: Request, items: list[JsonObject]) -> JSONResponse:
    page, limit = _number(request, "page", 1), _number(request, "limit", DEFAULT_LIMIT)
    if not 1 <= limit <= MAX_LIMIT:
        raise invalid("limit", "Parameter 'limit' should be between 1 and 100.")
    if page < 1:
        raise invalid("page", "Parameter 'page' should be at least 1.")
    offset = (page - 1) * limit
    shown: list[Json] = [*items[offset : offset + limit]]
    body: JsonObject = {"offset": offset, "limit": limit, "length": len(shown), "items": shown}
    if request.query_params.get("includeTotal") == "true":
        body["total"] = len(items)
    return JSONResponse(body)


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isascii() or not text.isdigit():
        raise invalid(name, f"Parameter '{name}' should be a number.")
    return int(text[:9])


def _template(account: Account, template: TemplateConfig) -> JsonObject:
    listed: JsonObject = {
        "officialTemplateId": str(1_000_000 + account.templates.index(template)),
        "wabaId": account.waba_id,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "status": template.status,
        "components": components_of(template),
    }
    if template.reason:
        listed["reason"] = template.reason
    return listed


async def _templates(_: World, account: Account, request: Request) -> Response:
    wanted = {
        key: request.query_params[f"filter.{key}"]
        for key in ("wabaId", "name", "language", "status")
        if f"filter.{key}" in request.query_params
    }
    items = [_template(account, template) for template in account.templates]
    return _page(request, [item for item in items if all(item[key] == value for key, value in wanted.items())])


async def _one_template(_: World, account: Account, request: Request) -> Response:
    named = (request.path_params["name"], request.path_params["language"])
    for template in account.templates:
        if request.path_params["waba_id"] == account.waba_id and (template.name, template.language) == named:
            return JSONResponse(_template(account, template))
    raise not_found()


async def _phone_numbers(_: World, account: Account, request: Request) -> Response:
    number: JsonObject = {
        "id": account.waba_id[::-1],
        "phoneNumber": account.business_number,
        "displayPhoneNumber": account.business_number,
        "wabaId": account.waba_id,
        "verifiedName": account.name,
        "qualityRating": "GREEN",
        "messagingLimit": "TIER_1K",
        "status": "CONNECTED",
    }
    return _page(request, [number])


def _unsubscriber(phone: str) -> JsonObject:
    return {"type": "PHONE_NUMBER", "customer": phone, "channel": "whatsapp", "source": "API"}


async def _unsubscribers(_: World, account: Account, request: Request) -> Response:
    return _page(request, [_unsubscriber(phone) for phone in sorted(account.unsubscribed)])


async def _unsubscribe(_: World, account: Account, request: Request) -> Response:
    customer = (await read_body(request)).get("customer")
    if not isinstance(customer, str) or not customer:
        raise missing("customer")
    account.unsubscribed.add(customer)
    return JSONResponse(_unsubscriber(customer))


async def _resubscribe(_: World, account: Account, request: Request) -> Response:
    customer = request.path_params["customer"]
    if customer not in account.unsubscribed:
        raise not_found()
    account.unsubscribed.discard(customer)
    return Response()


TABLE: Final[list[tuple[str, str, Handler]]] = [
    ("GET", "/whatsapp/templates", _templates),
    ("GET", "/whatsapp/templates/{waba_id}/{name}/{language}", _one_template),
    ("GET", "/whatsapp/phoneNumbers", _phone_numbers),
    ("GET", "/unsubscribers", _unsubscribers),
    ("POST", "/unsubscribers", _unsubscribe),
    ("DELETE", "/unsubscribers/{customer}/{channel}", _resubscribe),
]
