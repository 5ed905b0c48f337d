"""CLIENT_CREATED and CLIENT_UPDATED: heard by those who may read that client (PRODUCT §13)."""

from __future__ import annotations

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.clients import repository
from orchestrator_service.clients.models import Client


def as_event(client: Client) -> JsonObject:
    """The client as `GET /crm/clients` shows it."""
    return {
        "id": client.id,
        "lead_id": client.lead_id,
        "full_name": client.full_name,
        "phone": client.phone,
        "email": client.email,
        "owner_user_id": client.owner_user_id,
        "created_at": client.created_at.isoformat(),
        "company": client.company,
        "notes": client.notes,
        "updated_at": client.updated_at.isoformat(),
        "deleted_at": client.deleted_at.isoformat() if client.deleted_at else None,
    }


async def announce_new_client(tx: TenantTransaction, client_id: int) -> None:
    """Tell of a client that the transaction made."""
    client = await repository.find_client(tx, client_id)
    if client is not None:
        told: JsonObject = {"client": as_event(client)}
        await emit(tx, "CLIENT_CREATED", told, owner_user_id=client.owner_user_id, audience="clients")


async def announce_client(tx: TenantTransaction, client_id: int, *changed: str) -> None:
    """Tell what changed on a client: its columns, `contacts`, or `merged`."""
    client = await repository.find_client(tx, client_id)
    if client is not None:
        told: JsonObject = {"client": as_event(client), "changed": list(changed)}
        await emit(tx, "CLIENT_UPDATED", told, owner_user_id=client.owner_user_id, audience="clients")


async def announce_client_gone(tx: TenantTransaction, client_id: int, owner_user_id: int | None = None) -> None:
    """Tell those who saw a client by this owner that it is out of their sight."""
    gone: JsonObject = {"id": client_id, "visible": False}
    await emit(tx, "CLIENT_UPDATED", gone, owner_user_id=owner_user_id, audience="clients")
