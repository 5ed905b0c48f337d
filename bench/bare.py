"""Our own handlers without what surrounds them: no session, limit, audit or headers. Only the bench serves it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import FastAPI, Query, Response

from core.database import Database, open_database
from core.paging import LARGEST_ID, Page, id_cursor, page
from core.principal import Principal, TenantId, UserId
from orchestrator_service.leads.edit import create_lead, list_leads, read_lead
from orchestrator_service.leads.schemas import LeadView, ListQuery, NewLeadBody

PAGE = 50


def _ceo(tenant_id: int) -> Principal:
    return Principal(TenantId(tenant_id), UserId(1), "ceo")


def app() -> FastAPI:
    """Factory for uvicorn. The company is part of the path: nobody is logged in here."""

    @contextlib.asynccontextmanager
    async def lifespan(api: FastAPI) -> AsyncGenerator[None]:
        api.state.database = await open_database(os.environ["DATABASE_URL"], application="nexus-bench-bare")
        yield
        await api.state.database.close()

    api = FastAPI(lifespan=lifespan, openapi_url=None)

    def database() -> Database:
        return api.state.database

    async def get_health() -> Response:
        return Response()

    async def get_leads(tenant_id: int, wanted: Annotated[ListQuery, Query()]) -> Page[LeadView]:
        async with database().tenant(tenant_id) as tx:
            leads = await list_leads(tx, _ceo(tenant_id), wanted.wanted(), before_id=LARGEST_ID, most=wanted.limit + 1)
        return page(leads, wanted.limit, show=LeadView.of, cursor=lambda lead: id_cursor(lead.id))

    async def get_lead(tenant_id: int, lead_id: int) -> LeadView:
        async with database().tenant(tenant_id) as tx:
            return LeadView.of(await read_lead(tx, _ceo(tenant_id), lead_id))

    async def post_lead(tenant_id: int, body: NewLeadBody) -> LeadView:
        async with database().tenant(tenant_id) as tx:
            return LeadView.of(await create_lead(tx, _ceo(tenant_id), body.fields()))

    api.get("/healthz")(get_health)
    api.get("/{tenant_id}/leads")(get_leads)
    api.get("/{tenant_id}/leads/{lead_id}")(get_lead)
    api.post("/{tenant_id}/leads", status_code=201)(post_lead)
    return api
