"""Typed access to tasks about leads, those that a conversation made too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.database import TenantTransaction
from core.principal import Role
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Task:
    """A row of `tasks` with its lead's name; `owner_user_id` is the lead's, who has what is assigned to nobody."""

    id: int
    kind: str
    lead_id: int
    conversation_id: int | None
    lead_name: str | None
    lead_phone: str | None
    title: str | None
    reason: str
    status: Literal["open", "done"]
    assigned_user_id: int | None
    owner_user_id: int | None
    created_by: int | None
    due_at: datetime | None
    created_at: datetime
    done_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A task whose time has come."""

    id: int
    lead_id: int
    assigned_user_id: int | None
    owner_user_id: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks are meant; None: whatever. `mine` is whose, `due_before` those that are late then."""

    lead_id: int | None = None
    status: str | None = None
    mine: int | None = None
    due_before: datetime | None = None


async def list_tasks(
    tx: TenantTransaction,
    wanted: Wanted,
    *,
    owner: int | None,
    unassigned: bool,
    after: tuple[datetime, int],
    most: int,
) -> list[Task]:
    """At most `most` tasks after a place, by when they are due."""
    return await tx.all(
        SQL["list_tasks"],
        Task,
        owner=owner,
        unassigned=unassigned,
        lead_id=wanted.lead_id,
        status=wanted.status,
        mine=wanted.mine,
        due_before=wanted.due_before,
        place_at=after[0],
        place_id=after[1],
        most=most,
    )


async def find_task(tx: TenantTransaction, task_id: int) -> Task | None:
    """One task, locked."""
    return await tx.one(SQL["find_task"], Task, task_id=task_id)


async def add_task(
    tx: TenantTransaction,
    *,
    lead_id: int,
    title: str,
    due_at: datetime | None,
    assigned_user_id: int | None,
    created_by: int,
) -> int:
    """The new task's id."""
    columns = {"lead_id": lead_id, "title": title, "due_at": due_at, "assigned_user_id": assigned_user_id}
    made = await tx.value(SQL["add_task"], int, created_by=created_by, **columns)
    assert made is not None, "an insert answers its row"
    return made


async def change_task(tx: TenantTransaction, task: Task) -> None:
    """Write its title, time, hand and state."""
    columns = {"title": task.title, "due_at": task.due_at, "assigned_user_id": task.assigned_user_id}
    await tx.run(SQL["change_task"], task_id=task.id, status=task.status, **columns)


async def note_reminded(tx: TenantTransaction, task_id: int, due_at: datetime) -> Due | None:
    """The task, where somebody is to be told now; told once for a time."""
    return await tx.one(SQL["note_reminded"], Due, task_id=task_id, due_at=due_at)


async def remove_untouched(tx: TenantTransaction, task_id: int) -> bool:
    """Forget a task that nobody has touched; False where somebody has."""
    return await tx.run(SQL["remove_untouched"], task_id=task_id) > 0


async def role_of(tx: TenantTransaction, user_id: int) -> Role | None:
    """As what somebody works here; None where they do not."""
    return await tx.value(SQL["worker"], str, user_id=user_id)  # pyright: ignore[reportReturnType] - the column's CHECK
