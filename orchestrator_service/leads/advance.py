"""Where a lead stands in the pipeline, and moving it forward. The caller announces the change with its own."""

from __future__ import annotations

from typing import Final

from core.database import TenantTransaction
from orchestrator_service.leads import repository

MEETING_STAGE: Final = "meeting"


async def advance_lead(tx: TenantTransaction, lead_id: int, stage_key: str) -> bool:
    """Move a lead forward; False where that would be back, where it is won or lost, or without such a stage.

    False as well where the company's pipeline lets no lead go there from where it is.
    """
    return await repository.advance_stage(tx, lead_id, stage_key)


async def win_lead(tx: TenantTransaction, lead_id: int) -> bool:
    """Move a lead, a lost one too, to won; False where it is there already or the tenant has no such stage."""
    return await repository.win_lead(tx, lead_id)


async def may_win(tx: TenantTransaction, stage_key: str) -> bool:
    """Whether the pipeline lets leads go from that stage to won."""
    return not await repository.closed_move(tx, stage_key, None)


async def is_lost(tx: TenantTransaction, lead_id: int) -> bool:
    """Whether someone has given the lead up."""
    return await repository.stage_kind(tx, lead_id) == "lost"
