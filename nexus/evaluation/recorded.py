"""A model that says again what a model once said: a saved turn needs no network (PRODUCT §16.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, cast

from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models import Model
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.usage import RequestUsage
from pydantic_core import to_jsonable_python

from core.json_types import Json, JsonObject
from orchestrator_service.agent.situation import Situation
from orchestrator_service.evaluation.moments import written
from orchestrator_service.evaluation.scenario import Recorded

NAME: Final = "recorded"
EXHAUSTED: Final = "The recording ends here."


def recorded_model(answers: Sequence[Recorded], zone: str) -> Callable[[Situation], Model]:
    """A maker of models that give these answers in turn, over all attempts of a turn."""
    waiting = list(answers)

    def make(situation: Situation) -> Model:
        known: dict[str, Json] = {
            f"offer:{one.seller_name}@{written(one.starts_at, zone)}": one.offer_id for one in situation.offers
        }
        known |= {
            f"meeting:{one.seller_name}@{written(one.starts_at, zone)}": one.meeting_id for one in situation.meetings
        }

        async def answer(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
            del info
            _learn(known, messages)
            said = waiting.pop(0) if waiting else Recorded(text=EXHAUSTED)
            tokens = {"input_tokens": said.input_tokens, "output_tokens": said.output_tokens}
            usage = RequestUsage(**tokens, details={"recorded": 1})  # empty ones are estimated
            parts: list[ToolCallPart | TextPart] = [
                ToolCallPart(call.tool, args={key: known.get(str(one), one) for key, one in call.arguments.items()})
                for call in said.tools
            ]
            if said.text is not None:
                parts.append(TextPart(said.text))
            return ModelResponse(parts=parts, usage=usage)

        return FunctionModel(answer, model_name=NAME)

    return make


def _learn(known: dict[str, Json], messages: Sequence[ModelMessage]) -> None:
    """The times that the tools of this run gave, under the names by which the recording calls them."""
    for message in messages:
        if not isinstance(message, ModelRequest):
            continue
        for part in message.parts:
            result = to_jsonable_python(part.content) if isinstance(part, ToolReturnPart) else None
            if isinstance(result, dict):
                known.update(_offers_in(cast("JsonObject", result)))


def _offers_in(result: JsonObject) -> JsonObject:
    listed = result.get("offers")
    offers = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {f"offer:{one['seller']}@{str(one['starts_at'])[:16].replace('T', ' ')}": one["offer_id"] for one in offers}
