"""The index finds for every route of the API what asking all of them, one after the other, would have found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Match

from core.route_index import RouteIndex
from orchestrator_service.routers import ROUTES

if TYPE_CHECKING:
    from starlette.types import Scope

VALUES = ("7", "order", "preview", "bulk", "count", "sync", "rows.csv", "a-b", "x")


def scope_of(method: str, path: str) -> Scope:
    return {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}


def asked_one_after_the_other(scope: Scope) -> object:
    return next((route for route in ROUTES if route.matches(dict(scope))[0] is Match.FULL), None)


def test_it_finds_what_the_router_finds() -> None:
    index = RouteIndex(APIRouter(routes=ROUTES))
    found = 0
    for route in ROUTES:
        assert isinstance(route, APIRoute)
        for value in VALUES:
            path = re.sub(r"\{[^}]+\}", value, route.path)
            for method in route.methods or ():
                scope = scope_of(method, path)
                ours = index.route(scope)
                assert ours is asked_one_after_the_other(scope_of(method, path)), f"{method} {path}"
                found += ours is not None
    assert found > 2_000
    nothing = ("/", "/crm", "/crm/leads/", "/crm/leads/7/nothing", "/nothing/at/all", "//crm/leads", "")
    assert [index.route(scope_of("GET", path)) for path in nothing] == [None] * len(nothing)


def test_it_tells_the_handler_what_the_path_says() -> None:
    scope = scope_of("GET", "/crm/leads/12")
    RouteIndex(APIRouter(routes=ROUTES)).route(scope)
    assert scope["path_params"] == {"lead_id": "12"}
