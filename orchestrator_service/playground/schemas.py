"""The playground on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from orchestrator_service.playground.models import Exchange, Run, Sandbox

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096)]


class PlaygroundAskBody(BaseModel):
    """What a customer would write: a burst of messages, or a tap on an offered time (its words, and its id)."""

    model_config = ConfigDict(extra="forbid")

    messages: Annotated[list[_Text], Field(min_length=1, max_length=5, examples=[["¿Cuánto cuesta?"]])]
    tapped_offer_id: Annotated[str | None, Field(max_length=64)] = None

    def exchange(self, now: datetime) -> Exchange:
        """As it is kept."""
        return Exchange(messages=list(self.messages), tapped_offer_id=self.tapped_offer_id, asked_at=now)


class RunView(BaseModel):
    """A conversation with the draft, oldest exchange first; `sandbox` is the lead that exists in it alone."""

    id: int
    state: Literal["thinking", "ready"]
    exchanges: list[Exchange]
    sandbox: Sandbox

    @classmethod
    def of(cls, run: Run) -> Self:
        """The run."""
        return cls(id=run.id, state=run.state, exchanges=run.exchanges, sandbox=run.sandbox)
