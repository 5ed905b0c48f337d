"""Whoever reads the accounts sees at once who is protected."""

from __future__ import annotations

from core.database import TenantTransaction
from core.outbox import emit


async def announce(tx: TenantTransaction, user_id: int) -> None:
    """Tell of the account at the commit of `tx`."""
    await emit(tx, "USER_UPDATED", {"id": user_id}, owner_user_id=None, audience="accounts")
