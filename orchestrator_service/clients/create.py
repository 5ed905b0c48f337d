"""A new client, announced as CLIENT_CREATED (PRODUCT §13)."""

from __future__ import annotations

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.clients import repository
from orchestrator_service.clients.models import NewClient


async def create_client(tx: TenantTransaction, new: NewClient) -> int | None:
    """Store and announce a client; None, and nothing announced, where its lead is a client already."""
    client_id = await repository.create_client(tx, new)
    if client_id is not None:
        client: JsonObject = {
            "id": client_id,
            "lead_id": new.lead_id,
            "full_name": new.full_name,
            "phone": new.phone,
            "email": new.email,
            "owner_user_id": new.owner_user_id,
            "created_at": new.created_at.isoformat(),
        }
        await emit(tx, "CLIENT_CREATED", {"client": client}, owner_user_id=new.owner_user_id)
    return client_id
