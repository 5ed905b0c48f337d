"""The job that folds the oldest messages of a long conversation into its summary; it may be run again.

The company's model writes it; a demo company's is extracted by rules. The model is given data between marks and no
tool, and what it writes is screened before it is kept: where it is not plainly harmless, the extract stands instead.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from core.contracts import SummariseConversation
from core.model_calls import CapReached
from core.prompt_security import inspect
from orchestrator_service.agent.brain import Answer, Thinking, condense
from orchestrator_service.agent.models.book import CallBook
from orchestrator_service.agent.models.errors import BrainFailed
from orchestrator_service.agent.models.plan import DemoChoice, read_plan
from orchestrator_service.agent.models.time_left import TimeLeft
from orchestrator_service.agent.situation import Line
from orchestrator_service.chat import repository
from orchestrator_service.chat.extracting import extract_summary
from orchestrator_service.chat.situations import line_of
from orchestrator_service.chat.summaries import (
    LONGEST,
    Summary,
    find_summary,
    plan_summary,
    store_summary,
    to_fold,
)
from orchestrator_service.chat.thinking import TurnTools
from orchestrator_service.chat.turn_models import Spent

SECONDS: Final = 20.0

_log = structlog.get_logger(__name__)


async def summarise(tools: TurnTools, job: SummariseConversation) -> None:
    """Fold what is due. Where the model fails the extract stands: the next reply must not miss what was said."""
    async with tools.database.tenant(job.tenant_id) as tx:
        context = await repository.turn_context(tx, job.conversation_id)
        before = await find_summary(tx, job.conversation_id)
        folded = await to_fold(tx, job.conversation_id, before)
    if context is None or not folded:
        return
    lines = [line_of(message) for message in folded]
    body, model, spent = await _written(tools, job, before.body if before else "", lines)
    summary = Summary(folded[-1].id, body)
    async with tools.database.tenant(job.tenant_id) as tx:
        await store_summary(tx, job.conversation_id, summary, model=model, spent=spent)
        await plan_summary(tx, job.conversation_id)


async def _written(
    tools: TurnTools, job: SummariseConversation, before: str, lines: list[Line]
) -> tuple[str, str | None, Spent]:
    """The new summary, the model that wrote it (None: the rules), and what it took."""
    book = CallBook(tools.database, tools.clock, job.tenant_id, "summary", conversation_id=job.conversation_id)
    said = "\n".join(f"{line.role}: {line.text}" for line in lines)
    answer: Answer | None = None
    try:
        async with tools.database.tenant(job.tenant_id) as tx:
            plan = await read_plan(tx, tools.keyring)
        if not isinstance(plan.choices[0], DemoChoice):
            answer = await condense(plan, before, said, Thinking(tools.egress, book, TimeLeft.start(SECONDS)))
    except (BrainFailed, CapReached) as error:
        _log.warning("summary_by_rules", tenant_id=job.tenant_id, error=str(error))
    if answer is not None:
        verdict = await asyncio.to_thread(inspect, answer.text)
        if answer.leaked or verdict.action != "allow":
            _log.warning("summary_withheld", tenant_id=job.tenant_id, reasons=list(verdict.reasons))
            answer = None
    spent = Spent(book.input_tokens, book.output_tokens, book.cost)
    if answer is None:
        return await asyncio.to_thread(extract_summary, before, lines), None, spent
    return answer.text[:LONGEST], answer.model, spent
