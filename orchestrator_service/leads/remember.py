"""A lead's timeline, for slices above that change what hangs on it."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads import repository


async def remember_change(
    tx: TenantTransaction, lead_id: int, field: str, *, was: object, became: object, user_id: int | None
) -> None:
    """Keep who changed what of a lead."""
    await repository.record_change(tx, lead_id, field, was=was, became=became, user_id=user_id)
