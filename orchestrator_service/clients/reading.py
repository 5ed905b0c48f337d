"""Clients as the team sees them, each within the own scope."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from core.database import TenantTransaction
from core.errors import NotFound
from core.folding import fold
from core.principal import Principal, UserId
from core.resilience import optional
from core.statements import load_statements
from orchestrator_service.auth.permissions import Permission, Scope, owner_filter, scope_for, visible
from orchestrator_service.clients import repository
from orchestrator_service.clients.models import Client, ClientContact, ClientRecord, Paid, WantedClients

SQL = load_statements(Path(__file__).with_name("reading.sql"))
_NUMBER: Final = re.compile(r"[\d\s+().-]{3,}")


async def list_clients(
    tx: TenantTransaction, principal: Principal, wanted: WantedClients, *, before_id: int, most: int
) -> list[Client]:
    """At most `most` clients of the caller's scope below `before_id`, newest first."""

    async def query() -> list[Client]:
        place = {"before_id": before_id, "most": most}
        return await tx.all(SQL["list_clients"], Client, **_wanted(principal, wanted), **place)

    return await optional(tx, query, missing=[])


async def count_clients(tx: TenantTransaction, principal: Principal, wanted: WantedClients) -> int:
    """How many clients `list_clients` pages through."""

    async def query() -> int:
        return await tx.value(SQL["count_clients"], int, **_wanted(principal, wanted)) or 0

    return await optional(tx, query, missing=0)


async def read_client(tx: TenantTransaction, principal: Principal, client_id: int) -> Client:
    """One client of the caller's scope, a deleted one too. Raises NotFound."""
    client = await repository.find_client(tx, client_id)
    owner = UserId(client.owner_user_id) if client and client.owner_user_id is not None else None
    if client is None or not visible(principal, Permission.CLIENTS_READ, owner):
        raise NotFound
    return client


async def read_record(tx: TenantTransaction, principal: Principal, client_id: int) -> ClientRecord:
    """A client with its persons, and with what it paid for whoever reads money. Raises NotFound."""
    client = await read_client(tx, principal, client_id)

    async def persons() -> list[ClientContact]:
        return await repository.contacts_of(tx, client_id)

    async def money() -> list[Paid]:
        return await tx.all(SQL["paid_by"], Paid, client_id=client_id)

    reads_money = scope_for(principal, Permission.TRANSACTIONS_READ) is not Scope.NONE
    paid = await optional(tx, money, missing=[]) if reads_money else None
    return ClientRecord(client, await optional(tx, persons, missing=[]), paid)


def _wanted(principal: Principal, wanted: WantedClients) -> dict[str, object]:
    scope = owner_filter(principal, Permission.CLIENTS_READ)
    return {
        "owner": scope.owner,
        "unassigned": scope.unassigned,
        "owner_user_id": wanted.owner_user_id,
        "nobodys": wanted.unassigned,
        "deleted": wanted.deleted,
        "folded": fold(wanted.q) if wanted.q else None,
        "digits": re.sub(r"\D", "", wanted.q) or None if wanted.q and _NUMBER.fullmatch(wanted.q) else None,
    }
