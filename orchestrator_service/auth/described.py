"""What the API's description says of credentials: which operations take an API key beside the session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute

from orchestrator_service.auth.api_keys import PREFIX
from orchestrator_service.auth.dependencies import Permitted, authenticated, by_session
from orchestrator_service.auth.permissions import NEVER_BY_KEY

if TYPE_CHECKING:
    from fastapi.dependencies.models import Dependant

SCHEME: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": f"{PREFIX}…",
    "description": "A scoped API key (docs/api-keys.md). It acts in its user's name; never send a cookie with it.",
}


def describe_keys(app: FastAPI) -> None:
    """Have `app.openapi()` name an API key beside the session wherever one will do."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is not None:
            return app.openapi_schema
        document = plain()
        document["components"]["securitySchemes"]["apiKey"] = SCHEME
        for route in app.routes:
            if isinstance(route, APIRoute) and route.include_in_schema and _takes_key(route):
                for method in route.methods or ():
                    document["paths"][route.path_format][method.lower()]["security"].append({"apiKey": []})
        return document

    app.openapi = described  # the framework's own way to change the description


def _takes_key(route: APIRoute) -> bool:
    calls = set(_calls(route.dependant))
    barred = any(isinstance(call, Permitted) and call.permission in NEVER_BY_KEY for call in calls)
    return authenticated in calls and by_session not in calls and not barred


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
