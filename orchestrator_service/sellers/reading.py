"""Sellers as the team sees them: whoever sees an agenda sees whose it is."""

from __future__ import annotations

from core.database import TenantTransaction
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, owner_filter
from orchestrator_service.sellers import repository
from orchestrator_service.sellers.models import Seller


async def list_sellers(tx: TenantTransaction, principal: Principal, *, after_id: int, most: int) -> list[Seller]:
    """At most `most` sellers above `after_id` whose agenda the caller may see, by id."""
    scope = owner_filter(principal, Permission.AGENDA_READ)

    async def query() -> list[Seller]:
        return await repository.list_sellers(tx, user_id=scope.owner, after_id=after_id, most=most)

    return await optional(tx, query, missing=[])
