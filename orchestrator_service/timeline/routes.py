"""`/crm/leads/{lead_id}/timeline` and the same of a client (PRODUCT §12.1, §12.3)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE, NEWEST, Page, moment_cursor, moment_of, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.timeline.of_client import OwnKind, timeline_of_client
from orchestrator_service.timeline.reading import Kind, timeline_of_lead
from orchestrator_service.timeline.schemas import ClientHappeningView, HappeningView

router = APIRouter(prefix="/crm/leads", tags=["leads"], route_class=ModelRoute)
clients_router = APIRouter(prefix="/crm", tags=["clients"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
ClientReader = Annotated[Principal, Depends(permit(Permission.CLIENTS_READ))]


@router.get("/{lead_id}/timeline", dependencies=[Depends(rate_limit("100/minute", scope="crm.timeline"))])
@audit_access("leads.timeline", subject="lead")
async def get_timeline(  # noqa: PLR0917 - FastAPI injects them
    lead_id: int,
    database: Db,
    principal: Reader,
    kind: Annotated[list[Kind] | None, Query(max_length=7)] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[HappeningView]:
    """What happened with a lead, newest first; `kind`, as often as wanted, keeps to those kinds."""
    before = moment_of(cursor) if cursor else (NEWEST, LARGEST_ID)
    async with database.tenant(principal.tenant_id) as tx:
        found = await timeline_of_lead(tx, principal, lead_id, kinds=kind or (), before=before, most=limit + 1)
    return page(found, limit, show=HappeningView.of, cursor=lambda one: moment_cursor(one.at, one.place))


_CLIENTS = [Depends(rate_limit("100/minute", scope="crm.timeline"))]


@clients_router.get("/clients/{client_id}/timeline", dependencies=_CLIENTS)
@clients_router.get("/patients/{client_id}/timeline", dependencies=_CLIENTS)
@audit_access("clients.timeline", subject="client")
async def get_client_timeline(  # noqa: PLR0917 - FastAPI injects them
    client_id: int,
    database: Db,
    principal: ClientReader,
    kind: Annotated[list[Kind | OwnKind] | None, Query(max_length=8)] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[ClientHappeningView]:
    """Chats, meetings, tasks, files and money of a client, newest first, each as far as the caller may see it."""
    before = moment_of(cursor) if cursor else (NEWEST, LARGEST_ID)
    async with database.tenant(principal.tenant_id) as tx:
        found = await timeline_of_client(tx, principal, client_id, kinds=kind or (), before=before, most=limit + 1)
    return page(found, limit, show=ClientHappeningView.of, cursor=lambda one: moment_cursor(one.at, one.place))
