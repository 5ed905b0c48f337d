"""The demo brain behind pydantic-ai's model interface: messages in, one tool call or a text out."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import JsonValue as WireValue
from pydantic import TypeAdapter
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_core import to_jsonable_python

from orchestrator_service.agent.demo_brain.decide import decide
from orchestrator_service.agent.demo_brain.decision import CallTool
from orchestrator_service.agent.demo_brain.turn import MAX_CALLS
from orchestrator_service.agent.situation import Situation, ToolOutcome

MODEL_NAME = "demo-brain"
_JSON: TypeAdapter[WireValue] = TypeAdapter(WireValue)
_REFUSALS = ("refused", "missing")


def demo_model(situation: Situation) -> FunctionModel:
    """A model that answers this one turn by rules; it calls one tool at a time and at most six.

    A tool is called only if both the situation and the agent of the run have it. Text output must be allowed.
    """

    async def answer(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        outcomes = outcomes_of(messages)
        offered = frozenset(tool.name for tool in info.function_tools)
        tools = situation.tools & offered if len(outcomes) < MAX_CALLS else frozenset[str]()
        decision = decide(replace(situation, tools=tools), outcomes)
        if isinstance(decision, CallTool):
            return ModelResponse(parts=[ToolCallPart(decision.name, args=dict(decision.arguments))])
        return ModelResponse(parts=[TextPart(decision.text)])

    return FunctionModel(answer, model_name=MODEL_NAME)


def outcomes_of(messages: Sequence[ModelMessage]) -> tuple[ToolOutcome, ...]:
    """The finished tool calls of the current run, in order; calls of earlier runs in the history are left out."""
    run_id = messages[-1].run_id if messages else None
    current = [message for message in messages if message.run_id == run_id]
    calls = {
        part.tool_call_id: part
        for message in current
        if isinstance(message, ModelResponse)
        for part in message.parts
        if isinstance(part, ToolCallPart)
    }
    return tuple(
        _outcome(calls[part.tool_call_id], part)
        for message in current
        if isinstance(message, ModelRequest)
        for part in message.parts
        if isinstance(part, ToolReturnPart) and part.tool_call_id in calls
    )


def _outcome(call: ToolCallPart, returned: ToolReturnPart) -> ToolOutcome:
    result = _JSON.validate_python(to_jsonable_python(returned.content))
    gate = isinstance(result, dict) and any(result.get(key) for key in _REFUSALS)
    return ToolOutcome(call.tool_name, call.args_as_dict(), result, refused=returned.outcome != "success" or gate)
