"""Edits of many leads on the wire."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import LARGEST_ID
from orchestrator_service.bulk.edit import STANDING, BulkDone, BulkEdit
from orchestrator_service.bulk.undo import Reason, Undone
from orchestrator_service.leads.schemas import LeadView
from orchestrator_service.tasks.schemas import NewTaskBody

_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
_Tags = Annotated[list[_RowId], Field(max_length=20)]
_NO_EDIT = frozenset({"lead_ids", "lost_reason", "lost_reason_other"})


class BulkBody(BaseModel):
    """`POST /crm/leads/bulk`: what happens to up to 200 leads; what is left out stays.

    `lost_reason`, or `lost_reason_other` in other words than the company's, goes with a stage; an owner of null makes
    the leads nobody's; `task` is given about each; `bin` deletes them softly or brings them back.
    """

    model_config = ConfigDict(extra="forbid")

    lead_ids: Annotated[list[_RowId], Field(min_length=1, max_length=200)]
    stage_key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")] | None = None
    owner_user_id: _RowId | None = None
    lost_reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    lost_reason_other: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = (
        None
    )
    add_tag_ids: _Tags = []
    remove_tag_ids: _Tags = []
    task: NewTaskBody | None = None
    bin: Literal["delete", "restore"] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set - _NO_EDIT:
            raise ValueError("name what happens to the leads")
        if "stage_key" in self.model_fields_set and self.stage_key is None:
            raise ValueError("a lead has a stage")
        if self.lost_reason is not None and self.lost_reason_other is not None:
            raise ValueError("a reason is of the list or in other words")
        if set(self.add_tag_ids) & set(self.remove_tag_ids):
            raise ValueError("a tag is put on or taken off")
        return self

    def edit(self) -> BulkEdit:
        """As the slice takes it."""
        return BulkEdit(
            changes={name: getattr(self, name) for name in STANDING if name in self.model_fields_set},
            add_tags=self.add_tag_ids,
            remove_tags=self.remove_tag_ids,
            task=self.task.task() if self.task else None,
            bin=self.bin,
            other_reason=self.lost_reason_other,
        )


class BulkView(BaseModel):
    """Leads as they are after an edit, and the number by which it is undone."""

    bulk_id: UUID | None
    items: list[LeadView]

    @classmethod
    def of(cls, done: BulkDone) -> BulkView:
        """What was done."""
        return cls(bulk_id=done.bulk_id, items=[LeadView.of(lead) for lead in done.leads])


class RefusedView(BaseModel):
    """A lead that stays as it is.

    `changed` by somebody since, its task `task_changed`, `gone` out of reach, or its number another lead's by now.
    """

    lead_id: int
    reason: Reason


class BulkUndoneView(BaseModel):
    """The leads that are again as they were, and those that are not."""

    items: list[LeadView]
    refused: list[RefusedView]

    @classmethod
    def of(cls, undone: Undone) -> BulkUndoneView:
        """What was taken back."""
        return cls(
            items=[LeadView.of(lead) for lead in undone.leads],
            refused=[RefusedView(lead_id=one.lead_id, reason=one.reason) for one in undone.refused],
        )
