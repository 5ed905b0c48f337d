"""What a turn works with, wherever it is taken: in a conversation, in the playground, in an evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from core.json_types import JsonObject

Language: TypeAlias = Literal["es", "en", "pt"]


@dataclass(frozen=True, slots=True)
class TurnContext:
    """A conversation with what its company set for the agent."""

    conversation_id: int
    lead_id: int | None
    agent_paused_until: datetime | None
    answered_through_id: int
    language: Language | None
    agent_mode: Literal["autopilot", "draft", "off"]
    agent_name: str
    offer_summary: str
    brain: Literal["demo", "live"]
    agent_hours: JsonObject
    ai_disclosure: bool
    turns_per_day: int | None
    company_status: Literal["active", "suspended"]
    company: str
    zone: str
    tenant_language: Language
    mode: Literal["demo", "live"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a turn took of the model: tokens, and US dollars by the company's prices."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)

    def __add__(self, more: Spent) -> Spent:
        return Spent(
            self.input_tokens + more.input_tokens, self.output_tokens + more.output_tokens, self.cost + more.cost
        )

    def __sub__(self, less: Spent) -> Spent:
        return Spent(
            self.input_tokens - less.input_tokens, self.output_tokens - less.output_tokens, self.cost - less.cost
        )


NOTHING_SPENT: Final = Spent()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a superseded turn has done."""

    tool: str
    result: JsonObject
