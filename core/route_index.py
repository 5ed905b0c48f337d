"""Which route a request is for, found by its first words instead of by asking every route (ADR 0044).

The router asks its three hundred routes one after the other: 300 µs for the last ones. What is found here is the first
that would have taken the request; whatever is not found goes the framework's way, and gets the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from fastapi import APIRouter, FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.routing import APIRoute
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute, Route

from core.model_route import ModelRoute

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

Shape: TypeAlias = tuple[str, int, str, str | None]


class Api(FastAPI):
    """FastAPI with the index before its router. Telemetry and body limit of the framework are not used."""

    def build_middleware_stack(self) -> ASGIApp:
        """The framework's stack around the index; our own middlewares stand where they always do."""
        handlers = {kind: handler for kind, handler in self.exception_handlers.items() if kind not in {500, Exception}}
        inner: ASGIApp = RouteIndex(self.router)
        inner = ExceptionMiddleware(inner, handlers=handlers, debug=self.debug)  # pyright: ignore[reportArgumentType] - as Starlette passes them
        for middleware in reversed(self.user_middleware):
            inner = middleware.cls(inner, *middleware.args, **middleware.kwargs)
        return ServerErrorMiddleware(inner, debug=self.debug)


class RouteIndex:
    """Pure ASGI, where the router stands."""

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._otherwise = AsyncExitStackMiddleware(router)
        self._unplanned = AsyncExitStackMiddleware(_handle)
        self._found = _indexed(router.routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        route = self.route(scope) if scope["type"] == "http" and not scope.get("root_path") else None
        if route is None:
            await self._otherwise(scope, receive, send)
        elif isinstance(route, ModelRoute) and route.planned:
            await route.app(scope, receive, send)
        else:
            scope["router"] = self._router
            await self._unplanned(scope, receive, send)

    def route(self, scope: Scope) -> APIRoute | None:
        """The route of a request; what its path says is put into the scope."""
        path: str = scope["path"]
        words = path.split("/", 3)
        second = words[2] if len(words) > 2 else ""  # noqa: PLR2004 - the empty one before the first slash is none
        shape = (scope["method"], path.count("/"), words[1] if len(words) > 1 else "", second)
        for route in self._found.get(shape) or self._found.get((*shape[:3], None), ()):
            found = route.path_regex.match(path)
            if found is None:
                continue
            if not isinstance(route, APIRoute):
                return None
            values = {name: route.param_convertors[name].convert(value) for name, value in found.groupdict().items()}
            scope["path_params"] = {**scope.get("path_params", {}), **values}
            scope["endpoint"], scope["route"] = route.endpoint, route
            return route
        return None


async def _handle(scope: Scope, receive: Receive, send: Send) -> None:
    await scope["route"].handle(scope, receive, send)


def _indexed(routes: Sequence[BaseRoute]) -> dict[Shape, tuple[Route, ...]]:
    """For each shape that an indexed route has, the routes that could take it, in their order."""
    shapes = dict.fromkeys(shape for route in routes if isinstance(route, APIRoute) for shape in _shapes(route))
    if not all(isinstance(route, Route) for route in routes):
        return {}  # what is mounted may take anything
    plain = [route for route in routes if isinstance(route, Route)]
    return {shape: tuple(route for route in plain if _may_take(route, shape)) for shape in shapes}


def _shapes(route: APIRoute) -> list[Shape]:
    words = route.path.split("/")
    first, second = words[1], words[2] if len(words) > 2 else ""  # noqa: PLR2004 - as above
    if "{" in first:
        return []
    named = None if "{" in second else second
    return [(method, len(words) - 1, first, named) for method in sorted(route.methods or ())]


def _may_take(route: Route, shape: Shape) -> bool:
    method, length, *own = shape
    words = route.path.split("/")
    if route.methods is not None and method not in route.methods:
        return False
    if ":path}" in route.path:
        return True
    pairs = zip(words[1:3], own, strict=False)
    return len(words) - 1 == length and all("{" in word or asked in {word, None} for word, asked in pairs)
