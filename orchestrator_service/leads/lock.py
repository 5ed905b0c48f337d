"""One lead at a time: the lock under which what may happen once to a lead is decided."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads import repository


async def lock_lead(tx: TenantTransaction, lead_id: int) -> repository.Lead | None:
    """The lead, whose changes wait for this transaction from here on; None where it is missing or deleted.

    A transaction that also locks a seller locks the seller first.
    """
    return await repository.lock_lead(tx, lead_id)


async def lock_any_lead(tx: TenantTransaction, lead_id: int) -> repository.Lead | None:
    """The same, a deleted lead too."""
    return await repository.lock_lead(tx, lead_id, binned=True)
