"""The merges that somebody may undo."""

from __future__ import annotations

from core.database import TenantTransaction
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, owner_filter
from orchestrator_service.merging.repository import SQL, ListedMerge


async def list_merges(tx: TenantTransaction, principal: Principal, *, before_id: int, most: int) -> list[ListedMerge]:
    """At most `most` merges below `before_id` whose survivor the caller may change, newest first."""
    scope = owner_filter(principal, Permission.LEADS_WRITE)
    place = {"before_id": before_id, "most": most}

    async def query() -> list[ListedMerge]:
        return await tx.all(SQL["list_merges"], ListedMerge, owner=scope.owner, unassigned=scope.unassigned, **place)

    return await optional(tx, query, missing=[])
