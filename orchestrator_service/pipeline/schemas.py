"""The pipeline on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from orchestrator_service.pipeline.arrange import Wanted
from orchestrator_service.pipeline.stages import Stage, version_of

MOST_STAGES: Final = 30

_Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")
]

_Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class StageView(BaseModel):
    """A stage; `kind` is open, won or lost. `own_name` where the company gave it one: that is shown to every reader.

    `day_limit`: a lead that has been in it for more days is marked on the board; null where it may stay.
    `probability`: out of a hundred, how likely one of its leads is won. `closed_to`: keys of the stages to which
    no lead goes from it.
    """

    id: int
    key: str
    name: str
    own_name: bool
    kind: str
    position: int
    day_limit: int | None
    probability: int
    closed_to: list[str]

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
            probability=stage.probability,
            closed_to=stage.closed_to,
        )


class StagesView(BaseModel):
    """All stages, first to last. `version` names them with all that can be changed."""

    version: str
    items: list[StageView]

    @classmethod
    def of(cls, stages: Sequence[Stage]) -> Self:
        """The stages."""
        return cls(version=version_of(stages), items=[StageView.of(stage) for stage in stages])


class WantedStage(BaseModel):
    """A stage as it shall be; without an `id` a new one, open unless its `kind` is said.

    `day_limit` is 1 to 365 days; null or left out: none. What else is left out stays. `closed_to` holds keys.
    """

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    name: _Name
    day_limit: Annotated[int, Field(ge=1, le=365)] | None = None
    kind: Literal["open", "won", "lost"] | None = None
    probability: Annotated[int, Field(ge=0, le=100)] | None = None
    closed_to: Annotated[list[_Key], Field(max_length=MOST_STAGES)] | None = None

    def wanted(self) -> Wanted:
        """As the slice takes it."""
        closed = None if self.closed_to is None else tuple(self.closed_to)
        return Wanted(self.id, self.name, self.day_limit, self.kind, self.probability, closed)


class StagesBody(BaseModel):
    """`PUT /crm/pipeline/stages`: all of them, in the order that they shall have."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]
    stages: Annotated[list[WantedStage], Field(min_length=1, max_length=MOST_STAGES)]
