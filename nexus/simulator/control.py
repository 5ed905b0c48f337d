"""`/_sim`: what a test, the demo or the phone page orders the simulated world to do. Behind the token (`door.py`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.secret import Secret
from core.whatsapp import Json, JsonObject, ProviderName
from nexus.simulator import files
from nexus.simulator.chat import bubble_object
from nexus.simulator.config import AccountConfig, ConfigError
from nexus.simulator.customer import Written, own_object
from nexus.simulator.errors import ApiError
from nexus.simulator.state import Account, Endpoint, Fault, FaultMode, new_id, new_secret

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from nexus.simulator.world import World

Phone = Annotated[str, Field(pattern=r"^\+[0-9]{7,15}$")]
Count = Annotated[int, Field(ge=1, le=1000)]
M = TypeVar("M", bound=BaseModel)


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid")
    account: str | None = None


class _Inbound(_Order, Written):
    phone: Phone
    name: str | None = None
    quoted_wamid: str | None = None
    hide_phone: bool = False


class _Burst(_Order):
    phone: Phone
    name: str | None = None
    texts: Annotated[list[str], Field(min_length=1, max_length=200)]
    gap_seconds: Annotated[float, Field(ge=0, le=60)] = 0.3


class _Duplicate(_Order):
    event_id: str | None = None
    count: Count = 1


class _Delay(_Order):
    seconds: Annotated[float, Field(ge=0, le=86_400)]
    count: Count = 1


class _Reorder(_Order):
    together: bool = False
    count: Annotated[int, Field(ge=2, le=1000)] = 2


class _Fail(_Order):
    count: Count = 1
    mode: FaultMode = "status"
    status: Annotated[int, Field(ge=400, le=599)] = 429
    code: str = "SENDER_RATE_LIMITED"
    retry_after: int | None = 1
    seconds: Annotated[float, Field(ge=0, le=600)] = 30.0
    taken: bool | None = None


class _Talk(_Order):
    phone: Phone
    text: str = ""
    hours: Annotated[float, Field(ge=0)] = 25.0


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str | None = None
    waba_id: str | None = None
    api_key: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = None
    endpoint_id: str | None = None
    provider: ProviderName = "ycloud"
    phone_number_id: str | None = None


async def _inbound(world: World, request: Request) -> Json:
    order = await read_order(request, _Inbound)
    account = account_named(world, order.account)
    talk = account.conversation(order.phone, order.name)
    own, shown = own_object(account, order)
    notice = world.customer_writes(account, talk, own, shown, quoted=order.quoted_wamid, hide_phone=order.hide_phone)
    return {"event_id": notice.id, "wamid": notice.wamid}


async def _burst(world: World, request: Request) -> Json:
    order = await read_order(request, _Burst)
    account = account_named(world, order.account)
    talk = account.conversation(order.phone, order.name)

    async def write() -> None:
        for text in order.texts:
            world.customer_writes(account, talk, {"type": "text", "text": {"body": text}}, text)
            await world.courier.wait(order.gap_seconds)

    world.courier.start(write())
    return {"messages": len(order.texts)}


async def _duplicate(world: World, request: Request) -> Json:
    order = await read_order(request, _Duplicate)
    account = account_named(world, order.account)
    if order.event_id is None:
        account.weather.duplicate_next += order.count
        return {"duplicate_next": account.weather.duplicate_next}
    notice = account.notices.get(order.event_id)
    if notice is None:
        raise ApiError(404, "NOT_FOUND", "No such event.")
    for _ in range(order.count):
        world.courier.redeliver(account, notice)
    return {"redelivered": order.count}


async def _delay(world: World, request: Request) -> Json:
    order = await read_order(request, _Delay)
    weather = account_named(world, order.account).weather
    weather.delay_next, weather.delay_seconds = order.count, order.seconds
    return {"delay_next": order.count}


async def _reorder(world: World, request: Request) -> Json:
    order = await read_order(request, _Reorder)
    account = account_named(world, order.account)
    if order.together and not account.dialect.batches:
        raise ApiError(400, "PARAM_INVALID", "This provider delivers one event at a time.")
    account.weather.reorder_left, account.weather.together = order.count, order.together
    return {"reorder_left": order.count}


async def _fail(world: World, request: Request) -> Json:
    order = await read_order(request, _Fail)
    fault = Fault(order.mode, order.status, order.code, order.retry_after, order.seconds, order.taken)
    faults = account_named(world, order.account).faults
    faults.extend([fault] * order.count)
    return {"faults": len(faults)}


async def _window(world: World, request: Request) -> Json:
    order = await read_order(request, _Talk)
    talk = account_named(world, order.account).conversation(order.phone)
    talk.last_inbound = datetime.now(UTC) - timedelta(hours=order.hours)
    return {"window_open": talk.window_open(datetime.now(UTC))}


async def _echo(world: World, request: Request) -> Json:
    order = await read_order(request, _Talk)
    account = account_named(world, order.account)
    notice = world.seller_types(account, account.conversation(order.phone), order.text)
    return {"event_id": notice.id}


async def _accounts(world: World, _: Request) -> Json:
    return [
        {
            "name": account.name,
            "business_number": account.business_number,
            "waba_id": account.waba_id,
            "provider": account.provider,
        }
        for account in world.accounts.values()
    ]


async def _settings(world: World, request: Request) -> Json:
    order = await read_order(request, _Settings)
    number: str = request.path_params["number"]
    account = world.accounts.get(number)
    if account is None:
        if not order.api_key or not order.waba_id:
            raise ApiError(404, "NOT_FOUND", "A new account needs api_key and waba_id.")
        account = world.add_account(_new_account(number, order.waba_id, Secret(order.api_key), order))
    account.name = order.name or account.name
    account.waba_id = order.waba_id or account.waba_id
    account.api_key = Secret(order.api_key) if order.api_key else account.api_key
    if order.webhook_url:
        _set_endpoint(account, order.webhook_url, order)
    return {"business_number": number, "endpoints": [*account.endpoints]}


def _new_account(number: str, waba_id: str, api_key: Secret, order: _Settings) -> AccountConfig:
    try:
        return AccountConfig(
            order.name or number,
            number,
            waba_id,
            api_key,
            provider=order.provider,
            phone_number_id=order.phone_number_id,
        )
    except ConfigError as error:
        raise ApiError(400, "PARAM_INVALID", str(error)) from None


def _set_endpoint(account: Account, url: str, order: _Settings) -> None:
    old = next(iter(account.endpoints.values()), None)
    secret = Secret(order.webhook_secret) if order.webhook_secret else (old.secret if old else new_secret())
    endpoint_id = order.endpoint_id or (old.id if old else new_id("wh"))
    account.endpoints = {endpoint_id: Endpoint(endpoint_id, url, secret)}


async def _journal(world: World, request: Request) -> Json:
    after, limit = (_number(request, name, default) for name, default in (("after", 0), ("limit", 1000)))
    return [*world.journal.read(after=after, kind=request.query_params.get("kind"), limit=limit)]


async def _chat(world: World, request: Request) -> Json:
    account = account_named(world, request.query_params.get("account"))
    talk = account.conversations.get(request.query_params.get("phone", ""))
    if talk is None:
        return {"version": 0, "typing": False, "business": account.name, "bubbles": []}
    typing = talk.typing_until is not None and datetime.now(UTC) < talk.typing_until
    bubbles: list[Json] = [bubble_object(bubble) for bubble in talk.bubbles[-200:]]
    return {"version": talk.version, "typing": typing, "business": account.name, "bubbles": bubbles}


async def _media(world: World, request: Request) -> Response:
    account = account_named(world, request.query_params.get("account"))
    found = account.media.get(request.path_params["id"])
    if found is None:
        raise ApiError(404, "NOT_FOUND", "No such file.")
    return files.shown(found, request.query_params.get("name", "")[:200] or "archivo")


_TABLE: list[tuple[str, str, Callable[[World, Request], Awaitable[Json]]]] = [
    ("POST", "/inbound", _inbound),
    ("POST", "/burst", _burst),
    ("POST", "/duplicate", _duplicate),
    ("POST", "/delay", _delay),
    ("POST", "/reorder", _reorder),
    ("POST", "/fail", _fail),
    ("POST", "/window", _window),
    ("POST", "/echo", _echo),
    ("GET", "/accounts", _accounts),
    ("PUT", "/accounts/{number}", _settings),
    ("GET", "/journal", _journal),
    ("GET", "/chat", _chat),
]


def routes(world: World) -> list[Route]:
    """Every order; a refused one answers like the API does."""
    orders = [Route(f"/_sim{path}", answering(world, handler), methods=[method]) for method, path, handler in _TABLE]
    return [*orders, Route("/_sim/media/{id}", answering(world, _media), methods=["GET"])]


def answering(
    world: World, handler: Callable[[World, Request], Awaitable[Json | Response]]
) -> Callable[[Request], Awaitable[Response]]:
    """An order as an endpoint: what it answers as JSON, what it refuses as the API does."""

    async def endpoint(request: Request) -> Response:
        try:
            answer = await handler(world, request)
            return answer if isinstance(answer, Response) else JSONResponse(answer)
        except ApiError as error:
            body: JsonObject = {"status": error.status, "code": error.code, "message": error.message}
            return JSONResponse({"error": body}, error.status)

    return endpoint


async def read_order(request: Request, model: type[M]) -> M:
    """The order in a request's body. Raises ApiError where it is none."""
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ApiError(400, "PARAM_INVALID", f"{where}: {error.errors()[0]['msg']}") from None


def account_named(world: World, number: str | None) -> Account:
    """The account of a business number; the only one where none is named."""
    if number is None and len(world.accounts) == 1:
        return next(iter(world.accounts.values()))
    account = world.accounts.get(number or "")
    if account is None:
        raise ApiError(404, "NOT_FOUND", "No such account.")
    return account


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    return int(text[:9]) if text.isascii() and text.isdigit() else default
