"""Typed access to clients."""

from __future__ import annotations

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.clients.models import Client, NewClient

SQL = sibling_statements(__file__)


async def find_client(tx: TenantTransaction, client_id: int) -> Client | None:
    """One client, or None."""
    return await tx.one(SQL["find_client"], Client, client_id=client_id)


async def client_of_lead(tx: TenantTransaction, lead_id: int) -> Client | None:
    """The client that a lead has become, or None."""
    return await tx.one(SQL["client_of_lead"], Client, lead_id=lead_id)


async def create_client(tx: TenantTransaction, new: NewClient) -> int | None:
    """The new client's id, or None where the lead is a client already."""
    return await tx.value(
        SQL["create_client"],
        int,
        lead_id=new.lead_id,
        full_name=new.full_name,
        phone=new.phone,
        email=new.email,
        owner_user_id=new.owner_user_id,
        created_at=new.created_at,
    )
