"""What the API's description says of credentials: which operations take a session, which an API key too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute

from orchestrator_service.auth.api_keys import PREFIX
from orchestrator_service.auth.dependencies import Permitted, authenticated, by_session
from orchestrator_service.auth.permissions import NEVER_BY_KEY
from orchestrator_service.auth.tokens import SECURE_COOKIE

if TYPE_CHECKING:
    from fastapi.dependencies.models import Dependant

SCHEMES: Final = {
    "apiKey": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": f"{PREFIX}…",
        "description": "A scoped API key (docs/api-keys.md). It acts in its user's name; never send a cookie with it.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": SECURE_COOKIE,
        "description": "Set by logging in. Unsafe requests also need `X-Nexus-CSRF: 1` and an allowed origin.",
    },
}


def describe_credentials(app: FastAPI) -> None:
    """Have `app.openapi()` name the credentials of each operation."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            document.setdefault("components", {})["securitySchemes"] = SCHEMES
            for route in app.routes:
                if isinstance(route, APIRoute) and route.include_in_schema:
                    for method in route.methods or ():
                        _name(document["paths"][route.path_format][method.lower()], route)
        assert app.openapi_schema is not None, "the framework keeps what it made"
        return app.openapi_schema

    app.openapi = described  # the framework's own way to change the description


def _name(operation: dict[str, Any], route: APIRoute) -> None:
    calls = set(_calls(route.dependant))
    if authenticated not in calls:
        return
    barred = by_session in calls or any(
        isinstance(call, Permitted) and call.permission in NEVER_BY_KEY for call in calls
    )
    operation["security"] = [{"session": []}] if barred else [{"session": []}, {"apiKey": []}]


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
