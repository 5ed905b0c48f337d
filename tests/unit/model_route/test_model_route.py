"""What a model route answers is what FastAPI would have answered, without a second validation."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import httpx
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel

from core.model_route import ModelRoute


class Thing(BaseModel):
    """Everything that JSON has no word for."""

    at: datetime
    price: Decimal
    note: str | None


def app_of(route_class: type[APIRoute]) -> FastAPI:
    router = APIRouter(route_class=route_class)

    @router.post("/things", status_code=201)
    async def make() -> Thing:
        """Make a thing."""
        return Thing(at=datetime(2026, 1, 2, 3, 4, 5, 600, UTC), price=Decimal("10.50"), note="ñ")

    @router.delete("/things", status_code=204)
    async def drop() -> None:
        """Nothing comes back."""

    app = FastAPI()
    app.include_router(router)
    assert make.__name__ == "make"
    assert drop.__name__ == "drop"
    return app


async def answer(app: FastAPI, method: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as browser:
        return await browser.request(method, "/things")


async def test_the_answer_is_the_same_to_the_letter() -> None:
    ours, theirs = await answer(app_of(ModelRoute), "POST"), await answer(app_of(APIRoute), "POST")
    assert (ours.status_code, ours.json(), ours.headers["content-type"]) == (
        theirs.status_code,
        theirs.json(),
        theirs.headers["content-type"],
    )


async def test_what_is_no_model_passes_through() -> None:
    gone = await answer(app_of(ModelRoute), "DELETE")
    assert (gone.status_code, gone.content) == (204, b"")


def test_the_documented_model_stays() -> None:
    assert app_of(ModelRoute).openapi() == app_of(APIRoute).openapi()
