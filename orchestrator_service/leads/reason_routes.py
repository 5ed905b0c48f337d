"""`/crm/pipeline/lost-reasons`: the company's list of why leads are lost (PRODUCT §12.2)."""

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
from orchestrator_service.leads.change_reason import change_reason
from orchestrator_service.pipeline.reason_schemas import (
    LostReasonBody,
    LostReasonOrderBody,
    LostReasonsView,
    LostReasonView,
    NewLostReasonBody,
)
from orchestrator_service.pipeline.reasons import add_reason, list_reasons, order_reasons

router = APIRouter(prefix="/crm/pipeline/lost-reasons", tags=["pipeline"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.PIPELINE_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.PIPELINE_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="crm.lost_reasons"))]


@router.get("", dependencies=_LIMITED)
@audit_access("lost_reasons.list", subject="lost_reasons")
async def get_reasons(database: Db, principal: Reader) -> LostReasonsView:
    """Why leads are lost: every reason in its order, archived ones last."""
    async with database.tenant(principal.tenant_id) as tx:
        return LostReasonsView.of(await list_reasons(tx))


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("lost_reasons.create", subject="lost_reason")
async def post_reason(request: Request, body: NewLostReasonBody, database: Db, principal: Writer) -> LostReasonView:
    """Add a reason at the end; 409 `reason_taken` (upper and lower case are alike), `too_many_reasons`."""
    async with database.tenant(principal.tenant_id) as tx:
        reason = await add_reason(tx, body.name)
    name_subject(request, f"lost_reason:{reason.id}")
    return LostReasonView.of(reason)


@router.put("/order", dependencies=_LIMITED)
@audit_access("lost_reasons.order", subject="lost_reasons")
async def put_order(body: LostReasonOrderBody, database: Db, principal: Writer) -> LostReasonsView:
    """Put the reasons in use in this order; 409 `reasons_changed` where these are not all of them."""
    async with database.tenant(principal.tenant_id) as tx:
        return LostReasonsView.of(await order_reasons(tx, body.ids))


@router.patch("/{reason_id}", dependencies=_LIMITED)
@audit_access("lost_reasons.edit", subject="lost_reason")
async def patch_reason(reason_id: int, body: LostReasonBody, database: Db, principal: Writer) -> LostReasonView:
    """Rename, archive, bring back; leads that have the reason follow its new name. 409 `reason_taken`."""
    async with database.tenant(principal.tenant_id) as tx:
        return LostReasonView.of(await change_reason(tx, reason_id, name=body.name, archived=body.archived))
