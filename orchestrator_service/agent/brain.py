"""The brain: pydantic-ai over the company's model, or over the demo brain, behind one interface (ADR 0007).

Imported by the worker only: pydantic-ai takes seconds to import.
"""

from __future__ import annotations

import asyncio
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from pydantic import BaseModel
from pydantic_ai import Agent, UsageLimits
from pydantic_ai import Tool as ModelTool
from pydantic_ai.exceptions import AgentRunError, FallbackExceptionGroup, ModelAPIError
from pydantic_ai.settings import ModelSettings
from pydantic_core import SchemaValidator, core_schema

from core.egress import Egress
from core.json_types import Json
from core.prompt_security import check_output, new_canary, new_mark, wrap_untrusted
from core.wire import clean_text
from orchestrator_service.agent.admission import admit, admitted, speakable
from orchestrator_service.agent.gates import MOST_TOOL_CALLS_PER_TURN
from orchestrator_service.agent.models.book import CallBook
from orchestrator_service.agent.models.errors import BrainFailed
from orchestrator_service.agent.models.opening import opened
from orchestrator_service.agent.models.plan import ModelPlan
from orchestrator_service.agent.models.time_left import TimeLeft
from orchestrator_service.agent.prompt import CONDENSING, write_prompt
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.toolbox import Tool, ToolSet
from orchestrator_service.messaging.formatting import to_whatsapp

MOST_REQUESTS: Final = MOST_TOOL_CALLS_PER_TURN + 2
# Tool calls are short: all answers of a turn together stay below so many of the longest.
MOST_LONG_ANSWERS: Final = 3
# A model may give a list or a number where an object belongs: it is asked again, and the turn goes on.
_AN_OBJECT: Final = SchemaValidator(core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema()))


@dataclass(frozen=True, slots=True)
class Thinking:
    """How a turn thinks: the way out, the book of its calls, the time that all its attempts share."""

    egress: Egress
    book: CallBook
    time: TimeLeft


@dataclass(frozen=True, slots=True)
class Answer:
    """What the brain wants to say, and who said it (None: the demo brain). `leaked` means that it must not be said."""

    text: str
    leaked: bool
    model: str | None


async def think(
    plan: ModelPlan,
    situation: Situation,
    toolbox: ToolSet,
    thinking: Thinking,
    *,
    hint: str | None = None,
    is_last: bool = True,
) -> Answer:
    """Answer one turn in the time left. `hint` tells a second attempt what was wrong with the first.

    Raises BrainNotConfigured where the company's models are at addresses that the egress client does not allow,
    BrainFailed where none answers, CapReached where no more may be spent.
    """
    situation = await asyncio.to_thread(admit, situation)
    told: list[Json] = []
    canary = new_canary()
    prompt = write_prompt(situation, mark=new_mark(), canary=canary)
    instructions = f"{prompt.instructions}\n{hint}" if hint else prompt.instructions
    tools = [_model_tool(tool, toolbox, told) for tool in toolbox.tools]
    most = plan.output_tokens
    limits = UsageLimits(request_limit=MOST_REQUESTS, output_tokens_limit=most * MOST_LONG_ANSWERS)
    # Whoever asks again here knows the time left and the caps; the libraries do not.
    settings = ModelSettings(max_tokens=most, max_retries=0)
    book = thinking.book
    try:
        async with opened(plan, situation, thinking.egress, book, thinking.time, is_last=is_last) as model:
            agent = Agent(model, output_type=str, instructions=instructions, tools=tools)
            run = await agent.run(prompt.user, usage_limits=limits, model_settings=settings)
    except (AgentRunError, FallbackExceptionGroup, TimeoutError, UnicodeError) as error:
        raise _failed(book, _reason(error)) from error
    text = clean_text(run.output).strip()
    if not to_whatsapp(text):
        raise _failed(book, "The model answered nothing.")
    may_say = speakable(situation, told)
    leaks = check_output(
        text,
        canary=canary,
        prompt_fragments=tuple(prompt.instructions.splitlines()),
        allowed_contacts=may_say.contacts,
        allowed_links=may_say.links,
    )
    return Answer(text, leaked=bool(leaks), model=book.calls[-1].model if book.calls else None)


async def condense(plan: ModelPlan, before: str, said: str, thinking: Thinking) -> Answer:
    """A summary of `before`, itself one, and of what was `said` after it, by a live company's models and without tools.

    Raises BrainNotConfigured, BrainFailed and CapReached as `think` does.
    """
    mark, canary = new_mark(), new_canary()
    instructions = CONDENSING.format(mark=mark, canary=canary)
    material = "\n\n".join(wrap_untrusted(text or "-", mark) for text in (before, said))
    limits = UsageLimits(request_limit=1, output_tokens_limit=plan.output_tokens)
    settings = ModelSettings(max_tokens=plan.output_tokens, max_retries=0)
    book = thinking.book
    try:
        async with opened(plan, None, thinking.egress, book, thinking.time, is_last=True) as model:
            agent = Agent(model, output_type=str, instructions=instructions)
            run = await agent.run(material, usage_limits=limits, model_settings=settings)
    except (AgentRunError, FallbackExceptionGroup, TimeoutError, UnicodeError) as error:
        raise _failed(book, _reason(error)) from error
    text = clean_text(run.output).strip()
    if not text:
        raise _failed(book, "The model answered nothing.")
    leaks = check_output(
        text,
        canary=canary,
        prompt_fragments=tuple(instructions.splitlines()),
        allowed_contacts=frozenset(),
        allowed_links=frozenset(),
    )
    leaked = any(leak.kind in {"canary", "prompt", "secret"} for leak in leaks)
    return Answer(text, leaked=leaked, model=book.calls[-1].model if book.calls else None)


def _failed(book: CallBook, reason: str) -> BrainFailed:
    last = book.calls[-1] if book.calls else None
    return BrainFailed(reason, model=last.model if last else None, position=last.position if last else None)


def _reason(error: Exception) -> str:
    """One line for whoever is called: how each model failed, never what its server said."""
    if isinstance(error, FallbackExceptionGroup):
        return "; ".join(_reason(one) for one in error.exceptions)
    return str(error) if isinstance(error, ModelAPIError) else type(error).__name__


def _model_tool(tool: Tool, toolbox: ToolSet, told: list[Json]) -> ModelTool[object]:
    async def call(**arguments: Json) -> Json:
        outcome = await toolbox.call(tool.name, arguments)
        result = cast("Json", await asyncio.to_thread(admitted, outcome.result))
        told.append(result)
        return result

    made = ModelTool[object].from_schema(call, tool.name, tool.description, deepcopy(_schema_of(tool.arguments)))
    made.function_schema.validator = _AN_OBJECT
    return made


@cache
def _schema_of(arguments: type[BaseModel]) -> dict[str, Any]:
    """Made once for each tool: making it costs more than most of a turn."""
    return arguments.model_json_schema()
