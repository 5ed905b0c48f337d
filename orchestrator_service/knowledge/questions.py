"""What nothing answered, and how a person's answer becomes knowledge: proposed when it is written, kept when approved.

Neither holds what names the person it was about: it will be cited to others.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.folding import fold
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.knowledge import repository
from orchestrator_service.knowledge.announce import announce_question
from orchestrator_service.knowledge.keep import add_document, text_source
from orchestrator_service.knowledge.models import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    Document,
    Question,
    QuestionState,
)
from orchestrator_service.knowledge.repository import SQL
from orchestrator_service.knowledge.scrubbing import scrubbed
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify

FEWEST_WORDS: Final = 3  # fewer answer nothing: "ok", "ya te digo"


class AlreadyDecided(Conflict):
    """Somebody has decided about the question meanwhile."""

    code = "already_decided"
    title = "Already Decided"


async def record_question(
    tx: TenantTransaction, conversation_id: int, question: str, names: Collection[str | None]
) -> None:
    """Somebody asked what nothing answers; asked again in the same conversation it is the same question."""
    kept = scrubbed(question[:LONGEST_QUESTION], names)
    if not kept:
        return

    async def write() -> None:
        about = {"conversation_id": conversation_id, "question": kept, "folded": fold(kept).strip(" ?!.¿¡")}
        await tx.run(SQL["ask_question"], **about)
        await announce_question(tx, None, "open")

    await optional(tx, write, missing=None)


async def learn_from(
    tx: TenantTransaction, principal: Principal, conversation_id: int, said: str, names: Collection[str | None]
) -> None:
    """A person wrote to a conversation: where a question waits there, what they wrote is proposed as its answer.

    What the same person goes on writing within ten minutes belongs to it. Call it last: it notifies.
    """

    async def write() -> None:
        of = {"conversation_id": conversation_id, "user_id": principal.user_id}
        question = await tx.one(SQL["question_to_answer"], Question, **of)
        answer = scrubbed(said, names)
        if question is None or (question.answer is None and len(answer.split()) < FEWEST_WORDS):
            return
        whole = "\n".join(part for part in (question.answer, answer) if part)[:LONGEST_ANSWER]
        await tx.run(SQL["propose_answer"], question_id=question.id, answer=whole, user_id=principal.user_id)
        await announce_question(tx, question.id, "proposed")
        if await tx.run(SQL["tell_once_a_day"], question_id=question.id):
            await notify(tx, Notice("learned_answer"), caused_by=principal.user_id)

    await optional(tx, write, missing=None)


async def list_questions(tx: TenantTransaction, state: QuestionState, *, before_id: int, most: int) -> list[Question]:
    """At most `most` below `before_id`, newest first."""

    async def query() -> list[Question]:
        return await tx.all(SQL["list_questions"], Question, state=state, before_id=before_id, most=most)

    return await optional(tx, query, missing=list[Question]())


async def approve_question(
    tx: TenantTransaction, principal: Principal, question_id: int, question: str, answer: str
) -> Document:
    """The answer is known from now on, in these words. Raises NotFound, AlreadyDecided, and as `add_document`."""
    await _undecided(tx, question_id)
    document = await add_document(tx, principal, text_source("faq", question, answer))
    await _decide(tx, principal, question_id, "approved", document.id)
    return document


async def dismiss_question(tx: TenantTransaction, principal: Principal, question_id: int) -> None:
    """It is not worth knowing. Raises NotFound, AlreadyDecided."""
    await _undecided(tx, question_id)
    await _decide(tx, principal, question_id, "dismissed")


async def reopen_question(tx: TenantTransaction, principal: Principal, question_id: int) -> None:
    """It was dismissed by mistake. Raises NotFound, AlreadyDecided where it was not dismissed, or is asked again."""
    known = await _find(tx, question_id)
    if known.state != "dismissed":
        raise AlreadyDecided("it is not dismissed")
    await _decide(tx, principal, question_id, "open" if known.answer is None else "proposed")


async def _undecided(tx: TenantTransaction, question_id: int) -> None:
    known = await _find(tx, question_id)
    if known.state not in {"open", "proposed"}:
        raise AlreadyDecided("somebody has decided about it")


async def _find(tx: TenantTransaction, question_id: int) -> Question:
    known = await tx.one(SQL["find_question"], Question, question_id=question_id)
    if known is None:
        raise NotFound
    return known


async def _decide(
    tx: TenantTransaction,
    principal: Principal,
    question_id: int,
    state: Literal["open", "proposed", "approved", "dismissed"],
    document_id: int | None = None,
) -> None:
    by = {"question_id": question_id, "user_id": principal.user_id}
    await tx.run(SQL["decide_question"], state=state, document_id=document_id, **by)
    await announce_question(tx, question_id, state)


async def knows_anything(tx: TenantTransaction) -> bool:
    """Whether the company has given its agent anything to cite."""
    return await optional(tx, lambda: repository.knows_anything(tx), missing=False)
