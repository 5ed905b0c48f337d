"""The timeline on the wire."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, JsonValue

from orchestrator_service.timeline.of_client import ClientHappening, OwnKind
from orchestrator_service.timeline.reading import Happening, Kind


class HappeningView(BaseModel):
    """One thing that happened; `detail` holds the kind's own columns, as its own endpoint shows them."""

    kind: Kind
    id: int
    at: datetime
    detail: dict[str, JsonValue]

    @classmethod
    def of(cls, happening: Happening) -> HappeningView:
        """The happening."""
        return cls.model_validate(happening, from_attributes=True)


class ClientHappeningView(BaseModel):
    """One thing that happened with a client; of `money` the amounts are decimal texts."""

    kind: Kind | OwnKind
    id: int
    at: datetime
    detail: dict[str, JsonValue]

    @classmethod
    def of(cls, happening: ClientHappening | Happening) -> ClientHappeningView:
        """The happening."""
        return cls.model_validate(happening, from_attributes=True)
