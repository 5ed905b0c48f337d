"""Default deny: a route that asks for nobody, or shows people's data unaudited, does not pass."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI

from core.principal import Principal
from orchestrator_service.audit.audited import AuditMark, audit_access
from orchestrator_service.auth.dependencies import LoggedIn, permit
from orchestrator_service.auth.permissions import Permission
from tests.support.api import Api
from tests.support.live_routes import LiveRoute, live_routes

# Everybody may ask these; nothing of a company is in their answers.
PUBLIC = {
    ("POST", "/auth/login"): "how one gets in",
    ("POST", "/auth/login/code"): "how one gets in with a second factor; its challenge names the account",
    ("POST", "/auth/register"): "how one asks to be let in",
    ("POST", "/auth/forgot"): "how one says that a password is forgotten; the answer tells nothing",
    ("POST", "/auth/link"): "whom a signed link is for, told to its holder",
    ("POST", "/auth/reset"): "a new password by a signed link that works once",
    ("POST", "/auth/invitation"): "accepting an invitation by a signed link that works once",
    ("POST", "/demo/logins"): "how one gets into a demo on this machine, with the token that its start printed",
    ("GET", "/healthz"): "whether the process lives",
    ("GET", "/readyz"): "whether it can work",
    ("GET", "/openapi.json"): "the description of the API",
    ("GET", "/m/page.css"): "how customers' pages look",
    ("GET", "/m/{token}"): "a meeting, told to the holder of its signed link",
    ("GET", "/m/{token}/meeting.ics"): "as above",
    ("GET", "/m/{token}/photo"): "as above: who it is with",
    ("GET", "/m/{token}/times"): "as above",
    ("GET", "/m/{token}/cancel"): "as above",
    ("POST", "/m/{token}/move"): "the same holder's own meeting, by a link that acts once",
    ("POST", "/m/{token}/cancel"): "as above",
    ("GET", "/f/page.css"): "how public forms look",
    ("GET", "/f/{key}"): "a form that a company shows to everybody",
    ("GET", "/f/{key}/thanks"): "as above; the same for everybody",
    ("POST", "/f/{key}"): "what anybody may tell a company; the answer says nothing of whom it knows",
    ("POST", "/in/{key}"): "leads of another system, which its signature admits",
}
# Logged in is enough: what they show and change is the caller's own.
OWN = {
    ("POST", "/mcp"): "API keys alone; each tool asks for its permission (test_mcp.py)",
    ("GET", "/auth/me"): "one's own account",
    ("POST", "/auth/logout"): "one's own session",
    ("POST", "/auth/password"): "one's own password, for whoever knows the old one",
    ("GET", "/auth/sessions"): "one's own sessions",
    ("DELETE", "/auth/sessions/{session_id}"): "one's own session",
    ("GET", "/auth/totp"): "one's own second factor",
    ("POST", "/auth/totp"): "as above",
    ("POST", "/auth/totp/confirm"): "as above",
    ("POST", "/auth/totp/off"): "as above",
    ("POST", "/auth/totp/recovery-codes"): "as above",
    ("GET", "/demo/simulator"): "the phone of the demo company, whose customers are invented, for its own people",
    ("GET", "/notifications"): "one's own bell: what was addressed to the caller",
    ("GET", "/notifications/summary"): "how much of it is new",
    ("POST", "/notifications/read"): "what the caller has looked at of it",
    ("GET", "/notifications/push"): "one's own browsers",
    ("POST", "/notifications/push"): "as above",
    ("DELETE", "/notifications/push/{device_id}"): "as above",
    ("GET", "/notifications/alerts"): "how one wants to be told outside the app",
    ("PUT", "/notifications/alerts"): "as above",
}
# Not audited, though it asks for somebody.
UNAUDITED = {
    ("POST", "/mcp"): "each call of a tool is a line of its own, with the tool and the key (test_mcp.py)",
    ("GET", "/auth/me"): "the caller's own name, asked for at every page load",
    ("GET", "/auth/roles"): "the permission table, which names nobody",
    (
        "GET",
        "/admin/core/audit/news",
    ): "a figure without anybody's name; an open page asks every half minute, and each answer would be its own news",
    ("GET", "/notifications/summary"): "two figures without anybody's name, asked for at every page load",
}


def open_routes(routes: list[LiveRoute]) -> list[str]:
    """Routes without a permission that no list excuses."""
    return [
        f"{route.method} {route.path}"
        for route in routes
        if not route.permissions and route.key not in PUBLIC and not (route.logged_in and route.key in OWN)
    ]


def unaudited_routes(routes: list[LiveRoute]) -> list[str]:
    return [
        f"{route.method} {route.path}"
        for route in routes
        if route.mark is None and route.key not in PUBLIC and route.key not in UNAUDITED
    ]


def test_every_route_asks_for_a_permission(api: Api) -> None:
    assert open_routes(live_routes(api.app)) == []


def test_every_route_that_shows_or_changes_people_is_audited(api: Api) -> None:
    assert unaudited_routes(live_routes(api.app)) == []


def test_the_lists_of_exceptions_hold_nothing_that_is_gone(api: Api) -> None:
    assert {*PUBLIC, *OWN, *UNAUDITED} <= {route.key for route in live_routes(api.app)}


@pytest.fixture
def careless() -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    router = APIRouter(prefix="/crm")

    @router.get("/open")
    async def get_open() -> None: ...

    @router.get("/logged-in")
    @audit_access("x")
    async def get_logged_in(principal: LoggedIn) -> None: ...

    @router.get("/fine")
    @audit_access("y", subject="lead")
    async def get_fine(principal: Annotated[Principal, Depends(permit(Permission.LEADS_READ))]) -> None: ...

    app.include_router(router)
    return app


def test_a_route_that_asks_for_nobody_is_found(careless: FastAPI) -> None:
    assert open_routes(live_routes(careless)) == ["GET /crm/open", "GET /crm/logged-in"]


def test_a_route_without_a_mark_is_found(careless: FastAPI) -> None:
    routes = live_routes(careless)
    assert unaudited_routes(routes) == ["GET /crm/open"]
    assert [route.mark for route in routes] == [None, AuditMark("x", None), AuditMark("y", "lead")]
