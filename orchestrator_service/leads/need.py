"""What a lead said they need: decides which seller fits."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads.repository import find_lead


async def need_of(tx: TenantTransaction, lead_id: int | None) -> str | None:
    """In the lead's own words; None where nobody knows."""
    lead = await find_lead(tx, lead_id) if lead_id is not None else None
    return lead.need if lead else None
