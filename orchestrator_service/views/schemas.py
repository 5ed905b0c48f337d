"""Saved views on the wire."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from core.json_types import JsonObject
from orchestrator_service.leads.schemas import LeadFilters
from orchestrator_service.views.repository import SavedView

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00]*$")]


class NewViewBody(BaseModel):
    """`POST /crm/views`."""

    model_config = ConfigDict(extra="forbid")

    name: _Name
    filters: LeadFilters


class ViewBody(BaseModel):
    """`PATCH /crm/views/{id}`: what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: _Name | None = None
    filters: LeadFilters | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.name is None and self.filters is None:
            raise ValueError("name what changes")
        return self


class SavedViewView(BaseModel):
    """A view of the caller's."""

    id: int
    name: str
    filters: LeadFilters

    @classmethod
    def of(cls, view: SavedView) -> SavedViewView:
        """The view."""
        return cls(id=view.id, name=view.name, filters=LeadFilters.model_validate(view.filters))


class SavedViewsView(BaseModel):
    """All views of the caller, oldest first."""

    items: list[SavedViewView]


def stored(filters: LeadFilters) -> JsonObject:
    """As `saved_views.filters` keeps them."""
    return filters.model_dump(mode="json", exclude_defaults=True)
