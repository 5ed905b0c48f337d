"""A planned route is called with what FastAPI would have called it with, and refuses what FastAPI refuses, alike."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from core.errors import NexusError
from core.model_route import ModelRoute
from core.problems import install_problems


class Wanted(BaseModel):
    """A query."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=5)] = 3
    word: str | None = None


class Body(BaseModel):
    """A body."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2)]
    much: int = 1


class Told(BaseModel):
    """What the handler was given."""

    given: list[str]


class Refused(NexusError):
    """What a dependency says."""

    status = 403
    code = "refused"


async def first(request: Request) -> str:
    request.state.order = [*getattr(request.state, "order", []), "first"]
    if "refuse" in request.headers:
        raise Refused("not you")
    return "first"


async def second(request: Request, one: Annotated[str, Depends(first)]) -> str:
    request.state.order.append("second")
    return f"{one} second"


async def slowly() -> AsyncGenerator[int]:
    """A dependency with an end."""
    yield 1


async def alone(request: Request) -> None:
    request.state.order.append("alone")


def app_of(route_class: type[APIRoute]) -> FastAPI:
    router = APIRouter(route_class=route_class)

    @router.get("/things/{number}", dependencies=[Depends(alone), Depends(first)])
    async def get_thing(
        number: int,
        request: Request,
        wanted: Annotated[Wanted, Query()],
        both: Annotated[str, Depends(second)],
        again: Annotated[str, Depends(first)],
    ) -> Told:
        """Read."""
        return Told(given=[str(number), repr(wanted), both, again, *request.state.order])

    @router.post("/things/{number}", status_code=201)
    async def post_thing(number: int, body: Body, both: Annotated[str, Depends(second)]) -> Told:
        """Write."""
        return Told(given=[str(number), repr(body), both])

    @router.get("/plain", response_model=Told)
    async def get_plain(word: str, often: int = 2) -> Response:
        """Answer bytes."""
        return JSONResponse({"given": [word] * often}, headers={"x-own": "1"})

    app = FastAPI(routes=router.routes)
    app.state.planned = [getattr(route, "planned", False) for route in router.routes]
    install_problems(app)
    app.add_exception_handler(RequestValidationError, _tell)
    assert all((get_thing, post_thing, get_plain))
    return app


async def _tell(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return JSONResponse([str(each) for each in error.errors()], 422)


async def answer(app: FastAPI, method: str, path: str, **sent: object) -> tuple[int, object, str | None]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as browser:
        told = await browser.request(method, path, **sent)  # pyright: ignore[reportArgumentType] - passed on
        return told.status_code, told.json(), told.headers.get("content-type")


REQUESTS: list[tuple[str, str, dict[str, object]]] = [
    ("GET", "/things/7", {}),
    ("GET", "/things/7?limit=2&word=a&word=b", {}),
    ("GET", "/things/7?limit=9", {}),
    ("GET", "/things/7?other=1&other=2", {}),
    ("GET", "/things/seven?limit=x", {}),
    ("GET", "/things/7?limit=9", {"headers": {"refuse": "1"}}),
    ("POST", "/things/7", {"json": {"name": "Ana"}}),
    ("POST", "/things/7", {"json": {"name": "A", "more": 1}}),
    ("POST", "/things/x", {"json": []}),
    ("POST", "/things/7", {}),
    ("POST", "/things/7", {"content": b"{", "headers": {"content-type": "application/json"}}),
    ("POST", "/things/7", {"content": b'{"name": "\xff"}', "headers": {"content-type": "application/json"}}),
    ("POST", "/things/7", {"content": b'{"name": "Ana"}', "headers": {"content-type": "text/plain"}}),
    ("POST", "/things/7", {"content": b'{"name": "Ana"}', "headers": {"content-type": "application/x+json"}}),
    ("POST", "/things/7", {"content": b'{"name": "Ana"}', "headers": {"content-type": ""}}),
    ("POST", "/things/7", {"content": b"{", "headers": {"content-type": "application/json", "refuse": "1"}}),
    ("GET", "/plain?word=a", {}),
    ("GET", "/plain?often=x", {}),
]


@pytest.mark.parametrize(("method", "path", "sent"), REQUESTS)
async def test_a_planned_route_answers_as_the_framework_does(method: str, path: str, sent: dict[str, object]) -> None:
    ours, theirs = app_of(ModelRoute), app_of(APIRoute)
    assert ours.state.planned == [True, True, True]
    assert await answer(ours, method, path, **sent) == await answer(theirs, method, path, **sent)


def test_what_it_does_not_know_is_left_to_the_framework() -> None:
    router = APIRouter(route_class=ModelRoute)

    @router.get("/a")
    async def get_a(one: Annotated[int, Depends(slowly)]) -> Told:
        """Given by a generator."""
        return Told(given=[str(one)])

    assert get_a.__name__ == "get_a"
    assert [getattr(route, "planned", None) for route in router.routes] == [False]
