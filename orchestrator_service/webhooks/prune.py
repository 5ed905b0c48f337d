"""The log of deliveries is kept a week, dead letters a month: then nobody replays them any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from core.database import TenantTransaction
from core.resilience import optional
from orchestrator_service.webhooks.repository import prune_deliveries

SENT: Final = timedelta(days=7)
DEAD: Final = timedelta(days=30)


async def prune_log(tx: TenantTransaction, now: datetime) -> int:
    """How many deliveries are forgotten, with their attempts."""
    query = partial(prune_deliveries, tx, sent_before=now - SENT, dead_before=now - DEAD)
    return await optional(tx, query, missing=0)
