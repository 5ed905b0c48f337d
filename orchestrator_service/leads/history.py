"""Who changed where a lead stands or whose it is, for slices above that do so."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads import repository


async def record_change(
    tx: TenantTransaction, lead_id: int, field: str, *, was: object, became: object, user_id: int
) -> None:
    """Keep a change of `stage_key`, `owner_user_id` or `lost_reason` for the lead's timeline."""
    await repository.record_change(tx, lead_id, field, was=was, became=became, user_id=user_id)
