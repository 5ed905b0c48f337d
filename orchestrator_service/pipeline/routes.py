"""`/crm/pipeline` (PRODUCT §12.2, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.pipeline.schemas import StagesView, StageView
from orchestrator_service.pipeline.stages import list_stages

router = APIRouter(prefix="/crm/pipeline", tags=["pipeline"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.PIPELINE_READ))]


@router.get("/stages", dependencies=[Depends(rate_limit("100/minute", scope="crm.pipeline"))])
@audit_access("pipeline.stages", subject="pipeline")
async def get_stages(database: Db, principal: Reader) -> StagesView:
    """The company's stages, first to last."""
    async with database.tenant(principal.tenant_id) as tx:
        stages = await list_stages(tx)
    return StagesView(items=[StageView.of(stage) for stage in stages])
