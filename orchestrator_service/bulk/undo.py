"""Taking back an edit of many leads: each becomes exactly what it was, unless somebody changed it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.json_types import JsonObject
from core.principal import Principal, UserId
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.bulk import repository
from orchestrator_service.bulk.edit import STANDING, told_of
from orchestrator_service.bulk.repository import BulkRow
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import DuplicatePhone, Lead
from orchestrator_service.leads.lock import lock_any_lead
from orchestrator_service.leads.remember import remember_change
from orchestrator_service.leads.remove import delete_lead, restore_lead
from orchestrator_service.tags.attach import tag_lead
from orchestrator_service.tasks.keep import take_back

Reason: TypeAlias = Literal["gone", "changed", "task_changed", "duplicate_phone"]


class AlreadyUndone(Conflict):
    """That edit was taken back before."""

    code = "already_undone"
    title = "Already Undone"


@dataclass(frozen=True, slots=True)
class Refused:
    """A lead that stays as it is, and why."""

    lead_id: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Undone:
    """The leads that are again as they were, and those that are not."""

    leads: list[Lead]
    refused: list[Refused]


async def undo_bulk(tx: TenantTransaction, principal: Principal, bulk_id: UUID) -> Undone:
    """Take one's own edit back, lead by lead. Raises NotFound, AlreadyUndone."""
    if not await repository.begin_undo(tx, bulk_id, principal.user_id):
        if await repository.bulk_exists(tx, bulk_id, principal.user_id):
            raise AlreadyUndone("that edit was taken back before")
        raise NotFound
    undone = Undone([], [])
    for row in await repository.rows_of_bulk(tx, bulk_id):
        reason = await _put_back(tx, principal, row)
        if reason is not None:
            undone.refused.append(Refused(row.lead_id, reason))
            continue
        lead = await lock_any_lead(tx, row.lead_id)
        assert lead is not None, "it is locked"
        undone.leads.append(lead)
    return undone


async def _put_back(tx: TenantTransaction, principal: Principal, row: BulkRow) -> Reason | None:
    """Make a lead what it was; why not, where somebody has changed it since or it is out of reach by now."""
    lead = await lock_any_lead(tx, row.lead_id)
    if lead is None or not _reached(principal, lead, row.before):
        return "gone"
    after = {name: value for name, value in row.after.items() if name != "task"}
    tags = sorted({*_tags(row.before), *_tags(row.after)})
    if await told_of(tx, lead, list(after), tags) != after:
        return "changed"
    if after.get("deleted") and not row.before.get("deleted"):
        try:
            await restore_lead(tx, principal, row.lead_id)
        except DuplicatePhone:
            return "duplicate_phone"
    task_id = row.after.get("task")
    if isinstance(task_id, int) and not await take_back(tx, task_id, row.lead_id):
        return "task_changed"
    if after.get("tags") != row.before.get("tags"):
        add, remove = _tags(row.before), [each for each in tags if each not in _tags(row.before)]
        await tag_lead(tx, principal, row.lead_id, add=add, remove=remove)
    if "stage_key" in after:
        await _stand(tx, principal, lead, row.before)
    if row.before.get("deleted") and not after.get("deleted"):
        await delete_lead(tx, principal, row.lead_id)
    return None


def _reached(principal: Principal, lead: Lead, before: JsonObject) -> bool:
    """Whether the caller may write the lead, or gave it away by this very edit."""
    owners = (lead.owner_user_id, before.get("owner_user_id", lead.owner_user_id))
    return any(
        visible(principal, Permission.LEADS_WRITE, UserId(owner) if isinstance(owner, int) else None)
        for owner in owners
    )


def _tags(told: JsonObject) -> Sequence[int]:
    tags = told.get("tags")
    return [each for each in tags if isinstance(each, int)] if isinstance(tags, list) else []


async def _stand(tx: TenantTransaction, principal: Principal, lead: Lead, before: JsonObject) -> None:
    """Stage, owner and lost reason as they were, the time in the stage too."""
    since = before.get("stage_since")
    owner, reason = before.get("owner_user_id"), before.get("lost_reason")
    await repository.put_back(
        tx,
        lead.id,
        stage_key=str(before["stage_key"]),
        stage_since=datetime.fromisoformat(since) if isinstance(since, str) else None,
        owner_user_id=owner if isinstance(owner, int) else None,
        lost_reason=reason if isinstance(reason, str) else None,
    )
    changed = [name for name in STANDING if getattr(lead, name) != before.get(name)]
    for name in changed:
        was, became = getattr(lead, name), before.get(name)
        await remember_change(tx, lead.id, name, was=was, became=became, user_id=principal.user_id)
    await announce_lead_change(tx, lead.id, *changed)
