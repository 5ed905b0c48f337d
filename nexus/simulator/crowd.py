"""`/_sim/crowd`: many customers write at once, with repetition and disorder, and `/_sim/pending`: what is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field
from starlette.routing import Route

from nexus.simulator.control import Phone, account_named, answering, read_order
from nexus.simulator.customer import Written, own_object

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from core.whatsapp import Json
    from nexus.simulator.dialect import Notice
    from nexus.simulator.state import Account
    from nexus.simulator.world import World

LARGEST_CROWD = 2_000


class Line(Written):
    """One message. Seconds on the simulator's clock: until its webhook leaves, and until it is repeated if ever.

    `copies` leave at the same moment.
    """

    model_config = ConfigDict(extra="forbid")
    phone: Phone
    name: str | None = None
    copies: Annotated[int, Field(ge=1, le=5)] = 1
    delay_seconds: Annotated[float, Field(ge=0, le=600)] = 0.0
    again_seconds: Annotated[float, Field(ge=0, le=600)] | None = None


class _Crowd(BaseModel):
    model_config = ConfigDict(extra="forbid")
    account: str | None = None
    lines: Annotated[list[Line], Field(min_length=1, max_length=LARGEST_CROWD)]


async def _crowd(world: World, request: Request) -> Json:
    order = await read_order(request, _Crowd)
    account = account_named(world, order.account)
    return [_write(world, account, line) for line in order.lines]


def _write(world: World, account: Account, line: Line) -> Json:
    own, shown = own_object(account, line)
    weather = account.weather
    weather.duplicate_next += line.copies > 1
    weather.delay_next, weather.delay_seconds = 1, line.delay_seconds
    notice = world.customer_writes(account, account.conversation(line.phone, line.name), own, shown)
    for _ in range(line.copies - 2):
        world.courier.redeliver(account, notice)
    if line.again_seconds is not None:
        world.courier.start(_repeat(world, account, notice, line.again_seconds))
    return {"event_id": notice.id, "wamid": notice.wamid}


async def _repeat(world: World, account: Account, notice: Notice, seconds: float) -> None:
    await world.courier.wait(seconds)
    world.courier.redeliver(account, notice)


async def _pending(world: World, _: Request) -> Json:
    return {"tasks": world.courier.pending}


_TABLE: list[tuple[str, str, Callable[[World, Request], Awaitable[Json]]]] = [
    ("POST", "/crowd", _crowd),
    ("GET", "/pending", _pending),
]


def routes(world: World) -> list[Route]:
    """Both orders, behind the token like every other."""
    return [Route(f"/_sim{path}", answering(world, handler), methods=[method]) for method, path, handler in _TABLE]
