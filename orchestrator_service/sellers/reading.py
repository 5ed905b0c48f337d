"""Sellers as the team sees them: whoever sees an agenda sees whose it is, and when they work."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from core.principal import Principal, UserId
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, owner_filter, visible
from orchestrator_service.sellers import repository
from orchestrator_service.sellers.models import ListedSeller


async def list_sellers(
    tx: TenantTransaction, principal: Principal, *, after_id: int, most: int, now: datetime
) -> list[ListedSeller]:
    """At most `most` sellers above `after_id` whose agenda the caller may see, by id."""
    scope = owner_filter(principal, Permission.AGENDA_READ)

    async def query() -> list[ListedSeller]:
        return await repository.list_sellers(
            tx, user_id=scope.owner, seller_id=None, after_id=after_id, most=most, now=now
        )

    return await optional(tx, query, missing=[])


async def read_seller(tx: TenantTransaction, principal: Principal, seller_id: int, *, now: datetime) -> ListedSeller:
    """One seller whose profile the caller may see. Raises NotFound."""
    found = await repository.list_sellers(tx, user_id=None, seller_id=seller_id, after_id=0, most=1, now=now)
    if not found or not visible(principal, Permission.SELLERS_READ, owner_of(found[0].user_id)):
        raise NotFound
    return found[0]


def owner_of(user_id: int | None) -> UserId | None:
    """Whose record a seller is."""
    return UserId(user_id) if user_id is not None else None
