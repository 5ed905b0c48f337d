"""The routes of an app as it serves them: what the tests of access, audit and isolation walk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from orchestrator_service.audit.audited import AuditMark, audit_mark
from orchestrator_service.auth.dependencies import Permitted, authenticated, current_principal
from orchestrator_service.auth.permissions import Permission


@dataclass(frozen=True)
class LiveRoute:
    """One method of one path. `permissions` are all that it asks for; `logged_in` whether it asks for anybody.

    `bars_debtors`: not for an account that owes a second factor.
    """

    method: str
    path: str
    logged_in: bool
    bars_debtors: bool
    permissions: frozenset[Permission]
    mark: AuditMark | None

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.path


class _Context(Protocol):
    """The part of FastAPI's route context that is used."""

    path: str
    methods: set[str] | None
    endpoint: Callable[..., object]
    original_route: object
    dependant: Dependant


def live_routes(app: FastAPI) -> list[LiveRoute]:
    """Every route, those of included routers and those that are no API routes too (no dependencies: nobody asked)."""
    return [_read(context, method) for context, method in _methods(app)]


def _methods(app: FastAPI) -> Iterator[tuple[_Context, str]]:
    for found in iter_route_contexts(app.routes):
        context = cast("_Context", found)
        for method in sorted(context.methods or ()):
            if method != "HEAD":
                yield context, method


def _read(context: _Context, method: str) -> LiveRoute:
    calls = list(_calls(context.dependant)) if isinstance(context.original_route, APIRoute) else []
    return LiveRoute(
        method=method,
        path=context.path,
        logged_in=authenticated in calls,
        bars_debtors=current_principal in calls,
        permissions=frozenset(call.permission for call in calls if isinstance(call, Permitted)),
        mark=audit_mark(context.endpoint),
    )


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
