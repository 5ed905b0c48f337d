"""Reasons of lost leads on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import LARGEST_ID
from orchestrator_service.pipeline.reasons import MOST_REASONS, LostReason

_Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")
]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class NewLostReasonBody(BaseModel):
    """`POST /crm/pipeline/lost-reasons`."""

    model_config = ConfigDict(extra="forbid")

    name: _Name


class LostReasonBody(BaseModel):
    """`PATCH /crm/pipeline/lost-reasons/{id}`: what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: _Name | None = None
    archived: bool | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.name is None and self.archived is None:
            raise ValueError("name what changes")
        return self


class LostReasonOrderBody(BaseModel):
    """`PUT /crm/pipeline/lost-reasons/order`: every reason in use, first to last."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[_RowId], Field(max_length=MOST_REASONS)]


class LostReasonView(BaseModel):
    """A reason; `archived`: asked for no more, kept by the leads that have it."""

    id: int
    name: str
    archived: bool

    @classmethod
    def of(cls, reason: LostReason) -> LostReasonView:
        """The reason."""
        return cls.model_validate(reason, from_attributes=True)


class LostReasonsView(BaseModel):
    """Every reason in its order, archived ones last."""

    items: list[LostReasonView]

    @classmethod
    def of(cls, reasons: Sequence[LostReason]) -> LostReasonsView:
        """The reasons."""
        return cls(items=[LostReasonView.of(reason) for reason in reasons])
