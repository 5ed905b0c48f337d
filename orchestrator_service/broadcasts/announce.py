"""BROADCAST_UPDATED: whoever watches a broadcast asks anew. It names nobody."""

from __future__ import annotations

from core.database import TenantTransaction
from core.outbox import emit


async def announce_broadcast(tx: TenantTransaction, broadcast_id: int) -> None:
    """Tell that one has moved; those who read accounts, the ceo, hear of it."""
    await emit(tx, "BROADCAST_UPDATED", {"id": broadcast_id}, owner_user_id=None, audience="accounts")
