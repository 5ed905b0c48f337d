"""No dependency of a route is run in a thread: each such trip costs more than the dependency itself."""

from __future__ import annotations

from inspect import iscoroutinefunction

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from orchestrator_service.routers import ROUTERS


def calls(dependant: Dependant) -> list[object]:
    """Everything that a route asks for before its handler, however deep."""
    return [call for inner in dependant.dependencies for call in (inner.call, *calls(inner))]


def is_coroutine(call: object) -> bool:
    return iscoroutinefunction(call) or iscoroutinefunction(type(call).__call__)


def test_every_dependency_is_a_coroutine() -> None:
    asked = {
        call
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for call in calls(route.dependant)
    }
    assert len(asked) > 10
    assert [call for call in asked if not is_coroutine(call)] == []
