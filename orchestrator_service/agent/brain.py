"""The brain: pydantic-ai over the company's model, or over the demo brain, behind one interface (ADR 0007).

Imported by the worker only: pydantic-ai takes seconds to import.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from pydantic import BaseModel
from pydantic_ai import Agent, UsageLimits
from pydantic_ai import Tool as ModelTool
from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.models import Model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_core import SchemaValidator, core_schema

from core.egress import Caps, Egress
from core.egress_rules import EgressRefused
from core.errors import Unavailable
from core.json_types import Json
from core.prompt_security import check_output, new_canary, new_mark
from core.secret import Secret
from core.wire import clean_text
from orchestrator_service.agent.demo_brain.model import demo_model
from orchestrator_service.agent.gates import MOST_TOOL_CALLS_PER_TURN
from orchestrator_service.agent.prompt import write_prompt
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.toolbox import Tool, Toolbox
from orchestrator_service.messaging.formatting import to_whatsapp

MOST_REQUESTS: Final = MOST_TOOL_CALLS_PER_TURN + 2
MOST_OUTPUT_TOKENS: Final = 4000
MODEL_URL: Final = "https://api.openai.com/v1"
LARGEST_ANSWER: Final = 1024 * 1024
# A model may give a list or a number where an object belongs: it is asked again, and the turn goes on.
_AN_OBJECT: Final = SchemaValidator(core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema()))


@dataclass(frozen=True, slots=True)
class BrainChoice:
    """Which model answers. A live brain needs `model_name` and `api_key`; `base_url` is any OpenAI-compatible API."""

    kind: Literal["demo", "live"]
    model_name: str | None
    base_url: str | None
    api_key: Secret | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the brain wants to say. `leaked` means that it must not be said."""

    text: str
    input_tokens: int
    output_tokens: int
    leaked: bool


class BrainFailed(Unavailable):
    """The model did not answer, or not with anything usable."""

    code = "brain_failed"


class BrainNotConfigured(BrainFailed):
    """A live company without a model or its key: nothing is sent, a person is called (PRODUCT §1.5)."""

    code = "brain_not_configured"


async def think(
    choice: BrainChoice,
    situation: Situation,
    toolbox: Toolbox,
    *,
    egress: Egress,
    seconds: float,
    hint: str | None = None,
) -> Answer:
    """Answer one turn within `seconds`. `hint` tells a second attempt what was wrong with the first.

    Raises BrainNotConfigured where the company has no model, or one at an address that `egress` does not allow;
    BrainFailed where it does not answer.
    """
    canary = new_canary()
    prompt = write_prompt(situation, mark=new_mark(), canary=canary)
    instructions = f"{prompt.instructions}\n{hint}" if hint else prompt.instructions
    tools = [_model_tool(tool, toolbox) for tool in toolbox.tools]
    limits = UsageLimits(request_limit=MOST_REQUESTS, output_tokens_limit=MOST_OUTPUT_TOKENS)
    try:
        async with _model(choice, situation, egress, seconds) as model:
            agent = Agent(model, output_type=str, instructions=instructions, tools=tools)
            run = await agent.run(prompt.user, usage_limits=limits, timeout=seconds)
    except (AgentRunError, TimeoutError, UnicodeError) as error:
        raise BrainFailed(f"{type(error).__name__}") from error
    text = clean_text(run.output).strip()
    if not to_whatsapp(text):
        raise BrainFailed("The model answered nothing.")
    leaks = check_output(
        text,
        canary=canary,
        prompt_fragments=tuple(prompt.instructions.splitlines()),
        allowed_contacts=frozenset(),
        allowed_links=frozenset(),
    )
    return Answer(text, run.usage.input_tokens, run.usage.output_tokens, leaked=bool(leaks))


@asynccontextmanager
async def _model(choice: BrainChoice, situation: Situation, egress: Egress, seconds: float) -> AsyncGenerator[Model]:
    """The company's model. Its address is the company's word, so it is reached by the egress client alone."""
    if choice.kind == "demo":
        yield demo_model(situation)
        return
    if choice.model_name is None or choice.api_key is None:
        raise BrainNotConfigured("The company has no model or no key for it.")
    url = choice.base_url or MODEL_URL
    try:
        egress.policy.target(url)
    except EgressRefused as error:
        raise BrainNotConfigured(f"The model's address was refused: {error}") from None
    async with egress.client(Caps(LARGEST_ANSWER, seconds)) as http:
        provider = OpenAIProvider(base_url=url, api_key=choice.api_key.reveal(), http_client=http)
        yield OpenAIChatModel(choice.model_name, provider=provider)


def _model_tool(tool: Tool, toolbox: Toolbox) -> ModelTool[object]:
    async def call(**arguments: Json) -> Json:
        outcome = await toolbox.call(tool.name, arguments)
        return outcome.result

    made = ModelTool[object].from_schema(call, tool.name, tool.description, deepcopy(_schema_of(tool.arguments)))
    made.function_schema.validator = _AN_OBJECT
    return made


@cache
def _schema_of(arguments: type[BaseModel]) -> dict[str, Any]:
    """Made once for each tool: making it costs more than most of a turn."""
    return arguments.model_json_schema()
