"""Steps 1 to 3 of a turn: whose turn it is, what it answers, whether all of it is heard, what the screen says of that.

One transaction, in which the conversation's mailbox and row are locked: of two workers with the same job one finds
nothing to do. A turn that a dead worker left open is taken up again with everything that is unanswered by then.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from core.clock import Clock
from core.contracts import TakeTurn, fair_priority
from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.jobs import defer
from core.json_types import JsonObject
from core.prompt_security import Verdict, inspect_burst, worst
from orchestrator_service.agent.gates import VerdictAction
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.versions import live_script
from orchestrator_service.chat import repository
from orchestrator_service.chat.acknowledging import acknowledge_taken_up
from orchestrator_service.chat.agent_hours import is_on_duty
from orchestrator_service.chat.announce import announce_turn
from orchestrator_service.chat.inbound import mirror_waiting
from orchestrator_service.chat.listening import (
    LISTENING,
    NOTHING_MISSED,
    Heard,
    go_on_listening,
    must_wait,
    tell_what_was_heard,
)
from orchestrator_service.chat.repository import Mailbox, TurnContext, TurnRow, TurnState, Unanswered
from orchestrator_service.chat.situations import describe, screened
from orchestrator_service.leads.tasks import add_task

MOST_ATTEMPTS: Final = 4
_WAITING: Final = "awaiting_approval"
_DAY: Final = timedelta(hours=24)
_USED_UP: Final = "The agent has answered as often in 24 hours as the company lets it."


@dataclass(frozen=True, slots=True)
class Gathered:
    """A turn that is ours to finish: its burst is screened, its situation known.

    `exhausted` says that it was begun so often that it must not be tried again; `heard` what could not be heard.
    """

    tenant_id: int
    turn: TurnRow
    context: TurnContext
    lead_id: int
    last_message_id: int
    verdict: VerdictAction
    situation: Situation
    exhausted: bool
    heard: Heard = NOTHING_MISSED

    @property
    def language(self) -> Literal["es", "en", "pt"]:
        """The language in which the person is answered."""
        match self.situation.language:
            case "en" | "pt" as language:
                return language
            case _:
                return "es"


async def gather(database: Database, clock: Clock, job: TakeTurn) -> Gathered | None:
    """Take the turn of a conversation; None where there is nothing to answer, or not yet."""
    async with database.tenant(job.tenant_id) as tx:
        await mirror_waiting(tx, job.conversation_id)
        mailbox = await repository.lock_mailbox(tx, job.conversation_id)
        context = await repository.turn_context(tx, job.conversation_id)
        if mailbox is None or context is None:
            return None
        unfinished = await repository.open_turn(tx, job.conversation_id)
        if not await _is_ours(tx, job, context, mailbox, unfinished):
            return None
        if unfinished is not None and unfinished.state == _WAITING:
            await _end(tx, context, unfinished, "superseded")
            unfinished = None
        burst = await repository.unanswered_messages(tx, job.conversation_id, context.answered_through_id)
        if not burst or context.lead_id is None or _is_silent(context, clock()):
            await _leave_to_people(tx, context, unfinished, burst)
            return None
        if unfinished is None and await _is_used_up(tx, context, clock()):
            await _leave_to_people(tx, context, unfinished, burst)
            await add_task(tx, "agent_failed", job.conversation_id, context.lead_id, _USED_UP)
            return None
        if must_wait(burst, unfinished, clock()):
            await go_on_listening(tx, job, context, unfinished, burst, clock())
            return None
        return await _begin(tx, context, context.lead_id, unfinished, burst, clock, listening_since=mailbox.first_at)


async def _is_ours(
    tx: TenantTransaction, job: TakeTurn, context: TurnContext, mailbox: Mailbox, unfinished: TurnRow | None
) -> bool:
    """Claim the pending turn. One that is not due yet waits in a new job; what an open turn did so far is kept.

    A draft that waits for a person is nobody's to work on. A job that only listens leaves a new message to that one's
    own job, which takes the open turn up.
    """
    if job.listening and mailbox.turn_pending:
        return False
    if mailbox.turn_pending and not mailbox.is_due:
        if unfinished is not None and unfinished.state != LISTENING:
            await _end(tx, context, unfinished, "superseded")
        lock = f"conversation:{job.tenant_id}:{job.conversation_id}"
        priority = fair_priority(await repository.turns_waiting(tx, job.conversation_id))
        await defer(tx, job, at=mailbox.due_at, lock=lock, priority=priority)
        return False
    if mailbox.turn_pending:
        await repository.claim_turn(tx, job.conversation_id)
        return True
    return unfinished is not None and unfinished.state != _WAITING


async def _end(tx: TenantTransaction, context: TurnContext, turn: TurnRow, state: TurnState) -> None:
    await repository.set_turn_state(tx, turn.id, state)
    await announce_turn(tx, turn.id, context.conversation_id, context.lead_id, state)


def _is_silent(context: TurnContext, now: datetime) -> bool:
    """Whether a person has the conversation, the agent is off duty, or the company or the operator keeps it off."""
    paused = context.agent_paused_until is not None and context.agent_paused_until > now
    off = context.company_status != "active" or context.agent_mode == "off"
    return paused or off or not is_on_duty(context.agent_hours, context.zone, now)


async def _is_used_up(tx: TenantTransaction, context: TurnContext, now: datetime) -> bool:
    """Whether the company's agent has begun as many turns in 24 hours as it may (PRODUCT §8.5: quotas)."""
    most = context.turns_per_day
    return most is not None and await repository.turns_since(tx, now - _DAY, most) >= most


