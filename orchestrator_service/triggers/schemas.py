"""Triggers on the wire."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from orchestrator_service.templates.schemas import TemplateId, Values
from orchestrator_service.triggers.arrange import TriggerCard
from orchestrator_service.triggers.models import Kind, Trigger
from orchestrator_service.triggers.tell_customer import Telling, Way, Why

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1024, pattern=r"^[^\x00]*$")]


class TriggerBody(BaseModel):
    """`PUT /chat/triggers/{kind}/{step}`; texts may hold fields of the lead: `{{first_name}}`, `{{company|tu equipo}}`.

    `fills` are by the variable's key; `window_text` replaces the template while the lead may be written to freely;
    `delay_minutes` is the silence before a follow-up or a reactivation; the quiet hours are by the lead's clock.
    """

    model_config = ConfigDict(extra="forbid")

    enabled: bool
    template_id: TemplateId | None = None
    fills: Values = {}
    window_text: _Text | None = None
    delay_minutes: Annotated[int, Field(ge=0, le=525_600)] = 0
    quiet_from: time | None = None
    quiet_to: time | None = None

    @model_validator(mode="after")
    def _quiet_is_whole(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("quiet hours have a beginning and an end")
        if any(edge is not None and edge.tzinfo is not None for edge in (self.quiet_from, self.quiet_to)):
            raise ValueError("quiet hours are by the lead's clock, whatever its zone")
        return self

    def trigger(self, kind: Kind, step: int) -> Trigger:
        """As the slice takes it."""
        return Trigger(
            kind,
            step,
            self.enabled,
            self.template_id,
            self.fills,
            self.window_text,
            self.delay_minutes,
            self.quiet_from,
            self.quiet_to,
        )


class TriggerView(BaseModel):
    """A trigger; the figures are of the last 30 days, `pending` waits now."""

    kind: Kind
    step: int
    enabled: bool
    template_id: int | None
    fills: dict[str, str]
    window_text: str | None
    delay_minutes: int
    quiet_from: time | None
    quiet_to: time | None
    pending: int
    sent: int
    cancelled: int
    refused: int

    @classmethod
    def of(cls, card: TriggerCard) -> TriggerView:
        """The trigger."""
        shown, tally = card.trigger, card.tally
        return cls(
            kind=shown.kind,
            step=shown.step,
            enabled=shown.enabled,
            template_id=shown.template_id,
            fills=dict(shown.fills),
            window_text=shown.window_text,
            delay_minutes=shown.delay_minutes,
            quiet_from=shown.quiet_from,
            quiet_to=shown.quiet_to,
            pending=tally.pending,
            sent=tally.sent,
            cancelled=tally.cancelled,
            refused=tally.refused,
        )


class TriggersView(BaseModel):
    """Every kind, reactivations by step."""

    items: list[TriggerView]

    @classmethod
    def of(cls, cards: list[TriggerCard]) -> TriggersView:
        """The triggers."""
        return cls(items=[TriggerView.of(card) for card in cards])


class TellingView(BaseModel):
    """How a customer would be told of a changed meeting: `text` as they would read it; `why` where there is no way.

    `automatic`: the company's own confirmation says it.
    """

    way: Way
    name: str | None
    text: str | None
    why: Why | None

    @classmethod
    def of(cls, telling: Telling) -> TellingView:
        """The answer."""
        return cls(way=telling.way, name=telling.name, text=telling.text, why=telling.why)
