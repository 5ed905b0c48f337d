"""`/crm/privacy`: a person's data handed out and erased, and what is kept how long (PRODUCT §12.8)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request as HttpRequest
from starlette.responses import StreamingResponse

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.resilience import optional
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, Store, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.privacy.begin import begin_erasure
from orchestrator_service.privacy.export import note_export, person_zip, read_person
from orchestrator_service.privacy.models import Request
from orchestrator_service.privacy.person import SQL, count_person, demand_confirmed, find_person, shown_as
from orchestrator_service.privacy.retention import count_due, read_rules, write_rules
from orchestrator_service.privacy.schemas import (
    ErasureBody,
    PersonDataView,
    PersonQuery,
    PrivacyRequestView,
    RetentionBody,
    RetentionDueView,
    RetentionView,
)

router = APIRouter(prefix="/crm/privacy", tags=["privacy"], route_class=ModelRoute)

Keeper = Annotated[Principal, Depends(permit(Permission.PRIVACY_ERASE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="crm.privacy"))]
_FEW = [Depends(rate_limit("10/minute", scope="crm.privacy.changes"))]


@router.get("/requests", dependencies=_LIMITED)
@audit_access("privacy.list", subject="privacy")
async def get_requests(
    database: Db,
    principal: Keeper,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[PrivacyRequestView]:
    """What was handed out and erased, newest first; nobody's name is in it."""
    before = id_before(cursor) if cursor else LARGEST_ID
    async with database.tenant(principal.tenant_id) as tx:
        found = await optional(
            tx, lambda: tx.all(SQL["list_requests"], Request, before_id=before, most=limit + 1), missing=list[Request]()
        )
    return page(found, limit, show=PrivacyRequestView.of, cursor=lambda one: id_cursor(one.id))


@router.get("/person", dependencies=_LIMITED)
@audit_access("privacy.preview", subject="privacy")
async def get_person(
    request: HttpRequest, database: Db, principal: Keeper, query: Annotated[PersonQuery, Query()]
) -> PersonDataView:
    """What an erasure would take away, what stays, and what has to be typed."""
    name_subject(request, query.named().subject)
    async with database.tenant(principal.tenant_id) as tx:
        person = await find_person(tx, query.named())
        return PersonDataView.of(await shown_as(tx, query.named()), await count_person(tx, person))


@router.get(
    "/export.zip",
    dependencies=_FEW,
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
)
@audit_access("privacy.export", subject="privacy")
async def get_export(
    request: HttpRequest, database: Db, principal: Keeper, store: Store, query: Annotated[PersonQuery, Query()]
) -> StreamingResponse:
    """Everything that is kept of a person, with their files; made while it is sent, and kept nowhere."""
    name_subject(request, query.named().subject)
    async with database.tenant(principal.tenant_id) as tx:
        person = await note_export(tx, query.named(), by=int(principal.user_id))
    headers = {"Content-Disposition": 'attachment; filename="person.zip"', "Cache-Control": "no-store"}
    kept = await read_person(database, int(principal.tenant_id), person)
    return StreamingResponse(person_zip(store, kept), media_type="application/zip", headers=headers)


@router.post("/erasures", status_code=status.HTTP_202_ACCEPTED, dependencies=_FEW)
@audit_access("privacy.erase", subject="privacy")
async def post_erasure(
    request: HttpRequest, body: ErasureBody, door: Door, database: Db, principal: Keeper
) -> PrivacyRequestView:
    """Erase a person: gone from every page at once, from everywhere within minutes. 422 `not_confirmed`."""
    named = body.named()
    name_subject(request, named.subject)
    async with database.tenant(principal.tenant_id) as tx:
        await find_person(tx, named)
        await demand_confirmed(tx, named, body.confirm)
        request_id = await begin_erasure(tx, named, now=door.clock(), by=int(principal.user_id))
        made = await tx.one(SQL["find_request"], Request, request_id=request_id)
    assert made is not None, "it was just made"
    return PrivacyRequestView.of(made)


@router.get("/retention", dependencies=_LIMITED)
@audit_access("privacy.read_retention", subject="privacy")
async def get_retention(database: Db, principal: Keeper) -> RetentionView:
    """How long the company keeps what."""
    async with database.tenant(principal.tenant_id) as tx:
        return RetentionView.of(await read_rules(tx))


@router.put("/retention", dependencies=_FEW)
@audit_access("privacy.write_retention", subject="privacy")
async def put_retention(body: RetentionBody, database: Db, principal: Keeper) -> RetentionView:
    """Keep things so long from now on; a little goes every hour."""
    async with database.tenant(principal.tenant_id) as tx:
        await write_rules(tx, body.rules(), by=int(principal.user_id))
    return RetentionView.of(body.rules())


@router.post("/retention/preview", dependencies=_LIMITED)
@audit_access("privacy.preview_retention", subject="privacy")
async def post_retention_preview(body: RetentionBody, door: Door, database: Db, principal: Keeper) -> RetentionDueView:
    """What would go under these rules; nothing is changed."""
    async with database.tenant(principal.tenant_id) as tx:
        return RetentionDueView.of(await count_due(tx, body.rules(), door.clock()))
