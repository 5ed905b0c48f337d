"""Typed access to clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.clients.models import Client, ClientContact, ClientFields, NewClient

SQL = sibling_statements(__file__)


async def find_client(tx: TenantTransaction, client_id: int) -> Client | None:
    """One client, a deleted one too, or None."""
    return await tx.one(SQL["find_client"], Client, client_id=client_id)


async def lock_client(tx: TenantTransaction, client_id: int) -> Client | None:
    """As `find_client`, locked against every other change."""
    return await tx.one(SQL["lock_client"], Client, client_id=client_id)


async def client_of_lead(tx: TenantTransaction, lead_id: int) -> Client | None:
    """The client that a lead has become, or None."""
    return await tx.one(SQL["client_of_lead"], Client, lead_id=lead_id)


async def create_client(tx: TenantTransaction, new: NewClient) -> int | None:
    """The new client's id, or None where the lead is a client already."""
    return await tx.value(SQL["create_client"], int, **asdict(new))


async def write_client(tx: TenantTransaction, client_id: int, fields: ClientFields) -> None:
    """Write every editable column."""
    await tx.run(SQL["write_client"], client_id=client_id, **asdict(fields))


async def set_deleted(tx: TenantTransaction, client_id: int, *, deleted: bool) -> None:
    """Put a client away, or take it out again."""
    await tx.run(SQL["set_deleted"], client_id=client_id, deleted=deleted)


async def contacts_of(tx: TenantTransaction, client_id: int) -> list[ClientContact]:
    """The persons of a client, in their order."""
    return await tx.all(SQL["contacts_of"], ClientContact, client_id=client_id)


async def write_contacts(tx: TenantTransaction, client_id: int, contacts: Sequence[ClientContact]) -> None:
    """Replace the persons of a client."""
    await tx.run(SQL["forget_contacts"], client_id=client_id)
    for position, contact in enumerate(contacts):
        await tx.run(SQL["add_contact"], client_id=client_id, position=position, **asdict(contact))


async def tenant_country(tx: TenantTransaction) -> str | None:
    """In which country's form people write phone numbers."""
    return await tx.value(SQL["tenant_country"], str)


async def active_member(tx: TenantTransaction, user_id: int) -> bool:
    """Whether somebody works in the company."""
    return await tx.value(SQL["active_member"], bool, user_id=user_id) or False
