"""What was said before the agent's window, in a few lines that grow with the conversation (PRODUCT §9.1).

The window is all that the summary does not cover. Once that is more than `MOST_UNCOVERED`, a job folds the oldest of it
into the summary, so that `KEPT` messages stay word for word. No reply waits for it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from core.contracts import LEAST_URGENT, SummariseConversation
from core.database import TenantTransaction
from core.jobs import defer
from core.json_types import JsonObject
from core.prompt_security import inspect
from core.resilience import optional
from core.statements import load_statements
from orchestrator_service.agent.admission import WITHHELD
from orchestrator_service.chat.turn_models import Spent

SQL = load_statements(Path(__file__).with_name("summaries.sql"))
KEPT: Final = 40
MOST_UNCOVERED: Final = 50
# What the agent reads at most of what the summary does not cover, where the job is late.
WINDOW: Final = 80
# What one job folds; the rest of a very long conversation is folded by the next one.
MOST_FOLDED: Final = 200
LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Summary:
    """What was said up to a message."""

    through_message_id: int
    body: str


@dataclass(frozen=True, slots=True)
class Later:
    """A message that the summary does not cover yet."""

    id: int
    author: Literal["customer", "agent", "person", "system"]
    type: str
    body: str
    verdict: JsonObject | None
    words: str | None = None


async def find_summary(tx: TenantTransaction, conversation_id: int) -> Summary | None:
    """The conversation's summary, None where it is short enough to be read whole."""

    async def query() -> Summary | None:
        return await tx.one(SQL["find_summary"], Summary, conversation_id=conversation_id)

    return await optional(tx, query, missing=None)


async def shown(summary: Summary | None) -> str:
    """A summary as a prompt may hold it: a model wrote it over what strangers wrote, so it is screened like them."""
    if summary is None:
        return ""
    verdict = await asyncio.to_thread(inspect, summary.body)
    return summary.body if verdict.action == "allow" else WITHHELD


async def plan_summary(tx: TenantTransaction, conversation_id: int) -> None:
    """Have the oldest messages folded in, where there are more than the agent should read word for word."""
    summary = await find_summary(tx, conversation_id)
    after_id = summary.through_message_id if summary else 0
    waiting = await tx.value(
        SQL["count_after"], int, conversation_id=conversation_id, after_id=after_id, most=MOST_UNCOVERED + 1
    )
    if (waiting or 0) > MOST_UNCOVERED:
        await defer(tx, SummariseConversation(tx.tenant_id, conversation_id), priority=LEAST_URGENT)


async def to_fold(tx: TenantTransaction, conversation_id: int, summary: Summary | None) -> list[Later]:
    """The messages to fold in now, oldest first; empty where all may still be read word for word."""
    later = await tx.all(
        SQL["messages_after"],
        Later,
        conversation_id=conversation_id,
        after_id=summary.through_message_id if summary else 0,
        most=MOST_FOLDED + KEPT,
    )
    return later[:-KEPT] if len(later) > MOST_UNCOVERED else []


async def store_summary(
    tx: TenantTransaction, conversation_id: int, summary: Summary, *, model: str | None, spent: Spent
) -> None:
    """Keep a summary that reaches further than the one before; what it took adds up."""
    await tx.run(
        SQL["store_summary"],
        conversation_id=conversation_id,
        through_message_id=summary.through_message_id,
        body=summary.body[:LONGEST],
        model=model,
        input_tokens=spent.input_tokens,
        output_tokens=spent.output_tokens,
        cost=spent.cost,
    )
