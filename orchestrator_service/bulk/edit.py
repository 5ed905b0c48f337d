"""One edit of up to 200 leads, all or none, with what each was before (PRODUCT §12.1).

`lead_bulk_rows.before` and `.after` (JSONB) hold what the edit touched: `stage_key`, `stage_since` (ISO 8601),
`owner_user_id`, `lost_reason`, `deleted` (true/false), `tags` (of the tags that the edit names, those that the lead
carries), `task` (the id of the task that was given; after alone).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID, uuid4

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.bulk import repository
from orchestrator_service.bulk.repository import BulkRow
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import Lead, edit_lead, seen
from orchestrator_service.leads.lock import lock_any_lead, lock_lead
from orchestrator_service.leads.remove import delete_lead, restore_lead
from orchestrator_service.tags.attach import tag_lead
from orchestrator_service.tasks.keep import NewTask, check_assignee, put_task

STANDING = ("stage_key", "owner_user_id", "lost_reason")


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What happens to each lead. `changes` names of stage_key, owner_user_id, lost_reason.

    `other_reason`: why they are lost, in words that the company's list need not have.
    """

    changes: dict[str, object] = field(default_factory=dict[str, object])
    add_tags: Sequence[int] = ()
    remove_tags: Sequence[int] = ()
    task: NewTask | None = None
    bin: Literal["delete", "restore"] | None = None
    other_reason: str | None = None


@dataclass(frozen=True, slots=True)
class BulkDone:
    """The leads as they are now, and the number by which the edit is undone; None where nothing keeps it."""

    bulk_id: UUID | None
    leads: list[Lead]


async def edit_many(tx: TenantTransaction, principal: Principal, lead_ids: Sequence[int], edit: BulkEdit) -> BulkDone:
    """Do it to each lead, all or none; by id, so that two who do it at once do not wait in a circle.

    Raises what editing, tagging, deleting, restoring and giving tasks raise.
    """
    bulk_id = uuid4()

    async def begin() -> UUID | None:
        await repository.begin_bulk(tx, bulk_id, principal.user_id)
        return bulk_id

    kept = await optional(tx, begin, missing=None)
    names, tags = _names(edit), [*edit.add_tags, *edit.remove_tags]
    leads: list[Lead] = []
    for lead_id in sorted(set(lead_ids)):
        lead = seen(principal, await lock_any_lead(tx, lead_id), Permission.LEADS_WRITE)
        before = await told_of(tx, lead, names, tags)
        task_id = await _do(tx, principal, lead_id, edit)
        edited = await lock_any_lead(tx, lead_id)
        assert edited is not None, "it is locked; whoever gave it away sees it once more"
        after = await told_of(tx, edited, names, tags)
        if kept is not None:
            told: JsonObject = after if task_id is None else {**after, "task": task_id}
            await repository.keep_row(tx, bulk_id, BulkRow(lead_id, before, told))
        leads.append(edited)
    return BulkDone(kept, leads)


async def told_of(tx: TenantTransaction, lead: Lead, names: Sequence[str], tags: Sequence[int]) -> JsonObject:
    """What a locked lead is: these names of `lead_bulk_rows.before`, and which of these tags it carries."""
    told: JsonObject = {}
    if "stage_key" in names:
        since = await repository.stage_since(tx, lead.id)
        told |= {name: getattr(lead, name) for name in STANDING}
        told["stage_since"] = since.isoformat() if since else None
    if "deleted" in names:
        told["deleted"] = lead.deleted_at is not None
    if "tags" in names:
        told["tags"] = [tag_id for tag_id in lead.tag_ids if tag_id in tags]
    return told


def _names(edit: BulkEdit) -> list[str]:
    names = ["stage_key"] if edit.changes else []
    names += ["deleted"] if edit.bin is not None else []
    return names + (["tags"] if edit.add_tags or edit.remove_tags else [])


async def _do(tx: TenantTransaction, principal: Principal, lead_id: int, edit: BulkEdit) -> int | None:
    """Everything that the edit says of one lead; the id of the task that was given."""
    if edit.bin == "restore":
        await restore_lead(tx, principal, lead_id)
    task_id = await _give(tx, principal, lead_id, edit.task) if edit.task else None
    if edit.add_tags or edit.remove_tags:
        await tag_lead(tx, principal, lead_id, add=edit.add_tags, remove=edit.remove_tags)
    if edit.changes:
        await edit_lead(tx, principal, lead_id, edit.changes, other_reason=edit.other_reason)
    if edit.bin == "delete":
        await delete_lead(tx, principal, lead_id)
    return task_id


async def _give(tx: TenantTransaction, principal: Principal, lead_id: int, task: NewTask) -> int:
    lead = seen(principal, await lock_lead(tx, lead_id), Permission.LEADS_WRITE)
    await check_assignee(tx, principal, task.assigned_user_id, lead.owner_user_id)
    task_id = await put_task(tx, principal, lead, task)
    await announce_lead_change(tx, lead_id, "tasks")
    return task_id
