"""Clients as the team sees them, each within the own scope."""

from __future__ import annotations

from pathlib import Path

from core.database import TenantTransaction
from core.errors import NotFound
from core.principal import Principal, UserId
from core.resilience import optional
from core.statements import load_statements
from orchestrator_service.auth.permissions import Permission, owner_filter, visible
from orchestrator_service.clients import repository
from orchestrator_service.clients.models import Client

SQL = load_statements(Path(__file__).with_name("reading.sql"))


async def list_clients(tx: TenantTransaction, principal: Principal, *, before_id: int, most: int) -> list[Client]:
    """At most `most` clients of the caller's scope below `before_id`, newest first."""
    scope = owner_filter(principal, Permission.CLIENTS_READ)

    async def query() -> list[Client]:
        place = {"before_id": before_id, "most": most}
        return await tx.all(SQL["list_clients"], Client, owner=scope.owner, unassigned=scope.unassigned, **place)

    return await optional(tx, query, missing=[])


async def read_client(tx: TenantTransaction, principal: Principal, client_id: int) -> Client:
    """One client of the caller's scope. Raises NotFound."""
    client = await repository.find_client(tx, client_id)
    owner = UserId(client.owner_user_id) if client and client.owner_user_id is not None else None
    if client is None or not visible(principal, Permission.CLIENTS_READ, owner):
        raise NotFound
    return client
