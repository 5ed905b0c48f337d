"""A conversation with the agent that leaves nothing behind; the shapes of `playground_runs`.

`exchanges` are what was written and answered; the `sandbox` is the lead that the agent believes it speaks with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, JsonValue

from core.json_types import JsonObject
from orchestrator_service.leads.models import Qualification

Outcome: TypeAlias = Literal["thinking", "ok", "safe", "blocked", "failed"]


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SandboxOffer(_Stored):
    """A time that really is free, but that nobody holds."""

    offer_id: str
    seller_name: str
    starts_at: datetime
    label: str
    expires_at: datetime
    used: bool = False


class SandboxMeeting(_Stored):
    """A meeting that is in no calendar."""

    meeting_id: int
    seller_name: str
    starts_at: datetime
    status: Literal["confirmed", "cancelled"] = "confirmed"


class Sandbox(_Stored):
    """The lead of one run."""

    full_name: str | None = None
    email: str | None = None
    company: str | None = None
    need: str | None = None
    qualification: Qualification | None = None
    offers: list[SandboxOffer] = []
    meetings: list[SandboxMeeting] = []
    is_client: bool = False
    handed_over: bool = False


class TriedTool(_Stored):
    """A tool that the agent called. `simulated`: it would have written, and has not."""

    tool: str
    arguments: dict[str, JsonValue]
    refused: bool
    simulated: bool
    result: dict[str, JsonValue]


class TriedAttempt(_Stored):
    """One answer of the brain. `untrue` is what it claimed that is not so, for which it was asked again."""

    model: str | None
    text: str | None
    untrue: list[str]
    error: str | None = None


class OfferedChoice(_Stored):
    """An offered time to tap under the reply."""

    id: str
    title: str
    description: str | None


class Exchange(_Stored):
    """What was written, and what the agent made of it. `cost` is in US dollars by the company's prices."""

    messages: list[str]
    tapped_offer_id: str | None = None
    asked_at: datetime
    outcome: Outcome = "thinking"
    reply: str | None = None
    choices: list[OfferedChoice] = []
    verdict: Literal["allow", "caution", "block"] | None = None
    reasons: list[str] = []
    tools: list[TriedTool] = []
    attempts: list[TriedAttempt] = []
    error: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)
    seconds: float = 0.0
    script_version: str | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A row of `playground_runs`."""

    id: int
    user_id: int
    state: Literal["thinking", "ready"]
    exchanges: list[JsonObject]
    sandbox: JsonObject
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A conversation of somebody's with the agent, oldest exchange first."""

    id: int
    user_id: int
    state: Literal["thinking", "ready"]
    exchanges: list[Exchange]
    sandbox: Sandbox
    updated_at: datetime

    @classmethod
    def of(cls, row: RunRow) -> Run:
        """The row, read."""
        exchanges = [Exchange.model_validate(each) for each in row.exchanges]
        return cls(row.id, row.user_id, row.state, exchanges, Sandbox.model_validate(row.sandbox), row.updated_at)
