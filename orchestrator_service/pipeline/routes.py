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
from orchestrator_service.pipeline.arrange import arrange_stages
from orchestrator_service.pipeline.schemas import StagesBody, StagesView
from orchestrator_service.pipeline.stages import list_stages

router = APIRouter(prefix="/crm/pipeline", tags=["pipeline"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.PIPELINE_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.PIPELINE_WRITE))]


@router.get("/stages", dependencies=[Depends(rate_limit("100/minute", scope="crm.pipeline"))])
@audit_access("pipeline.stages", subject="pipeline")
async def get_stages(database: Db, principal: Reader) -> StagesView:
    """The company's stages, first to last."""
    async with database.tenant(principal.tenant_id) as tx:
        return StagesView.of(await list_stages(tx))


@router.put("/stages", dependencies=[Depends(rate_limit("60/minute", scope="crm.pipeline.write"))])
@audit_access("pipeline.arrange", subject="pipeline")
async def put_stages(body: StagesBody, database: Db, principal: Writer) -> StagesView:
    """Name, order and limit the stages, add some, and say where leads may not go from each.

    409 `settings_changed`, `other_stages`, `stage_order`, `stage_needed`, `stage_limit`, `stage_name_twice`.
    """
    wanted = [stage.wanted() for stage in body.stages]
    async with database.tenant(principal.tenant_id) as tx:
        return StagesView.of(await arrange_stages(tx, principal, wanted, seen=body.version))
