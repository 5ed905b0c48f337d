"""Conversion without the agent: the same criteria after each change that may fulfil them (PRODUCT §9.5).

Whoever qualifies, books, records a sale or changes a stage calls it: the agent's tools and the routes, which stand
above this layer. The slices below (leads, agenda, accounting) cannot and do not.
"""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from orchestrator_service.conversion.convert import Converted, convert_to_client
from orchestrator_service.leads.advance import is_lost


async def convert_if_ready(tx: TenantTransaction, lead_id: int, now: datetime) -> Converted | None:
    """Convert the lead where its tenant's criteria hold; None where they do not yet.

    A lead that someone gave up stays lost: only an explicit conversion brings it back. Call it after the change, in
    the same transaction. Raises NotFound for a missing or deleted lead.
    """
    if await is_lost(tx, lead_id):
        return None
    outcome = await convert_to_client(tx, lead_id=lead_id, now=now)
    return outcome if isinstance(outcome, Converted) else None
