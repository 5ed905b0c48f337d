"""The timeline on the wire."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, JsonValue

from orchestrator_service.timeline.reading import Happening


class HappeningView(BaseModel):
    """One thing that happened: `kind` is message, note, qualification, meeting, change or task.

    `detail` holds the kind's own columns, as its own endpoint shows them.
    """

    kind: str
    id: int
    at: datetime
    detail: dict[str, JsonValue]

    @classmethod
    def of(cls, happening: Happening) -> HappeningView:
        """The happening."""
        return cls.model_validate(happening, from_attributes=True)
