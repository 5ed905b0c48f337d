"""Why the agent did that (PRODUCT §8.1): a turn's steps, tools, cost and reply, for who may read the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from core.database import TenantTransaction
from core.errors import NotFound
from core.json_types import JsonObject
from core.principal import Principal
from core.statements import load_statements
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.reading import demand_conversation

SQL = load_statements(Path(__file__).with_name("turn_reading.sql"))


@dataclass(frozen=True, slots=True)
class TurnCard:
    """One turn. `reply_status` is that of its first message; `cost` is in US dollars by the company's prices.

    `agent_version` is the number of the version that it spoke by; None before the first publication.
    """

    id: int
    conversation_id: int
    state: str
    verdict: str | None
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


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step of a turn's timeline; a turn that was begun again has steps of each attempt."""

    name: str
    attempt: int
    outcome: str
    detail: JsonObject
    started_at: datetime
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class ToolCallCard:
    """One tool that was called; `refused` by a gate, with the reason in `result`."""

    tool: str
    arguments: JsonObject
    refused: bool
    result: JsonObject
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn with everything that happened in it, in order."""

    card: TurnCard
    steps: list[StepCard]
    tools: list[ToolCallCard]


async def list_turns(
    tx: TenantTransaction, principal: Principal, conversation_id: int, *, before_id: int, most: int
) -> list[TurnCard]:
    """At most `most` turns of a conversation below `before_id`, newest first. Raises NotFound out of scope."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_READ)
    return await tx.all(SQL["list_turns"], TurnCard, conversation_id=conversation_id, before_id=before_id, most=most)


async def read_turn(tx: TenantTransaction, principal: Principal, turn_id: int) -> Turn:
    """One turn of a conversation of the caller's scope. Raises NotFound."""
    card = await tx.one(SQL["find_turn"], TurnCard, turn_id=turn_id)
    if card is None:
        raise NotFound
    await demand_conversation(tx, principal, card.conversation_id, Permission.CONVERSATIONS_READ)
    steps = await tx.all(SQL["steps_of_turn"], StepCard, turn_id=turn_id)
    return Turn(card, steps, await tx.all(SQL["tools_of_turn"], ToolCallCard, turn_id=turn_id))
