"""The companies of an installation, for its operator: each is read in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.database import Database
from core.directory import Directory
from core.errors import NotFound
from core.statements import sibling_statements
from core.system_events import record_event
from orchestrator_service.auth.logout import end_company_sessions

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class TenantCard:
    """A company. `people` counts its active accounts."""

    id: int
    name: str
    mode: Literal["demo", "live"]
    status: Literal["active", "suspended"]
    created_at: datetime
    people: int


async def list_tenants(database: Database, directory: Directory) -> list[TenantCard]:
    """Every company, oldest first."""
    found: list[TenantCard] = []
    for tenant_id in await directory.tenants(database):
        async with database.tenant(tenant_id) as tx:
            card = await tx.one(SQL["find_tenant"], TenantCard)
        if card is not None:
            found.append(card)
    return found


async def set_tenant_status(database: Database, tenant_id: int, status: Literal["active", "suspended"]) -> TenantCard:
    """Suspend a company (its sessions end, nobody of it gets in from the commit on) or undo that. Raises NotFound."""
    async with database.tenant(tenant_id) as tx:
        if await tx.run(SQL["set_tenant_status"], status=status):
            if status == "suspended":
                await end_company_sessions(tx)
            await record_event(tx, f"tenant.{status}", severity="warning", subject=f"tenant:{tenant_id}")
        card = await tx.one(SQL["find_tenant"], TenantCard)
    if card is None:
        raise NotFound
    return card