async def _leave_to_people(
    tx: TenantTransaction, context: TurnContext, unfinished: TurnRow | None, burst: list[Unanswered]
) -> None:
    if unfinished is not None:
        await _end(tx, context, unfinished, "handed_over")
    if burst:
        await repository.answer_through(tx, context.conversation_id, burst[-1].id)


async def _begin(  # noqa: PLR0917 - one caller, which has just gathered them
    tx: TenantTransaction,
    context: TurnContext,
    lead_id: int,
    unfinished: TurnRow | None,
    burst: list[Unanswered],
    clock: Clock,
    *,
    listening_since: datetime | None,
) -> Gathered:
    first, last = burst[0].id, burst[-1].id
    if unfinished is not None:
        turn = await repository.resume_turn(tx, unfinished.id, first=first, last=last)
    else:
        turn = await repository.create_turn(tx, context.conversation_id, first=first, last=last, brain=context.brain)
    began = clock()
    waited = unfinished.started_at if unfinished is not None else None
    detail: JsonObject = {"messages": len(burst)}
    await repository.record_step(tx, turn, "gather", started_at=listening_since or began, outcome="ok", detail=detail)
    heard = await tell_what_was_heard(tx, context.conversation_id, turn, burst, began=waited or began)
    verdict, shown = await _screen(tx, burst)
    reached("screened")
    await repository.record_step(
        tx, turn, "screen", started_at=began, outcome=verdict.action, detail={"reasons": list(verdict.reasons)}
    )
    burst = await repository.unanswered_messages(tx, context.conversation_id, context.answered_through_id)
    live = await live_script(tx)
    if live.version is not None:
        await repository.note_version(tx, turn.id, live.version.id)
    situation = await describe(tx, context, lead_id, burst, clock(), live.script)
    await repository.set_turn_state(tx, turn.id, "thinking", verdict=verdict.action)
    await announce_turn(tx, turn.id, context.conversation_id, lead_id, "thinking", shown)
    if context.agent_mode == "autopilot":  # whoever waits for an approval is not told that somebody is typing
        await acknowledge_taken_up(tx, last)
    exhausted = turn.attempts > MOST_ATTEMPTS
    return Gathered(tx.tenant_id, turn, context, lead_id, last, verdict.action, situation, exhausted, heard)


async def _screen(tx: TenantTransaction, burst: list[Unanswered]) -> tuple[Verdict, dict[int, JsonObject]]:
    """Judge each message and the burst as a whole; the worst verdict rules the turn and marks what it rests on.

    The second answer holds what is to be shown: the verdicts that are not plain permission.
    """
    noted: dict[int, JsonObject] = {}
    # In a thread: a flood takes seconds, in which the worker's heart must go on beating.
    judged = await asyncio.to_thread(inspect_burst, [screened(message) for message in burst])
    whole = judged.joined.action == "block"
    for message, own in zip(burst, judged.messages, strict=True):
        verdict = worst((own, judged.joined)) if whole else own
        shown: JsonObject = {"action": verdict.action, "score": verdict.score, "reasons": list(verdict.reasons)}
        await repository.set_verdict(tx, message.id, shown)
        if verdict.action != "allow":
            noted[message.id] = shown
    return judged.overall, noted
