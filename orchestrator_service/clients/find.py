"""Looking clients up."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.clients import repository
from orchestrator_service.clients.models import Client


async def find_client(tx: TenantTransaction, client_id: int) -> Client | None:
    """One client of the tenant, or None."""
    return await repository.find_client(tx, client_id)


async def client_of_lead(tx: TenantTransaction, lead_id: int) -> Client | None:
    """The client that a lead has become, or None."""
    return await repository.client_of_lead(tx, lead_id)
