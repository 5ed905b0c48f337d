"""`POST /chat/conversations/{id}/qualification`: what somebody of the team concludes (PRODUCT §9.1, UI.md)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.qualify_by_hand import qualify_by_hand
from orchestrator_service.leads.edit import read_lead
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.schemas import LeadView

router = APIRouter(prefix="/chat/conversations", tags=["chat"], route_class=ModelRoute)

Writer = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_WRITE))]


@router.post(
    "/{conversation_id}/qualification", dependencies=[Depends(rate_limit("60/minute", scope="chat.qualification"))]
)
@audit_access("conversations.qualify", subject="conversation")
async def post_qualification(
    conversation_id: int, body: Qualification, database: Db, door: Door, principal: Writer
) -> LeadView:
    """Judge by hand how interested the person is; `evidence` is what that rests on, in the judge's words.

    422 `score_outside_band` where the score contradicts the interest. The lead as it is now.
    """
    async with database.tenant(principal.tenant_id) as tx:
        lead_id = await qualify_by_hand(tx, principal, conversation_id, body, door.clock())
        return LeadView.of(await read_lead(tx, principal, lead_id))
