"""`/crm/views`: the caller's saved views of the lead list (PRODUCT §12.1)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.views.keep import change_view, forget_view, keep_view, list_views
from orchestrator_service.views.schemas import NewViewBody, SavedViewsView, SavedViewView, ViewBody, stored

router = APIRouter(prefix="/crm/views", tags=["leads"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
_LIMITED = [Depends(rate_limit("60/minute", scope="crm.views"))]


@router.get("", dependencies=_LIMITED)
@audit_access("views.list", subject="views")
async def get_views(database: Db, principal: Reader) -> SavedViewsView:
    """The caller's views, oldest first: 50 at most."""
    async with database.tenant(principal.tenant_id) as tx:
        views = await list_views(tx, principal)
    return SavedViewsView(items=[SavedViewView.of(view) for view in views])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("views.create", subject="view")
async def post_view(request: Request, body: NewViewBody, database: Db, principal: Reader) -> SavedViewView:
    """Keep filters under a name; 409 `view_name_taken`, `too_many_views`."""
    async with database.tenant(principal.tenant_id) as tx:
        view = await keep_view(tx, principal, body.name, stored(body.filters))
    name_subject(request, f"view:{view.id}")
    return SavedViewView.of(view)


@router.patch("/{view_id}", dependencies=_LIMITED)
@audit_access("views.edit", subject="view")
async def patch_view(view_id: int, body: ViewBody, database: Db, principal: Reader) -> SavedViewView:
    """Rename a view or give it other filters; 409 `view_name_taken`."""
    filters = stored(body.filters) if body.filters is not None else None
    async with database.tenant(principal.tenant_id) as tx:
        return SavedViewView.of(await change_view(tx, principal, view_id, body.name, filters))


@router.delete("/{view_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("views.delete", subject="view")
async def delete_view(view_id: int, database: Db, principal: Reader) -> None:
    """Forget a view."""
    async with database.tenant(principal.tenant_id) as tx:
        await forget_view(tx, principal, view_id)
