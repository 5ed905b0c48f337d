"""The audit of requests: whatever the handler's arguments and whatever came of it; and never silently lost."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI
from starlette.requests import Request

from core.database import Database
from core.database_errors import DatabaseUnavailable
from core.errors import NotFound
from core.principal import Principal, TenantId, UserId
from core.problems import install_problems
from core.request_id import RequestIdMiddleware
from core.system_events import Severity
from orchestrator_service.audit.audited import AuditMiddleware, audit_access, name_subject
from orchestrator_service.audit.read_log import AuditFilter, AuditLine, read_log
from tests.support.api import Api
from tests.support.factories import make_tenant


class Doors:
    """The database of the app under test, and whether it can be reached for the audit."""

    def __init__(self, database: Database, tenant: TenantId) -> None:
        self.database = database
        self.tenant = tenant
        self.broken = False
        self.changes = 0

    def __call__(self) -> Database:
        if self.broken:
            raise DatabaseUnavailable
        return self.database


def known(request: Request) -> Principal:
    """Stands in for authentication."""
    doors: Doors = request.app.state.doors
    principal = Principal(doors.tenant, UserId(7), "closer")
    request.state.principal = principal
    return principal


Known = Annotated[Principal, Depends(known)]


def make_app(doors: Doors) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.doors = doors

    @app.get("/nothing", dependencies=[Depends(known)])
    @audit_access("nothing.read")
    async def get_nothing() -> str:
        return "secret"

    @app.get("/sync/{lead_id}")
    @audit_access("sync.read", subject="lead")
    def get_sync(lead_id: int, principal: Known) -> str:
        del lead_id, principal
        return "secret"

    @app.get("/missing/{lead_id}")
    @audit_access("missing.read", subject="lead")
    async def get_missing(lead_id: int, principal: Known) -> str:
        del lead_id, principal
        raise NotFound

    @app.get("/broken")
    @audit_access("broken.read")
    async def get_broken(principal: Known) -> str:
        del principal
        raise ZeroDivisionError

    @app.post("/changes")
    @audit_access("changes.write")
    async def post_changes(request: Request, principal: Known) -> str:
        del principal
        doors.changes += 1
        name_subject(request, "lead:12")
        return "done"

    @app.get("/strangers")
    @audit_access("strangers.read")
    async def get_strangers() -> str:
        return "public"

    install_problems(app)
    app.add_middleware(AuditMiddleware, database=doors)
    app.add_middleware(RequestIdMiddleware)
    return app


@pytest.fixture
async def doors(db: Database) -> Doors:
    return Doors(db, await make_tenant(db))


@pytest.fixture
async def browser(doors: Doors) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(make_app(doors), client=("198.51.100.9", 1), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def lines(doors: Doors) -> list[AuditLine]:
    async with doors.database.tenant(doors.tenant) as tx:
        found = await read_log(tx, AuditFilter(user_id=7), before_id=2**62, most=100)
    return found[::-1]


@pytest.mark.parametrize(
    ("method", "path", "action", "subject", "status", "severity"),
    [
        ("GET", "/nothing", "nothing.read", None, 200, "info"),
        ("GET", "/sync/4", "sync.read", "lead:4", 200, "info"),
        ("GET", "/sync/x", "sync.read", "lead:x", 404, "warning"),
        ("GET", "/missing/5", "missing.read", "lead:5", 404, "warning"),
        ("GET", "/broken", "broken.read", None, 500, "error"),
        ("POST", "/changes", "changes.write", "lead:12", 200, "info"),
    ],
)
async def test_a_marked_route_is_written_down_whatever_its_handler_takes_and_does(  # noqa: PLR0917 - a table
    browser: httpx.AsyncClient,
    doors: Doors,
    method: str,
    path: str,
    action: str,
    subject: str | None,
    status: int,
    severity: Severity,
) -> None:
    answer = await browser.request(method, path, headers={"X-Request-ID": "request-0001"})
    assert answer.status_code == status
    (line,) = await lines(doors)
    assert (line.action, line.subject, line.severity) == (action, subject, severity)
    assert (line.request_id, line.address) == ("request-0001", "198.51.100.9")
    assert line.detail == {"method": method, "status": status}


async def test_a_stranger_leaves_no_line_in_any_company(browser: httpx.AsyncClient, doors: Doors) -> None:
    assert (await browser.get("/strangers")).status_code == 200
    assert await lines(doors) == []


async def test_a_read_that_cannot_be_written_down_is_not_answered(browser: httpx.AsyncClient, doors: Doors) -> None:
    doors.broken = True
    answer = await browser.get("/nothing")
    assert answer.status_code == 503
    assert "secret" not in answer.text


async def test_a_change_that_is_done_is_answered_even_where_its_line_is_lost(
    browser: httpx.AsyncClient, doors: Doors
) -> None:
    doors.broken = True
    answer = await browser.post("/changes")
    assert (answer.status_code, answer.json(), doors.changes) == (200, "done", 1)


async def test_the_ceo_filters_the_log_and_pages_through_it(api: Api) -> None:
    tenant = await make_tenant(api.db)
    boss, ana = await api.member(tenant, "ceo"), await api.member(tenant, "closer")
    async with api.browser(await api.session(ana)) as closer, api.browser(await api.session(boss)) as ceo:
        for number in (1, 2, 3):
            await closer.get(f"/crm/leads/{number}")
        await closer.get("/admin/core/audit/logs")

        async def asked(**query: str | int) -> list[str]:
            found = (await ceo.get("/admin/core/audit/logs", params=query)).json()["items"]
            return [f"{line['action']} {line['subject']} {line['severity']}" for line in found]

        reads = [f"leads.read lead:{number} warning" for number in (3, 2, 1)]
        assert await asked(action="leads.read") == reads
        assert await asked(user_id=ana.user_id, severity="warning") == ["audit.read audit warning", *reads]
        assert await asked(user_id=boss.user_id, action="leads.read") == []
        assert await asked(action="leads.read", since="2100-01-01T00:00:00Z") == []
        assert await asked(action="leads.read", until="2020-01-01T00:00:00Z") == []
        first = (await ceo.get("/admin/core/audit/logs", params={"action": "leads.read", "limit": 2})).json()
        rest = await asked(action="leads.read", limit=2, cursor=first["next_cursor"])
        assert (len(first["items"]), rest) == (2, reads[2:])
