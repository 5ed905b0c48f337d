"""Routes that are worked out once and whose answers are encoded once (ARCHITECTURE §2, ADR 0044).

FastAPI validates an answer against the documented model again and encodes it in Python: 1.7 ms for a page of 50 leads,
where the model itself, which the handler has just built, encodes in 0.1 ms. And it works out what the handler is called
with for each request; here a plan does (`core/route_plan.py`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TYPE_CHECKING, cast

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from core.route_plan import Plan, plan_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class ModelRoute(APIRoute):
    """For handlers that return the documented model itself: `APIRouter(route_class=ModelRoute)`.

    Headers that a handler sets on an injected response are lost: such a handler belongs on a router without it.
    """

    def __init__(self, path: str, endpoint: Callable[..., Awaitable[object]], **settings: object) -> None:
        @wraps(endpoint)
        async def encoded(*args: object, **params: object) -> object:
            answer = await endpoint(*args, **params)
            if not isinstance(answer, BaseModel):
                return answer
            return Response(
                answer.model_dump_json(), status_code=self.status_code or 200, media_type="application/json"
            )

        super().__init__(path, encoded, **settings)  # pyright: ignore[reportArgumentType] - passed on as they come
        model = self.response_model
        plan = plan_of(self, endpoint) if isinstance(model, type) and issubclass(model, BaseModel) else None
        self.planned = plan is not None
        if plan is not None:
            self.app = _planned(plan, endpoint, self.status_code or 200, self.app)


def _planned(plan: Plan, endpoint: Callable[..., Awaitable[object]], status: int, otherwise: ASGIApp) -> ASGIApp:
    """The route's app. A request that is traced is FastAPI's, which knows how."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        if "fastapi.telemetry" in scope:
            await otherwise(scope, receive, send)
            return
        answer = await endpoint(**await plan.values(Request(scope, receive, send)))
        if isinstance(answer, Response):
            await answer(scope, receive, send)
            return
        body = cast("BaseModel", answer).__pydantic_serializer__.to_json(answer)
        headers = [(b"content-length", b"%d" % len(body)), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answered
