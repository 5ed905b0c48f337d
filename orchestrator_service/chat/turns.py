"""One turn of the agent (PRODUCT §8): gather, screen, think, check, reply. Every step can be run again.

A worker may die at any line: the turn's row is open, its job is rescued, tool effects are keyed and the reply commits
with the end of the turn. Nothing here holds a transaction while the model thinks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

import structlog
from pydantic_ai.models import Model

from core.channels import read_credential
from core.clock import Clock
from core.contracts import TakeTurn
from core.crash_points import reached
from core.credential_names import MODEL_KEY
from core.credentials import Keyring
from core.database import Database
from core.egress import Egress
from core.system_events import log_security_event
from orchestrator_service.agent.brain import Answer, BrainChoice, BrainFailed, BrainNotConfigured, think
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.toolbox import BOOKING, MOVING, Toolbox, TurnNotOpen
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat import repository
from orchestrator_service.chat.claims import check_claims, safe_text
from orchestrator_service.chat.evidence import choices_of, effects_of
from orchestrator_service.chat.gathering import Gathered, gather
from orchestrator_service.chat.replying import Choice, Reply, send_reply
from orchestrator_service.chat.repository import NOTHING_SPENT, Spent, TurnContext
from orchestrator_service.chat.wording import BLOCKED, HOLDING, UNHEARD, in_language
from orchestrator_service.google_calendar.door import GoogleDoor

# Two attempts and the reply fit the failure budget of 30 seconds (PRODUCT §8.3).
ATTEMPT_SECONDS: Final = (16.0, 9.0)
_MILLION: Final = Decimal(1_000_000)
_UNTRUE: Final = "Your last answer claimed something that did not happen, or a figure that is not in the facts: {what}."

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TurnTools:
    """What turns need, made once by the worker. `egress` leads to models, `google` to the sellers' calendars.

    `model` answers instead of the company's brain: a recorded one, when a saved turn is played again.
    """

    database: Database
    google: GoogleDoor
    keyring: Keyring
    clock: Clock
    egress: Egress = field(default_factory=Egress)
    model: Callable[[Situation], Model] | None = None


async def take_turn(tools: TurnTools, job: TakeTurn) -> None:
    """Answer one conversation, if it is its turn and nothing newer overtakes the reply."""
    gathered = await gather(tools.database, tools.clock, job)
    if gathered is None:
        return
    reached("gathered")
    try:
        reply = await _reply_to(tools, gathered)
    except TurnNotOpen:
        _log.info("turn_overtaken", tenant_id=job.tenant_id, turn_id=gathered.turn.id)
        return
    reached("thought")
    outcome = await send_reply(tools.database, tools.clock, gathered, reply)
    reached("replied")
    _log.info("turn_finished", tenant_id=job.tenant_id, turn_id=gathered.turn.id, outcome=outcome)


async def _reply_to(tools: TurnTools, gathered: Gathered) -> Reply:
    if gathered.verdict == "block":
        await log_security_event(
            tools.database,
            "agent.message_blocked",
            tenant_id=gathered.tenant_id,
            subject=f"conversation:{gathered.context.conversation_id}",
        )
        text = in_language(BLOCKED, gathered.language)
        return Reply(text, task=("blocked_message", "The screen blocked a message of this conversation."))
    if gathered.exhausted:
        return _holding(gathered, "The agent was interrupted too often.")
    if gathered.heard.unheard == "all":
        return _owning_up(gathered, Reply(""))
    try:
        reply = await _think(tools, gathered)
        return _owning_up(gathered, reply) if gathered.heard.unheard == "some" else reply
    except BrainNotConfigured as error:
        await log_security_event(
            tools.database, "agent.not_configured", tenant_id=gathered.tenant_id, severity="critical"
        )
        return Reply("", ends="failed", task=("agent_failed", str(error)))
    except BrainFailed as error:
        return _holding(gathered, f"The model did not answer: {error}")


def _owning_up(gathered: Gathered, reply: Reply) -> Reply:
    """Say that a voice note could not be heard, and call a person: both once, until that person has been there."""
    excuse = "" if gathered.heard.told else in_language(UNHEARD, gathered.language)
    text = "\n\n".join(part for part in (reply.text, excuse) if part)
    return replace(reply, text=text, task=reply.task or ("audio_unheard", "A voice note could not be transcribed."))


def _holding(gathered: Gathered, reason: str) -> Reply:
    return Reply(in_language(HOLDING, gathered.language), ends="failed", task=("agent_failed", reason))


async def _think(tools: TurnTools, gathered: Gathered) -> Reply:
    """Ask the brain, twice at most: once more where it failed, leaked, or claimed what is not so.

    After a failure the second attempt goes to the company's fallback model, where it has one.
    """
    choice = await _brain_choice(tools, gathered)
    toolbox = _toolbox(tools, gathered)
    hint: str | None = None
    failure: BrainFailed | None = None
    spent = NOTHING_SPENT
    for attempt, seconds in enumerate(ATTEMPT_SECONDS):
        began = tools.clock()
        asked = choice if failure is None else _fallback(choice, gathered)
        try:
            answer = await think(asked, gathered.situation, toolbox, egress=tools.egress, seconds=seconds, hint=hint)
        except BrainNotConfigured:
            raise
        except BrainFailed as error:
            failure = error
            await _record_failure(tools, gathered, asked, error, began, attempt)
            continue
        failure = None
        took = _spent(gathered.context, answer)
        spent += took
        untrue, choices = await _check(tools, gathered, Thought(asked.model_name, answer, took, began, attempt))
        if not untrue:
            return Reply(answer.text, choices=choices, spent=spent)
        hint = _UNTRUE.format(what="; ".join(untrue))
    if failure is not None:
        raise failure
    return Reply(safe_text(gathered.language), spent=spent)


@dataclass(frozen=True, slots=True)
class Thought:
    """One attempt that was answered: by which model, at what cost, when it began, and its number from 0."""

    model: str | None
    answer: Answer
    spent: Spent
    began: datetime
    attempt: int


def _fallback(choice: BrainChoice, gathered: Gathered) -> BrainChoice:
    name = gathered.context.fallback_model_name
    return replace(choice, model_name=name) if choice.kind == "live" and name else choice


def _spent(context: TurnContext, answer: Answer) -> Spent:
    """By the company's prices, whichever of its two models answered."""
    cost = answer.input_tokens * context.model_input_price + answer.output_tokens * context.model_output_price
    return Spent(answer.input_tokens, answer.output_tokens, cost / _MILLION)


