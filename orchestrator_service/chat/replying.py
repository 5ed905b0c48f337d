"""Step 6 of a turn: the reply leaves, exactly once, and only if nothing newer has arrived (PRODUCT §7.6).

The mailbox row is locked, so no webhook is accepted for the conversation while we decide, and what was accepted before
is mirrored first, so an answer that a person has just typed on the phone is seen. The turn's row is locked, so of two
workers that thought about the same turn one sends and the other finds it finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from core.clock import Clock
from core.database import Database, TenantTransaction
from core.json_types import Json, JsonObject
from core.sending_rules import RefusalCode
from core.whatsapp import (
    BUTTON_COUNT,
    BUTTON_TITLE_LIMIT,
    INTERACTIVE_BODY_LIMIT,
    ROW_COUNT,
    ROW_DESCRIPTION_LIMIT,
    ROW_TITLE_LIMIT,
)
from orchestrator_service.chat import repository
from orchestrator_service.chat.announce import announce_turn
from orchestrator_service.chat.gathering import Gathered
from orchestrator_service.chat.inbound import mirror_waiting
from orchestrator_service.chat.repository import NOTHING_SPENT, Spent, TurnRow, TurnState
from orchestrator_service.chat.summaries import plan_summary
from orchestrator_service.chat.wording import CHOOSE, DISCLOSURE, in_language
from orchestrator_service.db import NewMessage
from orchestrator_service.leads.tasks import TaskKind, add_task
from orchestrator_service.messaging.formatting import split_text, to_whatsapp
from orchestrator_service.messaging.send import send_message
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify

MOST_SUPERSEDED: Final = 3

Outcome: TypeAlias = Literal["sent", "drafted", "superseded", "handed_over", "lost"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An offered time to tap."""

    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say (nothing where empty), and how the turn ends with it. A `task` also calls a person.

    `error` is a stable word for why it is not the agent's own answer.
    """

    text: str
    ends: Literal["done", "failed", "handed_over"] = "done"
    choices: tuple[Choice, ...] = ()
    task: tuple[TaskKind, str] | None = None
    spent: Spent = NOTHING_SPENT
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What leaves: a text in a language (`es`, `en`, `pt`), and what can be tapped under it."""

    text: str
    choices: tuple[Choice, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Queued:
    """The reply's first message, None where nothing was said; `refused` says why it will not leave."""

    message_id: int | None
    refused: RefusalCode | None


async def send_reply(database: Database, clock: Clock, gathered: Gathered, reply: Reply) -> Outcome:
    """Append the reply and defer its delivery, or give way to a newer message or to a person.

    Where the company wants to see each reply first, it is stored as a draft, which holds no lock and no worker.
    """
    async with database.tenant(gathered.tenant_id) as tx:
        began = clock()
        outcome = await _decide(tx, gathered, began)
        if outcome in {"sent", "drafted"}:
            reply = await _disclosed(tx, gathered, reply)
        if outcome == "sent" or (outcome == "drafted" and not reply.text):
            await _send(tx, gathered, reply, began)
        elif outcome == "drafted":
            await _propose(tx, gathered, reply, began)
        elif outcome != "lost":
            if outcome == "handed_over":
                await repository.answer_through(tx, gathered.context.conversation_id, gathered.last_message_id)
            await _end(tx, gathered, reply, outcome)
        if outcome != "lost":
            await plan_summary(tx, gathered.context.conversation_id)
        return outcome


async def _decide(tx: TenantTransaction, gathered: Gathered, now: datetime) -> Outcome:
    conversation_id = gathered.context.conversation_id
    await mirror_waiting(tx, conversation_id)
    mailbox = await repository.lock_mailbox(tx, conversation_id)
    context = await repository.turn_context(tx, conversation_id)
    turn = await repository.lock_turn(tx, gathered.turn.id)
    if mailbox is None or context is None or turn is None or turn.state != "thinking":
        return "lost"
    if turn.attempts != gathered.turn.attempts:
        return "lost"
    if context.agent_mode == "off" or (context.agent_paused_until and context.agent_paused_until > now):
        return "handed_over"
    overtaken = mailbox.turn_pending and await repository.superseded_in_a_row(tx, conversation_id) < MOST_SUPERSEDED
    if overtaken:
        return "superseded"
    return "drafted" if context.agent_mode == "draft" else "sent"


async def queue_reply(
    tx: TenantTransaction,
    turn: TurnRow,
    conversation_id: int,
    said: Said,
    *,
    now: datetime,
    approved_by: int | None = None,
) -> Queued:
    """Queue a turn's reply, in as many messages as it needs; the answer tells of the first, or of what was refused."""
    parts = split_text(to_whatsapp(said.text))
    message_id: int | None = None
    refused: RefusalCode | None = None
    for number, part in enumerate(parts):
        choices = said.choices if number == len(parts) - 1 else ()
        kind, content = _interactive(part, choices, said.language)
        queued = await send_message(
            tx,
            NewMessage(
                conversation_id=conversation_id,
                direction="out",
                author="agent",
                author_user_id=approved_by,
                type=kind,
                body=part,
                content=content,
                origin_key=f"turn:{turn.id}:reply:{number}",
                status="queued",
                turn_id=turn.id,
            ),
            now=now,
        )
        message_id, refused = message_id or queued.message_id, refused or queued.refused
    detail: JsonObject = {"parts": len(parts), "refused": refused, "approved_by": approved_by}
    await repository.record_step(tx, turn, "send", started_at=now, outcome=refused or "queued", detail=detail)
    return Queued(message_id, refused)


async def _disclosed(tx: TenantTransaction, gathered: Gathered, reply: Reply) -> Reply:
    """The agent's first words in a conversation say what it is, where the company wants that (PRODUCT §8.5)."""
    context = gathered.context
    if not context.ai_disclosure or not reply.text or await repository.agent_has_spoken(tx, context.conversation_id):
        return reply
    script = gathered.situation.script
    line = script.disclosure if script is not None and script.disclosure else None
    line = line or in_language(DISCLOSURE, gathered.language).format(agent=context.agent_name, company=context.company)
    return replace(reply, text=f"{line}\n\n{reply.text}")


async def _send(tx: TenantTransaction, gathered: Gathered, reply: Reply, now: datetime) -> None:
    context = gathered.context
    said = Said(reply.text, reply.choices, gathered.language)
    queued = await queue_reply(tx, gathered.turn, context.conversation_id, said, now=now)
    await repository.answer_through(tx, context.conversation_id, gathered.last_message_id, gathered.language)
    if reply.task is not None:
        await add_task(tx, reply.task[0], context.conversation_id, gathered.lead_id, reply.task[1])
    if queued.refused is not None:
        await add_task(tx, "send_failed", context.conversation_id, gathered.lead_id, queued.refused)
    await _end(tx, gathered, reply, reply.ends, queued.message_id)


async def _propose(tx: TenantTransaction, gathered: Gathered, reply: Reply, now: datetime) -> None:
    """The reply waits for a person's word; what calls a person calls at once."""
    conversation_id = gathered.context.conversation_id
    choices: list[Json] = [{"id": one.id, "title": one.title, "description": one.description} for one in reply.choices]
    draft: JsonObject = {"text": reply.text, "choices": choices, "language": gathered.language, "ends": reply.ends}
    await repository.store_draft(tx, gathered.turn.id, draft, reply.spent)
    await repository.record_step(tx, gathered.turn, "draft", started_at=now, outcome="waiting")
    if reply.task is not None:
        await add_task(tx, reply.task[0], conversation_id, gathered.lead_id, reply.task[1])
    await announce_turn(tx, gathered.turn.id, conversation_id, gathered.lead_id, "awaiting_approval")
    await notify(tx, Notice("draft_waiting", lead_id=gathered.lead_id, conversation_id=conversation_id))


async def _end(
    tx: TenantTransaction, gathered: Gathered, reply: Reply, state: TurnState, message_id: int | None = None
) -> None:
    await repository.set_turn_state(
        tx,
        gathered.turn.id,
        state,
        error=reply.error,
        reply_message_id=message_id,
        spent=reply.spent,
    )
    await announce_turn(tx, gathered.turn.id, gathered.context.conversation_id, gathered.lead_id, state)


def _interactive(body: str, choices: Sequence[Choice], language: str) -> tuple[str, JsonObject]:
    """Buttons for up to three short choices, a list for up to ten; plain text where neither fits."""
    fits = 0 < len(choices) <= ROW_COUNT and len(body) <= INTERACTIVE_BODY_LIMIT
    if not fits or len({choice.title for choice in choices}) != len(choices):
        return "text", {}
    if len(choices) <= BUTTON_COUNT and all(len(choice.title) <= BUTTON_TITLE_LIMIT for choice in choices):
        return "buttons", {"choices": [{"id": choice.id, "title": choice.title} for choice in choices]}
    if any(len(choice.title) > ROW_TITLE_LIMIT for choice in choices):
        return "text", {}
    rows: list[JsonObject] = [
        {"id": choice.id, "title": choice.title, "description": (choice.description or "")[:ROW_DESCRIPTION_LIMIT]}
        for choice in choices
    ]
    return "list", {"button": in_language(CHOOSE, language), "choices": rows}
