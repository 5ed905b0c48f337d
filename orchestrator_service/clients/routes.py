"""`/crm/clients`, and the same under `/crm/patients`, the name that clinics use (PRODUCT §6.3)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.clients.reading import list_clients, read_client
from orchestrator_service.clients.schemas import ClientView

router = APIRouter(prefix="/crm", tags=["clients"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.CLIENTS_READ))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.clients"))]  # one count for one resource, by either name


@router.get("/clients", dependencies=_LIMITED)
@router.get("/patients", dependencies=_LIMITED)
@audit_access("clients.list", subject="clients")
async def get_clients(
    database: Db,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[ClientView]:
    """The clients of the caller's scope, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        clients = await list_clients(tx, principal, before_id=before, most=limit + 1)
    return page(clients, limit, show=ClientView.of, cursor=lambda client: id_cursor(client.id))


@router.get("/clients/{client_id}")
@router.get("/patients/{client_id}")
@audit_access("clients.read", subject="client")
async def get_client(client_id: int, database: Db, principal: Reader) -> ClientView:
    """One client."""
    async with database.tenant(principal.tenant_id) as tx:
        return ClientView.of(await read_client(tx, principal, client_id))
