"""Forget published events (PRODUCT §13)."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from orchestrator_service.realtime.repository import prune_events


async def prune_published(tx: TenantTransaction, before: datetime) -> int:
    """Delete the tenant's events published before then; answers how many. Unpublished ones stay."""
    return await prune_events(tx, before)
