"""Removing a stage: its leads go to another one first, each told of, all or none."""

from __future__ import annotations

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.principal import Principal
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.pipeline.arrange import StageNeeded, check_stages, tell_arranged
from orchestrator_service.pipeline.stages import Stage, list_stages, lock_stages, open_stage, remove_stage


class OtherKind(Conflict):
    """Leads are not won, lost or opened again by tidying up: they go to a stage of the same kind."""

    code = "stage_other_kind"
    title = "Other Kind of Stage"


async def retire_stage(tx: TenantTransaction, principal: Principal, stage_id: int, *, move_to: int) -> list[Stage]:
    """Take a stage away and answer those that are left; its leads are in `move_to` from now on.

    The company's own rule of moves does not hold them. Raises NotFound, OtherKind, StageNeeded.
    """
    current = await lock_stages(tx)
    known = {stage.id: stage for stage in current}
    gone, target = known.get(stage_id), known.get(move_to)
    if gone is None or target is None:
        raise NotFound
    if gone.id == target.id:
        raise StageNeeded("name another stage for its leads")
    if gone.kind != target.kind:
        raise OtherKind("move its leads to a stage of the same kind")
    check_stages([stage for stage in current if stage.id != gone.id])
    await open_stage(tx, gone.key)
    for lead_id in await repository.move_out(tx, gone.key, target.key, user_id=principal.user_id):
        await announce_lead_change(tx, lead_id, "stage_key")
    await remove_stage(tx, gone.id)
    left = await list_stages(tx)
    await tell_arranged(tx, principal, current, left)
    return left
