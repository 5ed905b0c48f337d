"""The job that answers in the playground, in the worker: the screen, the brain and the claim check of a conversation.

It writes the run's own row and nothing else. It may be run again: whoever finds the exchange answered does nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import structlog

from core.contracts import PlaygroundAsked
from core.database import TenantTransaction
from core.errors import NotFound
from core.model_calls import CapReached
from core.outbox import emit
from core.prompt_security import inspect_burst
from orchestrator_service.agent.brain import Answer
from orchestrator_service.agent.models.errors import BrainFailed, BrainNotConfigured
from orchestrator_service.agent.script import Script, version_of
from orchestrator_service.agent.versions import script_to_try
from orchestrator_service.chat.claims import check_claims
from orchestrator_service.chat.evidence import choices_to_tap, evidence
from orchestrator_service.chat.thinking import Attempt, Judged, Question, TurnTools, think_turn
from orchestrator_service.chat.turn_models import Spent, TurnContext
from orchestrator_service.chat.wording import BLOCKED, in_language
from orchestrator_service.knowledge.citing import without_marks
from orchestrator_service.playground import repository
from orchestrator_service.playground.describing import describe, language_of
from orchestrator_service.playground.effects import Desk
from orchestrator_service.playground.models import Exchange, OfferedChoice, Run, TriedAttempt
from orchestrator_service.playground.toolset import SandboxTools

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class SandboxJudge:
    """Holds answers against what the sandbox holds, and keeps each attempt for whoever watches."""

    question: Question
    tools: SandboxTools
    attempts: list[TriedAttempt] = field(default_factory=list[TriedAttempt])
    spent: Spent = field(default_factory=Spent)

    async def judge(self, attempt: Attempt, answer: Answer) -> Judged:
        """What the answer says that is not so, and the offered times that go with it."""
        done = self.tools.done
        meetings = [(meeting.starts_at, meeting.status) for meeting in self.tools.desk.sandbox.meetings]
        said = without_marks(answer.text)
        untrue = [claim.text for claim in check_claims(said, evidence(self.question.situation, meetings, done))]
        if answer.leaked:
            untrue.append("internal text")
        self.spent += attempt.spent
        text = said if not answer.leaked else None
        self.attempts.append(TriedAttempt(model=attempt.model, text=text, untrue=untrue))
        return Judged(untrue, tuple(choices_to_tap(done, said)))

    async def failed(self, attempt: Attempt, error: BrainFailed) -> None:
        """There was no answer."""
        self.attempts.append(TriedAttempt(model=attempt.model, text=None, untrue=[], error=str(error)))


@dataclass(frozen=True, slots=True)
class _Asked:
    run: Run
    script: Script
    context: TurnContext


async def answer_run(tools: TurnTools, job: PlaygroundAsked) -> None:
    """Answer the last exchange of a run, if it still waits."""
    async with tools.database.tenant(job.tenant_id) as tx:
        asked = await _load(tx, job.run_id)
    if asked is None:
        return
    began = tools.clock()
    exchange, sandbox = await _answered(tools, job.tenant_id, asked)
    exchange.seconds = round((tools.clock() - began).total_seconds(), 3)
    exchange.script_version = version_of(asked.script)
    async with tools.database.tenant(job.tenant_id) as tx:
        run = await repository.lock_run(tx, job.run_id)
        if run is None or run.state != "thinking" or len(run.exchanges) != len(asked.run.exchanges):
            return
        await repository.save_run(
            tx, replace(run, state="ready", exchanges=[*run.exchanges[:-1], exchange], sandbox=sandbox.sandbox)
        )
        told = {"id": run.id, "exchanges": len(run.exchanges), "state": "ready"}
        await emit(tx, "PLAYGROUND_UPDATED", told, owner_user_id=run.user_id, audience="user")
    _log.info("playground_answered", tenant_id=job.tenant_id, run_id=job.run_id, outcome=exchange.outcome)


async def _load(tx: TenantTransaction, run_id: int) -> _Asked | None:
    run = await repository.lock_run(tx, run_id)
    if run is None or run.state != "thinking":
        return None
    context = await repository.company_context(tx)
    if context is None:
        raise NotFound
    return _Asked(run, await script_to_try(tx), context)


async def _answered(tools: TurnTools, tenant_id: int, asked: _Asked) -> tuple[Exchange, Desk]:
    """The exchange with its answer, and the desk with the sandbox that it left."""
    run, script, context = asked.run, asked.script, asked.context
    exchange = run.exchanges[-1].model_copy(deep=True)
    judged = await asyncio.to_thread(inspect_burst, exchange.messages)
    exchange.verdict, exchange.reasons = judged.overall.action, list(judged.overall.reasons)
    language = language_of(run, script, context)
    desk = Desk(
        tools.database,
        tools.google,
        tenant_id,
        run.sandbox.model_copy(deep=True),
        language,
        context.zone,
        tools.clock(),
        tools.keyring,
        tools.egress,
    )
    if exchange.verdict == "block":
        exchange.outcome, exchange.reply = "blocked", in_language(BLOCKED, language)
        return exchange, desk
    sandbox_tools = SandboxTools(desk, exchange.verdict)
    situation = describe(run, script, context, desk.now)
    question = Question(tenant_id, situation, sandbox_tools, language, "playground")
    judge = SandboxJudge(question, sandbox_tools)
    await _think(tools, exchange, judge)
    exchange.tools, exchange.attempts = sandbox_tools.tried, judge.attempts
    exchange.input_tokens, exchange.output_tokens = judge.spent.input_tokens, judge.spent.output_tokens
    exchange.cost = judge.spent.cost
    return exchange, desk


async def _think(tools: TurnTools, exchange: Exchange, judge: SandboxJudge) -> None:
    try:
        thought = await think_turn(tools, judge.question, judge)
    except BrainNotConfigured as error:
        exchange.outcome, exchange.error = "failed", f"{error.code}: {error}"
        return
    except (BrainFailed, CapReached) as error:
        exchange.outcome, exchange.error = "failed", f"{error.code}: {error}"
        return
    exchange.outcome, exchange.reply = "safe" if thought.safe else "ok", thought.text
    exchange.choices = [
        OfferedChoice(id=choice.id, title=choice.title, description=choice.description) for choice in thought.choices
    ]
