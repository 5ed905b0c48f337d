"""What the agenda asks of sellers: who can be booked, and the lock under which a booking is decided."""

from __future__ import annotations

from core.database import TenantTransaction
from core.resilience import optional
from orchestrator_service.sellers import repository
from orchestrator_service.sellers.models import Seller


async def active_sellers(tx: TenantTransaction) -> tuple[Seller, ...]:
    """The tenant's active sellers, by id; none while the module's table is missing (PRODUCT §2.5)."""

    async def query() -> tuple[Seller, ...]:
        return tuple(await repository.active_sellers(tx))

    return await optional(tx, query, missing=())


async def bookable_seller(tx: TenantTransaction, seller_id: int) -> Seller | None:
    """One of them; None for any other. A missing table is a refusal (409): whoever names a seller means to act."""
    return await repository.bookable_seller(tx, seller_id)


async def lock_seller(tx: TenantTransaction, seller_id: int) -> Seller | None:
    """The seller, whose bookings wait for this transaction from here on; None where there is none.

    Take this lock before any other of the transaction: every booking does, which is why none deadlock.
    """
    return await repository.lock_seller(tx, seller_id)
