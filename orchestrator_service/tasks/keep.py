"""Giving, changing and doing tasks about leads (PRODUCT §12.1): by whoever writes the lead, to whoever sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.crm_contracts import TaskDue
from core.database import Database, TenantTransaction
from core.errors import Conflict, NotFound
from core.jobs import defer
from core.principal import Principal, UserId
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, owner_filter, visible
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import Lead, seen
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify
from orchestrator_service.tasks import repository
from orchestrator_service.tasks.repository import Task, Wanted


class AssigneeCannotSee(Conflict):
    """Who shall do it does not work here, or may not see the lead."""

    code = "assignee_cannot_see"
    title = "Assignee Cannot See"


class NotByHand(Conflict):
    """What a conversation asks for is done or given, not reworded."""

    code = "task_not_by_hand"
    title = "Task Not By Hand"


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is to be done; without an assignee it is the lead's owner's."""

    title: str
    due_at: datetime | None = None
    assigned_user_id: int | None = None


async def list_tasks(
    tx: TenantTransaction, principal: Principal, wanted: Wanted, *, after: tuple[datetime, int], most: int
) -> list[Task]:
    """At most `most` tasks about leads of the caller's scope, by when they are due."""
    scope = owner_filter(principal, Permission.LEADS_READ)

    async def query() -> list[Task]:
        return await repository.list_tasks(
            tx, wanted, owner=scope.owner, unassigned=scope.unassigned, after=after, most=most
        )

    return await optional(tx, query, missing=[])


async def give_task(tx: TenantTransaction, principal: Principal, lead_id: int, new: NewTask) -> Task:
    """Add a task about a lead. Raises NotFound, AssigneeCannotSee."""
    lead = seen(principal, await lock_lead(tx, lead_id), Permission.LEADS_WRITE)
    await check_assignee(tx, principal, new.assigned_user_id, lead.owner_user_id)
    task_id = await put_task(tx, principal, lead, new)
    await announce_lead_change(tx, lead_id, "tasks")
    task = await repository.find_task(tx, task_id)
    assert task is not None, "it has just been made"
    return task


async def put_task(tx: TenantTransaction, principal: Principal, lead: Lead, new: NewTask) -> int:
    """The task's row and its reminder, for whoever holds the lead's lock and announces; its id."""
    task_id = await repository.add_task(
        tx,
        lead_id=lead.id,
        title=new.title,
        due_at=new.due_at,
        assigned_user_id=new.assigned_user_id,
        created_by=principal.user_id,
    )
    await _remind(tx, task_id, new.due_at)
    return task_id


async def change_task(tx: TenantTransaction, principal: Principal, task_id: int, changes: dict[str, object]) -> Task:
    """Write what `changes` names of title, due_at, assigned_user_id and status.

    Raises NotFound, AssigneeCannotSee; NotByHand for another title of what a conversation asked for.
    """
    task = await repository.find_task(tx, task_id)
    owner = UserId(task.owner_user_id) if task and task.owner_user_id is not None else None
    if task is None or not visible(principal, Permission.LEADS_WRITE, owner):
        raise NotFound
    after = replace(task, **changes)  # pyright: ignore[reportArgumentType] - the schema's fields are the row's
    if after == task:
        return task
    if task.kind != "manual" and after.title != task.title:
        raise NotByHand("what a conversation asked for is not reworded")
    if after.assigned_user_id != task.assigned_user_id:
        await check_assignee(tx, principal, after.assigned_user_id, task.owner_user_id)
    await repository.change_task(tx, after)
    if after.due_at != task.due_at and after.status == "open":
        await _remind(tx, task_id, after.due_at)
    await announce_lead_change(tx, task.lead_id, "tasks")
    changed = await repository.find_task(tx, task_id)
    assert changed is not None, "it is locked"
    return changed


async def take_back(tx: TenantTransaction, task: int, lead_id: int) -> bool:
    """Forget a task that nobody has touched since it was given; False where somebody has."""
    if not await repository.remove_untouched(tx, task):
        return False
    await announce_lead_change(tx, lead_id, "tasks")
    return True


async def tell_of_due(database: Database, job: TaskDue) -> None:
    """Tell whoever has a task that its time has come; once, and not where it is done or due at another time by now."""
    async with database.tenant(job.tenant_id) as tx:
        due = await repository.note_reminded(tx, job.task_id, datetime.fromisoformat(job.due_at))
        if due is None:
            return
        about = NotificationData(starts_at=datetime.fromisoformat(job.due_at))
        whose = due.assigned_user_id if due.assigned_user_id is not None else due.owner_user_id
        await notify(tx, Notice("task_due", lead_id=due.lead_id, data=about), owners=(whose,))


async def _remind(tx: TenantTransaction, task_id: int, due_at: datetime | None) -> None:
    if due_at is not None:
        await defer(tx, TaskDue(int(tx.tenant_id), task_id, due_at.isoformat()), at=due_at)


async def check_assignee(tx: TenantTransaction, principal: Principal, assignee: int | None, owner: int | None) -> None:
    """Raises AssigneeCannotSee where somebody may not see a lead of that owner."""
    if assignee is None:
        return
    role = await repository.role_of(tx, assignee)
    whose = UserId(owner) if owner is not None else None
    if role is None or not visible(
        Principal(principal.tenant_id, UserId(assignee), role), Permission.LEADS_READ, whose
    ):
        raise AssigneeCannotSee("who shall do it may not see this lead")
