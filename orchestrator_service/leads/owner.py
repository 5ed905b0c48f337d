"""Whose lead it is: decides who hears of what hangs on it."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads.repository import find_lead


async def owner_of(tx: TenantTransaction, lead_id: int | None) -> int | None:
    """The owner's user id; None for an unassigned lead or none at all."""
    lead = await find_lead(tx, lead_id) if lead_id is not None else None
    return lead.owner_user_id if lead else None
