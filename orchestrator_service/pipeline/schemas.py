"""The pipeline on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from orchestrator_service.pipeline.stages import Stage, version_of

_Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class StageView(BaseModel):
    """A stage; `kind` is open, won or lost. `own_name` where the company gave it one: that is shown to every reader.

    `day_limit`: a lead that has been in it for more days is marked on the board; null where it may stay.
    """

    id: int
    key: str
    name: str
    own_name: bool
    kind: str
    position: int
    day_limit: int | None

    @classmethod
    def of(cls, stage: Stage) -> Self:
        """The stage."""
        return cls(
            id=stage.id,
            key=stage.key,
            name=stage.name,
            own_name=stage.own_name,
            kind=stage.kind,
            position=stage.position,
            day_limit=stage.day_limit,
        )


class StagesView(BaseModel):
    """All stages, first to last. `version` names them, their order, their names and limits."""

    version: str
    items: list[StageView]

    @classmethod
    def of(cls, stages: Sequence[Stage]) -> Self:
        """The stages."""
        return cls(version=version_of(stages), items=[StageView.of(stage) for stage in stages])


class NamedStage(BaseModel):
    """A stage and the name and limit (1 to 365 days) that it shall have; null or left out: none."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int, Field(ge=1, le=2**63 - 1)]
    name: _Name
    day_limit: Annotated[int, Field(ge=1, le=365)] | None = None


class StagesBody(BaseModel):
    """`PUT /crm/pipeline/stages`: all of them, in the order that they shall have."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]
    stages: Annotated[list[NamedStage], Field(min_length=1, max_length=100)]
