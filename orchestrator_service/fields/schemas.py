"""Custom fields on the wire."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import LARGEST_ID
from orchestrator_service.fields.values import CustomField, FieldType

FieldKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
_Choices = Annotated[list[_Label], Field(max_length=50)]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class NewFieldBody(BaseModel):
    """`POST /crm/fields`. `key` and `type` stay for good; `choices` are a choice's alone."""

    model_config = ConfigDict(extra="forbid")

    key: FieldKey
    label: _Label
    type: FieldType
    choices: _Choices = []
    required: bool = False


class FieldBody(BaseModel):
    """`PATCH /crm/fields/{id}`: what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    label: _Label | None = None
    choices: _Choices | None = None
    required: bool | None = None
    archived: bool | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if all(value is None for value in (self.label, self.choices, self.required, self.archived)):
            raise ValueError("name what changes")
        return self


class FieldOrderBody(BaseModel):
    """`PUT /crm/fields/order`: every field in use, first to last."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[_RowId], Field(max_length=50)]


class FieldView(BaseModel):
    """A field. `required`: the team may not empty it once it is known; `archived`: out of use, its values are kept."""

    id: int
    key: str
    label: str
    type: FieldType
    choices: list[str]
    required: bool
    archived: bool

    @classmethod
    def of(cls, field: CustomField) -> FieldView:
        """The field."""
        return cls.model_validate(field, from_attributes=True)


class FieldsView(BaseModel):
    """Every field in its order, archived ones last."""

    items: list[FieldView]

    @classmethod
    def of(cls, fields: list[CustomField]) -> FieldsView:
        """The fields."""
        return cls(items=[FieldView.of(field) for field in fields])
