"""`/chat/templates` (PRODUCT §7.7, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.templates.schemas import SyncsView, SyncView, TemplateView
from orchestrator_service.templates.sync import list_syncs, list_templates, sync_templates

router = APIRouter(prefix="/chat/templates", tags=["templates"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.TEMPLATES_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.TEMPLATES_WRITE))]


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="chat.templates"))])
@audit_access("templates.list", subject="templates")
async def get_templates(
    database: Db,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[TemplateView]:
    """Every template of the company's numbers, newest first, whatever its state."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        templates = await list_templates(tx, before_id=before, most=limit + 1)
    return page(templates, limit, show=TemplateView.of, cursor=lambda template: id_cursor(template.id))


@router.get("/sync", dependencies=[Depends(rate_limit("100/minute", scope="chat.templates"))])
@audit_access("templates.sync_state", subject="templates")
async def get_sync(database: Db, principal: Reader) -> SyncsView:
    """When each number's templates were last asked for."""
    async with database.tenant(principal.tenant_id) as tx:
        return SyncsView(items=[SyncView.of(sync) for sync in await list_syncs(tx)])


@router.post(
    "/sync",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(rate_limit("10/minute", scope="chat.templates.sync"))],
)
@audit_access("templates.sync", subject="templates")
async def post_sync(door: Door, database: Db, principal: Writer) -> SyncsView:
    """Ask the provider for the templates of every active number; TEMPLATES_UPDATED tells when they are here."""
    async with database.tenant(principal.tenant_id) as tx:
        return SyncsView(items=[SyncView.of(sync) for sync in await sync_templates(tx, door.clock())])
