"""Tags on the wire."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from orchestrator_service.tags.repository import Tag

Color: TypeAlias = Literal["primary", "ok", "note", "danger", "cold", "warm", "hot", "muted"]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00]*$")]


class NewTagBody(BaseModel):
    """`POST /crm/tags`. `color` is a token of the design."""

    model_config = ConfigDict(extra="forbid")

    name: _Name
    color: Color = "muted"


class TagBody(BaseModel):
    """`PATCH /crm/tags/{id}`: what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: _Name | None = None
    color: Color | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.name is None and self.color is None:
            raise ValueError("name what changes")
        return self


class TagView(BaseModel):
    """A tag; `leads` is how many of the caller's scope carry it."""

    id: int
    name: str
    color: Color
    leads: int

    @classmethod
    def of(cls, tag: Tag) -> TagView:
        """The tag."""
        return cls.model_validate(tag, from_attributes=True)


class TagsView(BaseModel):
    """Every tag of the company, by its name."""

    items: list[TagView]


class ForgottenTagView(BaseModel):
    """How many leads a tag was taken from."""

    leads: int
