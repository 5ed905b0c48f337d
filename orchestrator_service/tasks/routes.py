"""`/crm/tasks` and `/crm/leads/{id}/tasks` (PRODUCT §12.1)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import NEWEST, OLDEST, Page, moment_cursor, moment_of, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.tasks.keep import change_task, give_task, list_tasks
from orchestrator_service.tasks.repository import Task, Wanted
from orchestrator_service.tasks.schemas import NewTaskBody, TaskBody, TasksQuery, TaskView

router = APIRouter(prefix="/crm", tags=["leads"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.LEADS_WRITE))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.tasks"))]


@router.get("/tasks", dependencies=_LIMITED)
@audit_access("tasks.list", subject="tasks")
async def get_tasks(
    database: Db, door: Door, principal: Reader, wanted: Annotated[TasksQuery, Query()]
) -> Page[TaskView]:
    """Tasks about leads of the caller's scope, the one that is due first first; without a time last."""
    after = moment_of(wanted.cursor) if wanted.cursor else (OLDEST, 0)
    meant = Wanted(
        lead_id=wanted.lead_id,
        status=wanted.status,
        mine=principal.user_id if wanted.which == "mine" else None,
        due_before=door.clock() if wanted.which == "overdue" else None,
    )
    async with database.tenant(principal.tenant_id) as tx:
        tasks = await list_tasks(tx, principal, meant, after=after, most=wanted.limit + 1)
    return page(tasks, wanted.limit, show=TaskView.of, cursor=_place)


@router.post("/leads/{lead_id}/tasks", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("tasks.create", subject="lead")
async def post_task(request: Request, lead_id: int, body: NewTaskBody, database: Db, principal: Writer) -> TaskView:
    """Give a task about a lead; whoever has it is told when it is due. 409 `assignee_cannot_see`."""
    async with database.tenant(principal.tenant_id) as tx:
        task = await give_task(tx, principal, lead_id, body.task())
    name_subject(request, f"lead:{lead_id}")
    return TaskView.of(task)


@router.patch("/tasks/{task_id}", dependencies=_LIMITED)
@audit_access("tasks.edit", subject="task")
async def patch_task(task_id: int, body: TaskBody, database: Db, principal: Writer) -> TaskView:
    """Change a task, do it, open it again. 409 `assignee_cannot_see`, `task_not_by_hand`."""
    async with database.tenant(principal.tenant_id) as tx:
        return TaskView.of(await change_task(tx, principal, task_id, body.changes()))


def _place(task: Task) -> str:
    """Where the list goes on; tasks without a time stand at its end."""
    return moment_cursor(task.due_at or NEWEST, task.id)
