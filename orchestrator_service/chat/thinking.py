"""Step 4 of a turn: ask the brain, judge what it says, ask it once more where that is not so (PRODUCT §8.3, §9.4).

Nothing here sends or ends anything. A conversation's turn, the playground and an evaluation think in this one way; who
judges the answers, and what is written down of each attempt, is the `Judge`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from core.channels import read_credential
from core.clock import Clock
from core.credential_names import MODEL_KEY
from core.credentials import Keyring
from core.database import Database
from core.egress import Egress
from orchestrator_service.agent.brain import Answer, BrainChoice, BrainFailed, BrainNotConfigured, think
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.toolbox import ToolSet
from orchestrator_service.chat.claims import safe_text
from orchestrator_service.chat.replying import Choice
from orchestrator_service.chat.repository import NOTHING_SPENT, Language, Spent, TurnContext
from orchestrator_service.google_calendar.door import GoogleDoor

# Two attempts and the reply fit the failure budget of 30 seconds (PRODUCT §8.3).
ATTEMPT_SECONDS: Final = (16.0, 9.0)
_MILLION: Final = Decimal(1_000_000)
_UNTRUE: Final = "Your last answer claimed something that did not happen, or a figure that is not in the facts: {what}."


@dataclass(frozen=True, slots=True)
class TurnTools:
    """What turns need, made once by the worker. `egress` leads to models, `google` to the sellers' calendars."""

    database: Database
    google: GoogleDoor
    keyring: Keyring
    clock: Clock
    egress: Egress = field(default_factory=Egress)


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be answered, for whom, and with which tools at hand."""

    tenant_id: int
    context: TurnContext
    situation: Situation
    toolbox: ToolSet
    language: Language


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to the brain: its number from 0, the model that was asked, and when."""

    number: int
    model: str | None
    began: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer says that is not so, and the offered times that go with it."""

    untrue: list[str]
    choices: tuple[Choice, ...] = ()


class Judge(Protocol):
    """Holds answers against what was done, and keeps the story of each attempt."""

    async def judge(self, attempt: Attempt, answer: Answer, spent: Spent) -> Judged:
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

    After a failure the second attempt goes to the company's fallback model, where it has one. Raises BrainFailed.
    """
    choice = await brain_choice(tools, question.tenant_id, question.context)
    hint: str | None = None
    failure: BrainFailed | None = None
    spent = NOTHING_SPENT
    for number, seconds in enumerate(ATTEMPT_SECONDS):
        asked = choice if failure is None else _fallback(choice, question.context)
        attempt = Attempt(number, asked.model_name, tools.clock())
        try:
            answer = await think(
                asked, question.situation, question.toolbox, egress=tools.egress, seconds=seconds, hint=hint
            )
        except BrainNotConfigured:
            raise
        except BrainFailed as error:
            failure = error
            await judge.failed(attempt, error)
            continue
        failure = None
        took = spent_on(question.context, answer)
        spent += took
        judged = await judge.judge(attempt, answer, took)
        if not judged.untrue:
            return Thought(answer.text, judged.choices, spent)
        hint = _UNTRUE.format(what="; ".join(judged.untrue))
    if failure is not None:
        raise failure
    return Thought(safe_text(question.language), (), spent, safe=True)


def _fallback(choice: BrainChoice, context: TurnContext) -> BrainChoice:
    name = context.fallback_model_name
    return replace(choice, model_name=name) if choice.kind == "live" and name else choice


def spent_on(context: TurnContext, answer: Answer) -> Spent:
    """By the company's prices, whichever of its two models answered."""
    cost = answer.input_tokens * context.model_input_price + answer.output_tokens * context.model_output_price
    return Spent(answer.input_tokens, answer.output_tokens, cost / _MILLION)


async def brain_choice(tools: TurnTools, tenant_id: int, context: TurnContext) -> BrainChoice:
    """The company's model; a demo brain only for a demo company."""
    if context.mode == "demo" and context.brain == "demo":
        return BrainChoice("demo", None, None, None)
    async with tools.database.tenant(tenant_id) as tx:
        key = await read_credential(tx, tools.keyring, MODEL_KEY)
    return BrainChoice("live", context.model_name, context.model_base_url, key)
