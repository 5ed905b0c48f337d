"""A reason of lost leads is called otherwise: the leads that have it follow, so that reports keep them together."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.pipeline.reasons import LostReason, write_reason


async def change_reason(
    tx: TenantTransaction, reason_id: int, *, name: str | None = None, archived: bool | None = None
) -> LostReason:
    """Rename a reason, put it out of use or back. Raises NotFound, ReasonTaken."""
    before, after = await write_reason(tx, reason_id, name=name, archived=archived)
    if before.name != after.name:
        for lead_id in await repository.reword_lost(tx, was=before.name, became=after.name):
            await announce_lead_change(tx, lead_id, "lost_reason")
    return after
