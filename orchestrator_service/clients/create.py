"""A new client, announced as CLIENT_CREATED (PRODUCT §13)."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.clients import repository
from orchestrator_service.clients.announce import announce_new_client
from orchestrator_service.clients.models import NewClient


async def create_client(tx: TenantTransaction, new: NewClient) -> int | None:
    """Store and announce a client; None, and nothing announced, where its lead is a client already."""
    client_id = await repository.create_client(tx, new)
    if client_id is not None:
        await announce_new_client(tx, client_id)
    return client_id
