"""The job that folds the oldest messages of a long conversation into its summary; it may be run again.

The company's model writes it; a demo company's is extracted by rules. The model is given data between marks and no
tool, and what it writes is screened before it is kept: where it is not plainly harmless, the extract stands instead.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from core.contracts import SummariseConversation
from core.prompt_security import inspect
from orchestrator_service.agent.brain import BrainFailed, condense
from orchestrator_service.agent.situation import Line
from orchestrator_service.chat import repository
from orchestrator_service.chat.extracting import extract_summary
from orchestrator_service.chat.repository import NOTHING_SPENT, Spent, TurnContext
from orchestrator_service.chat.situations import line_of
from orchestrator_service.chat.summaries import (
    LONGEST,
    Summary,
    find_summary,
    plan_summary,
    store_summary,
    to_fold,
)
from orchestrator_service.chat.thinking import TurnTools, brain_choice, spent_on

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
    body, model, spent = await _written(tools, job.tenant_id, context, before.body if before else "", lines)
    summary = Summary(folded[-1].id, body)
    async with tools.database.tenant(job.tenant_id) as tx:
        await store_summary(tx, job.conversation_id, summary, model=model, spent=spent)
        await plan_summary(tx, job.conversation_id)


async def _written(
    tools: TurnTools, tenant_id: int, context: TurnContext, before: str, lines: list[Line]
) -> tuple[str, str | None, Spent]:
    """The new summary, the model that wrote it (None: the rules), and what it took."""
    choice = await brain_choice(tools, tenant_id, context)
    if choice.kind == "demo":
        return await asyncio.to_thread(extract_summary, before, lines), None, NOTHING_SPENT
    said = "\n".join(f"{line.role}: {line.text}" for line in lines)
    try:
        answer = await condense(choice, before, said, egress=tools.egress, seconds=SECONDS)
    except BrainFailed as error:
        _log.warning("summary_by_rules", tenant_id=tenant_id, error=str(error))
        return await asyncio.to_thread(extract_summary, before, lines), None, NOTHING_SPENT
    spent = spent_on(context, answer)
    verdict = await asyncio.to_thread(inspect, answer.text)
    if answer.leaked or verdict.action != "allow":
        _log.warning("summary_withheld", tenant_id=tenant_id, reasons=list(verdict.reasons))
        return await asyncio.to_thread(extract_summary, before, lines), None, spent
    return answer.text[:LONGEST], choice.model_name, spent
