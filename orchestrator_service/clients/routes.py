"""`/crm/clients`, and the same under `/crm/patients`, the name that clinics use (PRODUCT §6.3)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.clients.edit import add_client, edit_client, put_away, write_contacts
from orchestrator_service.clients.reading import count_clients, list_clients, read_record
from orchestrator_service.clients.schemas import (
    ClientBody,
    ClientContactsBody,
    ClientContactsView,
    ClientContactView,
    ClientFilters,
    ClientQuery,
    ClientRecordView,
    ClientsCountView,
    ClientView,
    NewClientBody,
)

router = APIRouter(prefix="/crm", tags=["clients"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.CLIENTS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.CLIENTS_WRITE))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.clients"))]  # one count for one resource, by either name


@router.get("/clients", dependencies=_LIMITED)
@router.get("/patients", dependencies=_LIMITED)
@audit_access("clients.list", subject="clients")
async def get_clients(database: Db, principal: Reader, wanted: Annotated[ClientQuery, Query()]) -> Page[ClientView]:
    """The clients of the caller's scope, newest first; `deleted` those that were put away."""
    before = id_before(wanted.cursor)
    async with database.tenant(principal.tenant_id) as tx:
        clients = await list_clients(tx, principal, wanted.wanted(), before_id=before, most=wanted.limit + 1)
    return page(clients, wanted.limit, show=ClientView.of, cursor=lambda client: id_cursor(client.id))


@router.get("/clients/count", dependencies=_LIMITED)
@router.get("/patients/count", dependencies=_LIMITED)
@audit_access("clients.count", subject="clients")
async def get_count(database: Db, principal: Reader, wanted: Annotated[ClientFilters, Query()]) -> ClientsCountView:
    """How many clients of the caller's scope there are."""
    async with database.tenant(principal.tenant_id) as tx:
        return ClientsCountView(count=await count_clients(tx, principal, wanted.wanted()))


@router.post("/clients", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@router.post("/patients", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("clients.create", subject="client")
async def post_client(request: Request, body: NewClientBody, database: Db, principal: Writer, door: Door) -> ClientView:
    """A client that was no lead; without an owner it is the caller's, where the caller sees own records only."""
    async with database.tenant(principal.tenant_id) as tx:
        client = await add_client(tx, principal, body.fields(), door.clock())
    name_subject(request, f"client:{client.id}")
    return ClientView.of(client)


@router.get("/clients/{client_id}")
@router.get("/patients/{client_id}")
@audit_access("clients.read", subject="client")
async def get_client(client_id: int, database: Db, principal: Reader) -> ClientRecordView:
    """One client with its persons, a deleted one too; what it paid for whoever reads money."""
    async with database.tenant(principal.tenant_id) as tx:
        return ClientRecordView.whole(await read_record(tx, principal, client_id))


@router.patch("/clients/{client_id}", dependencies=_LIMITED)
@router.patch("/patients/{client_id}", dependencies=_LIMITED)
@audit_access("clients.edit", subject="client")
async def patch_client(client_id: int, body: ClientBody, database: Db, principal: Writer) -> ClientView:
    """Edit a client; 409 `client_deleted` where it was put away."""
    async with database.tenant(principal.tenant_id) as tx:
        return ClientView.of(await edit_client(tx, principal, client_id, body.given()))


@router.put("/clients/{client_id}/contacts", dependencies=_LIMITED)
@router.put("/patients/{client_id}/contacts", dependencies=_LIMITED)
@audit_access("clients.edit", subject="client")
async def put_contacts(client_id: int, body: ClientContactsBody, database: Db, principal: Writer) -> ClientContactsView:
    """The persons of a client, all of them, in their order."""
    wanted = [item.contact() for item in body.items]
    async with database.tenant(principal.tenant_id) as tx:
        contacts = await write_contacts(tx, principal, client_id, wanted)
    return ClientContactsView(items=[ClientContactView.of(contact) for contact in contacts])


@router.delete("/clients/{client_id}", dependencies=_LIMITED)
@router.delete("/patients/{client_id}", dependencies=_LIMITED)
@audit_access("clients.delete", subject="client")
async def delete_client(client_id: int, database: Db, principal: Writer) -> ClientView:
    """Put a client away: it can be restored, and its money and history stay."""
    async with database.tenant(principal.tenant_id) as tx:
        return ClientView.of(await put_away(tx, principal, client_id, deleted=True))


@router.post("/clients/{client_id}/restore", dependencies=_LIMITED)
@router.post("/patients/{client_id}/restore", dependencies=_LIMITED)
@audit_access("clients.restore", subject="client")
async def post_restore(client_id: int, database: Db, principal: Writer) -> ClientView:
    """Take a client out again."""
    async with database.tenant(principal.tenant_id) as tx:
        return ClientView.of(await put_away(tx, principal, client_id, deleted=False))
