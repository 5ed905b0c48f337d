"""Tasks on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.moments import Moment
from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from core.phone import display
from orchestrator_service.tasks.keep import NewTask
from orchestrator_service.tasks.repository import Task

_Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class NewTaskBody(BaseModel):
    """What is to be done about a lead; without `assigned_user_id` it is the lead's owner's."""

    model_config = ConfigDict(extra="forbid")

    title: _Title
    due_at: Moment | None = None
    assigned_user_id: _RowId | None = None

    def task(self) -> NewTask:
        """As the slice takes it."""
        return NewTask(self.title, self.due_at, self.assigned_user_id)


class TaskBody(BaseModel):
    """`PATCH /crm/tasks/{id}`: what is left out stays; null empties the time and the hand."""

    model_config = ConfigDict(extra="forbid")

    title: _Title | None = None
    due_at: Moment | None = None
    assigned_user_id: _RowId | None = None
    status: Literal["open", "done"] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set or any(
            name in self.model_fields_set and getattr(self, name) is None for name in ("title", "status")
        ):
            raise ValueError("name what changes; a task has a title and a state")
        return self

    def changes(self) -> dict[str, object]:
        """The fields that were sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class TasksQuery(BaseModel):
    """What `GET /crm/tasks` is asked for: `mine` are the caller's, `overdue` those that are late."""

    model_config = ConfigDict(extra="forbid")

    which: Literal["mine", "all", "overdue"] = "all"
    status: Literal["open", "done"] | None = None
    lead_id: _RowId | None = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class TaskView(BaseModel):
    """A task. `kind` is `manual` where somebody gave it, else what a conversation asks for, whose words are `reason`.

    It is `assigned_user_id`'s, else the lead's owner's (`owner_user_id`).
    """

    id: int
    kind: str
    lead_id: int
    conversation_id: int | None
    lead_name: str | None
    title: str | None
    reason: str
    status: Literal["open", "done"]
    assigned_user_id: int | None
    owner_user_id: int | None
    created_by: int | None
    due_at: datetime | None
    created_at: datetime
    done_at: datetime | None

    @classmethod
    def of(cls, task: Task) -> TaskView:
        """The task; a lead without a name goes by its number."""
        shown = task.lead_name or (display(task.lead_phone) if task.lead_phone else None)
        values = {name: getattr(task, name) for name in cls.model_fields if name != "lead_name"}
        return cls.model_validate({**values, "lead_name": shown})
