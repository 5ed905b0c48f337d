"""Step 4 of a turn: ask the brain, judge what it says, ask it once more where that is not so (PRODUCT §8.3, §9.4).

Nothing here sends or ends anything. A conversation's turn, the playground and an evaluation think in this one way; who
judges the answers, and what is written down of each attempt, is the `Judge`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from pydantic_ai.models import Model

from core.clock import Clock
from core.credentials import Keyring
from core.database import Database
from core.egress import Egress
from core.model_calls import Purpose
from orchestrator_service.agent.brain import Answer, Thinking, think
from orchestrator_service.agent.models.book import CallBook
from orchestrator_service.agent.models.errors import BrainFailed, BrainNotConfigured
from orchestrator_service.agent.models.plan import read_plan
from orchestrator_service.agent.models.time_left import TimeLeft
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.toolbox import ToolSet
from orchestrator_service.chat.claims import safe_text
from orchestrator_service.chat.replying import Choice
from orchestrator_service.chat.repository import Language, Spent
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.knowledge.citing import without_marks

MOST_ATTEMPTS: Final = 2
_UNTRUE: Final = "Your last answer claimed something that did not happen, or a figure that is not in the facts: {what}."


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


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be answered, for whom, and with which tools at hand.

    The turn and the conversation are those that its calls are booked on; None where it is nobody's.
    """

    tenant_id: int
    situation: Situation
    toolbox: ToolSet
    language: Language
    purpose: Purpose = "think"
    turn_id: int | None = None
    conversation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to the brain: its number from 0, when it began, the model that answered or failed last, what it took.

    `model` is None for the demo brain; `spares` are the models that failed before it, with how.
    """

    number: int
    began: datetime
    model: str | None
    spent: Spent
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer says that is not so, and the offered times that go with it."""

    untrue: list[str]
    choices: tuple[Choice, ...] = ()


class Judge(Protocol):
    """Holds answers against what was done, and keeps the story of each attempt."""

    async def judge(self, attempt: Attempt, answer: Answer) -> Judged:
        """What the answer says that is not so."""
        ...

    async def failed(self, attempt: Attempt, error: BrainFailed) -> None:
        """There was no answer."""
        ...


@dataclass(frozen=True, slots=True)
class Thought:
    """What may be said: `text`, with the times to tap. `safe` where the brain said only what is not so."""

    text: str
    choices: tuple[Choice, ...]
    spent: Spent
    safe: bool = False


async def think_turn(tools: TurnTools, question: Question, judge: Judge) -> Thought:
    """Ask the brain, twice at most: once more where it failed, leaked, or claimed what is not so.

    After a failure the second attempt begins at the model behind the one that failed. Raises BrainNotConfigured,
    BrainFailed with what was spent, CapReached where no more may be spent.
    """
    async with tools.database.tenant(question.tenant_id) as tx:
        plan = await read_plan(tx, tools.keyring, tools.model)
    book = CallBook(
        tools.database,
        tools.clock,
        question.tenant_id,
        question.purpose,
        question.turn_id,
        question.conversation_id,
    )
    thinking = Thinking(tools.egress, book, TimeLeft.start())
    hint: str | None = None
    failure: BrainFailed | None = None
    for number in range(MOST_ATTEMPTS):
        before, began, calls = _spent(book), tools.clock(), len(book.calls)
        is_last = number + 1 == MOST_ATTEMPTS
        try:
            answer = await think(plan, question.situation, question.toolbox, thinking, hint=hint, is_last=is_last)
        except BrainNotConfigured:
            raise
        except BrainFailed as error:
            failure = error
            await judge.failed(_attempt(number, began, error.model, book, before, calls), error)
            plan = replace(plan, first=plan.after(error.position))
            continue
        failure = None
        judged = await judge.judge(_attempt(number, began, answer.model, book, before, calls), answer)
        if not judged.untrue:
            return Thought(without_marks(answer.text), judged.choices, _spent(book))
        hint = _UNTRUE.format(what="; ".join(judged.untrue))
    if failure is not None:
        failure.input_tokens, failure.output_tokens, failure.cost = book.input_tokens, book.output_tokens, book.cost
        raise failure
    return Thought(safe_text(question.language), (), _spent(book), safe=True)


def _spent(book: CallBook) -> Spent:
    return Spent(book.input_tokens, book.output_tokens, book.cost)


def _attempt(  # noqa: PLR0917 - one caller
    number: int, began: datetime, model: str | None, book: CallBook, before: Spent, calls: int
) -> Attempt:
    spares = tuple(
        f"{call.model}: {call.outcome}" for call in book.calls[calls:] if call.outcome != "answered" and call.model
    )
    return Attempt(number, began, model, _spent(book) - before, spares)
