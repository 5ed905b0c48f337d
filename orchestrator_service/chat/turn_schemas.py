"""Turns on the wire."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, JsonValue

from orchestrator_service.chat.turn_reading import Turn, TurnCard

TurnState = Literal[
    "buffering", "transcribing", "screening", "thinking", "checking", "awaiting_approval", "sending", "done",
    "handed_over", "failed", "superseded",
]  # fmt: skip


class TurnView(BaseModel):
    """A turn of the agent. `messages` it answered; `cost` in US dollars by the company's prices.

    `agent_version` is the number of the published version that it spoke by, null before the first publication.
    """

    id: int
    conversation_id: int
    state: TurnState
    verdict: Literal["allow", "caution", "block"] | None
    brain: str | None
    attempts: int
    error: str | None
    messages: int
    input_tokens: int
    output_tokens: int
    cost: Decimal
    reply_message_id: int | None
    reply_status: str | None
    agent_version: int | None
    started_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, card: TurnCard) -> Self:
        """The turn."""
        return cls.model_validate(card, from_attributes=True)


class StepView(BaseModel):
    """One step; `name` is gather, screen, think:1, send …, `detail` says what it found."""

    name: str
    attempt: int
    outcome: str
    detail: dict[str, JsonValue]
    started_at: datetime
    finished_at: datetime


class ToolCallView(BaseModel):
    """One tool call; where `refused`, `result` says by which gate."""

    tool: str
    arguments: dict[str, JsonValue]
    refused: bool
    result: dict[str, JsonValue]
    created_at: datetime


class WholeTurnView(TurnView):
    """A turn with its timeline."""

    steps: list[StepView]
    tools: list[ToolCallView]

    @classmethod
    def whole(cls, turn: Turn) -> Self:
        """The turn with everything that happened in it."""
        return cls(
            **TurnView.of(turn.card).model_dump(),
            steps=[StepView.model_validate(step, from_attributes=True) for step in turn.steps],
            tools=[ToolCallView.model_validate(call, from_attributes=True) for call in turn.tools],
        )
