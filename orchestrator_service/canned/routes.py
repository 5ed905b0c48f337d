"""`/chat/canned-replies` (PRODUCT §12.0)."""

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
from orchestrator_service.canned.keep import change_canned, forget_canned, keep_canned, list_canned
from orchestrator_service.canned.schemas import CannedBody, CannedListView, CannedView

router = APIRouter(prefix="/chat/canned-replies", tags=["chat"], route_class=ModelRoute)

Writer = Annotated[Principal, Depends(permit(Permission.CANNED_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="chat.canned"))]


@router.get("", dependencies=_LIMITED)
@audit_access("canned.list", subject="canned_replies")
async def get_canned(database: Db, principal: Writer) -> CannedListView:
    """The company's replies and the caller's own, by shortcut."""
    async with database.tenant(principal.tenant_id) as tx:
        kept = await list_canned(tx, principal)
    return CannedListView(items=[CannedView.of(one) for one in kept])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("canned.create", subject="canned_reply")
async def post_canned(request: Request, body: CannedBody, database: Db, principal: Writer) -> CannedView:
    """Keep a reply. 422 `unknown_variable`; 409 `shortcut_taken`, `too_many_canned`; 403 for one of the company's."""
    async with database.tenant(principal.tenant_id) as tx:
        kept = await keep_canned(tx, principal, body.wording())
    name_subject(request, f"canned_reply:{kept.id}")
    return CannedView.of(kept)


@router.put("/{canned_id}", dependencies=_LIMITED)
@audit_access("canned.edit", subject="canned_reply")
async def put_canned(canned_id: int, body: CannedBody, database: Db, principal: Writer) -> CannedView:
    """Change a reply; refusals as when one is kept."""
    async with database.tenant(principal.tenant_id) as tx:
        return CannedView.of(await change_canned(tx, principal, canned_id, body.wording()))


@router.delete("/{canned_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("canned.delete", subject="canned_reply")
async def delete_canned(canned_id: int, database: Db, principal: Writer) -> None:
    """Forget a reply."""
    async with database.tenant(principal.tenant_id) as tx:
        await forget_canned(tx, principal, canned_id)