async def _record_failure(  # noqa: PLR0917 - one caller, which has just seen it fail
    tools: TurnTools, gathered: Gathered, asked: BrainChoice, error: BrainFailed, began: datetime, attempt: int
) -> None:
    async with tools.database.tenant(gathered.tenant_id) as tx:
        await repository.record_step(
            tx,
            gathered.turn,
            f"think:{attempt + 1}",
            started_at=began,
            outcome="failed",
            detail={"model": asked.model_name, "error": str(error)},
        )


async def _check(tools: TurnTools, gathered: Gathered, thought: Thought) -> tuple[list[str], tuple[Choice, ...]]:
    """What the answer says that is not so, and the offered times that go with it. Writes the timeline."""
    answer = thought.answer
    async with tools.database.tenant(gathered.tenant_id) as tx:
        done = await repository.effects_of_turn(tx, gathered.turn.id)
        effects = await effects_of(tx, gathered, done)
        untrue = [claim.text for claim in check_claims(answer.text, effects)]
        if answer.leaked:
            untrue.append("internal text")
        await repository.record_step(
            tx,
            gathered.turn,
            f"think:{thought.attempt + 1}",
            started_at=thought.began,
            outcome="ok" if not untrue else "rejected",
            detail={
                "model": thought.model,
                "tools": [effect.tool for effect in done],
                "claims": untrue,
                "text": answer.text[:1000],
                "input_tokens": thought.spent.input_tokens,
                "output_tokens": thought.spent.output_tokens,
                "cost": float(thought.spent.cost),
            },
        )
    offered = [] if any(effect.tool in {BOOKING, MOVING} for effect in done) else choices_of(done)
    return untrue, tuple(offered)


def _toolbox(tools: TurnTools, gathered: Gathered) -> Toolbox:
    return Toolbox(
        tools.database,
        tools.google,
        TOOLS,
        tenant_id=gathered.tenant_id,
        conversation_id=gathered.context.conversation_id,
        lead_id=gathered.lead_id,
        turn_id=gathered.turn.id,
        language=gathered.language,
        zone=gathered.context.zone,
        verdict=gathered.verdict,
        clock=tools.clock,
    )


async def _brain_choice(tools: TurnTools, gathered: Gathered) -> BrainChoice:
    """The company's model; a demo brain only for a demo company."""
    context = gathered.context
    if tools.model is not None:
        return BrainChoice("live", context.model_name, None, None, given=tools.model)
    if context.mode == "demo" and context.brain == "demo":
        return BrainChoice("demo", None, None, None)
    async with tools.database.tenant(gathered.tenant_id) as tx:
        key = await read_credential(tx, tools.keyring, MODEL_KEY)
    return BrainChoice("live", context.model_name, context.model_base_url, key)
