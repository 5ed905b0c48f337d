"""One turn of the agent (PRODUCT §8): gather, screen, think, check, reply. Every step can be run again.

A worker may die at any line: the turn's row is open, its job is rescued, tool effects are keyed and the reply commits
with the end of the turn. Nothing here holds a transaction while the model thinks.
"""

from __future__ import annotations

from dataclasses import replace

import structlog

from core.contracts import TakeTurn
from core.crash_points import reached
from core.system_events import log_security_event
from orchestrator_service.agent.brain import BrainFailed, BrainNotConfigured
from orchestrator_service.agent.toolbox import Toolbox, TurnNotOpen
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat.gathering import Gathered, gather
from orchestrator_service.chat.judging import TurnJudge
from orchestrator_service.chat.replying import Reply, send_reply
from orchestrator_service.chat.thinking import Question, TurnTools, think_turn
from orchestrator_service.chat.wording import BLOCKED, HOLDING, UNHEARD, in_language

_log = structlog.get_logger(__name__)


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
    question = Question(
        gathered.tenant_id, gathered.context, gathered.situation, _toolbox(tools, gathered), gathered.language
    )
    thought = await think_turn(tools, question, TurnJudge(tools.database, gathered))
    return Reply(thought.text, choices=thought.choices, spent=thought.spent)


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
