"""The id of a lead that was merged: it stays known, and says which lead it is now (ADR 0033)."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.errors import NexusError, NotFound
from core.principal import Principal, UserId
from core.statements import sibling_statements
from orchestrator_service.auth.permissions import Permission, visible

SQL = sibling_statements(__file__)


class LeadMerged(NexusError):
    """The lead is part of another one now; `extra.lead_id` names it."""

    status = 410
    code = "lead_merged"
    title = "Lead Merged"


@dataclass(frozen=True, slots=True)
class _Survivor:
    id: int
    owner_user_id: int | None


async def refuse_missing(tx: TenantTransaction, principal: Principal, lead_id: int) -> NexusError:
    """What to raise for a lead that is not there: LeadMerged where the caller may see what it is now, else NotFound."""
    survivor = await tx.one(SQL["merged_into"], _Survivor, lead_id=lead_id)
    owner = UserId(survivor.owner_user_id) if survivor and survivor.owner_user_id is not None else None
    if survivor is None or not visible(principal, Permission.LEADS_READ, owner):
        return NotFound()
    return LeadMerged("the lead was merged into another one", extra={"lead_id": survivor.id})


async def lead_now(tx: TenantTransaction, lead_id: int | None) -> int | None:
    """The lead that a record's lead is by now: the survivor where it was merged, else itself."""
    survivor = await tx.one(SQL["merged_into"], _Survivor, lead_id=lead_id) if lead_id is not None else None
    return survivor.id if survivor is not None else lead_id
