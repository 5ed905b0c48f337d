"""`/crm/leads/{id}/standing` and `…/convert` (PRODUCT §9.3, §12.3)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.conversion.schemas import ConvertedView, StandingView
from orchestrator_service.conversion.standing import convert_by_hand, standing_of

router = APIRouter(prefix="/crm/leads", tags=["leads"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
Converter = Annotated[Principal, Depends(permit(Permission.CLIENTS_WRITE))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.standing"))]


@router.get("/{lead_id}/standing", dependencies=_LIMITED)
@audit_access("leads.standing", subject="lead")
async def get_standing(lead_id: int, database: Db, principal: Reader) -> StandingView:
    """What a lead lacks to be a client, and which messages its person does not want."""
    async with database.tenant(principal.tenant_id) as tx:
        return StandingView.model_validate(await standing_of(tx, principal, lead_id), from_attributes=True)


@router.post("/{lead_id}/convert", dependencies=_LIMITED)
@audit_access("leads.convert", subject="lead")
async def post_convert(lead_id: int, database: Db, door: Door, principal: Converter) -> ConvertedView:
    """Make a lead a client; 409 `lead_not_ready` names what is missing."""
    async with database.tenant(principal.tenant_id) as tx:
        done = await convert_by_hand(tx, principal, lead_id, door.clock())
    return ConvertedView(client_id=done.client_id, already=done.already)
