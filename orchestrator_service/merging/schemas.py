"""Duplicates and merges on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.paging import LARGEST_ID
from core.phone import display
from orchestrator_service.merging.fields import Field as LeadField
from orchestrator_service.merging.merge import Merged
from orchestrator_service.merging.pairs import Pair
from orchestrator_service.merging.repository import ListedMerge
from orchestrator_service.merging.undo import Undone

_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class MergeBody(BaseModel):
    """`POST /crm/merges`: `absorbed` become `survivor_id`, at most nine at once.

    `fields` names the lead (one of them) whose value is kept; of what it does not name the survivor's is, or where that
    is empty the first of the others that has one.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"survivor_id": 12, "absorbed": [34], "fields": {"email": 34}}]},
    )

    survivor_id: _RowId
    absorbed: Annotated[list[_RowId], Field(min_length=1, max_length=9)]
    fields: dict[LeadField, _RowId] = {}

    @model_validator(mode="after")
    def _are_others(self) -> Self:
        if len({self.survivor_id, *self.absorbed}) != len(self.absorbed) + 1:
            raise ValueError("a lead is named twice")
        if not set(self.fields.values()) <= {self.survivor_id, *self.absorbed}:
            raise ValueError("a field is kept of one of the leads")
        return self


class MergeView(BaseModel):
    """A merge. `moved` is how many rows hang on the survivor now that did not before."""

    id: int
    survivor_id: int
    absorbed: list[int]
    moved: int

    @classmethod
    def of(cls, merge: Merged) -> Self:
        """The merge."""
        return cls.model_validate(merge, from_attributes=True)


class ListedMergeView(MergeView):
    """A merge that can be undone; `full_name` is the survivor's."""

    full_name: str | None
    made_by: int | None
    made_at: datetime

    @classmethod
    def listed(cls, merge: ListedMerge) -> Self:
        """The merge."""
        return cls.model_validate(merge, from_attributes=True)


class SinceView(BaseModel):
    """What came to the survivor since the merge, and stays there."""

    model_config = ConfigDict(from_attributes=True)

    messages: int
    meetings: int
    tasks: int


class MergeUndoneView(BaseModel):
    """What an undo put back: `returned` rows; `stayed` ones had moved on, `kept_fields` were written on since."""

    survivor_id: int
    leads: list[int]
    returned: int
    stayed: int
    kept_fields: list[str]
    since: SinceView

    @classmethod
    def of(cls, undone: Undone) -> Self:
        """What is back."""
        return cls.model_validate(undone, from_attributes=True)


class PersonView(BaseModel):
    """One side of a pair; `phone_shown` is the phone as people write it."""

    id: int
    full_name: str | None
    phone: str | None
    phone_shown: str | None = None
    email: str | None
    company: str | None
    stage_key: str
    owner_user_id: int | None
    source: str
    created_at: datetime

    @model_validator(mode="after")
    def _written(self) -> Self:
        self.phone_shown = display(self.phone) if self.phone else None
        return self


class PairView(BaseModel):
    """Two leads that may be one person: how surely (0 to 100), and why.

    `whatsapp`: WhatsApp showed both addresses together; `phone`: one writes from the other's number; `name` counts only
    with another reason.
    """

    id: int
    score: int
    reasons: list[Literal["whatsapp", "phone", "email", "name_company", "username", "name"]]
    state: Literal["open", "dismissed"]
    found_at: datetime
    low: PersonView
    high: PersonView

    @classmethod
    def of(cls, pair: Pair) -> Self:
        """The pair."""
        return cls.model_validate(pair, from_attributes=True)


class PairsView(BaseModel):
    """Who else a lead may be, the surest first."""

    items: list[PairView]
