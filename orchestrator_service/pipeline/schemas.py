"""The pipeline on the wire."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import BaseModel

from orchestrator_service.pipeline.stages import Stage


class StageView(BaseModel):
    """A stage; `kind` is open, won or lost."""

    id: int
    key: str
    name: str
    kind: str
    position: int

    @classmethod
    def of(cls, stage: Stage) -> StageView:
        """The stage."""
        return cls(**asdict(stage))


class StagesView(BaseModel):
    """All stages, first to last."""

    items: list[StageView]
