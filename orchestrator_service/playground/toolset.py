"""The agent's tools in the playground: seen, checked and gated as in a conversation, without their effects."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

import msgspec
from pydantic import BaseModel, ValidationError

from core.json_types import JsonObject
from core.wire import clean
from orchestrator_service.agent.gates import Denied, VerdictAction, may_call_tool
from orchestrator_service.agent.toolbox import AVAILABILITY, BOOKING, MOVING, Tool, ToolResult, refuse
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat.turn_models import Effect
from orchestrator_service.playground.effects import READING, WRITING, Desk
from orchestrator_service.playground.models import TriedTool

SIMULATED: Final = "This tool was only simulated: nothing happened. Go on as if it had worked."


@dataclass(slots=True)
class SandboxTools:
    """The tools of one exchange. Calls at once run in the order in which they came."""

    desk: Desk
    verdict: VerdictAction
    tried: list[TriedTool] = field(default_factory=list[TriedTool])
    _known: dict[bytes, ToolResult] = field(default_factory=dict[bytes, ToolResult])
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """The tools that the verdict leaves."""
        return tuple(
            tool for tool in TOOLS.values() if not isinstance(may_call_tool(0, self.verdict, tool.name), Denied)
        )

    @property
    def done(self) -> list[Effect]:
        """What the tools came to, refusals left out."""
        return [Effect(each.tool, each.result) for each in self.tried if not each.refused]

    async def call(self, name: str, raw: JsonObject) -> ToolResult:
        """What one call comes to; the same call again comes to the same."""
        tool = TOOLS.get(name)
        if tool is None:
            return refuse("unknown_tool", f"There is no tool {name}.")
        try:
            arguments = tool.arguments.model_validate(clean(raw))
        except ValidationError as error:
            return refuse("bad_arguments", "; ".join(f"{e['loc']}: {e['msg']}" for e in error.errors())[:1000])
        async with self._turn:
            key = self._key(name, arguments)
            if key in self._known:
                return self._known[key]
            gate = may_call_tool(len(self.tried), self.verdict, name)
            if isinstance(gate, Denied):
                return refuse(gate.rule, gate.explanation_for_model)
            outcome = await self._try(name, arguments)
            self._known[key] = outcome
            self.tried.append(
                TriedTool.model_validate(
                    {
                        "tool": name,
                        "arguments": arguments.model_dump(mode="json"),
                        "refused": outcome.refused,
                        "simulated": name not in READING and not outcome.refused,
                        "result": dict(outcome.result),
                    }
                )
            )
            return outcome

    async def _try(self, name: str, arguments: BaseModel) -> ToolResult:
        if name in READING:
            return await READING[name](self.desk, arguments)
        if name not in WRITING:
            return ToolResult({"simulated": True, "note": SIMULATED})
        outcome = await WRITING[name](self.desk, arguments)
        return outcome if outcome.refused else ToolResult({**outcome.result, "simulated": True})

    def _key(self, name: str, arguments: BaseModel) -> bytes:
        """As in a conversation: free times asked for again after a refused booking are another question."""
        material: list[object] = [name, arguments.model_dump(mode="json")]
        if name == AVAILABILITY:
            material.append(sum(each.tool in {BOOKING, MOVING} and each.refused for each in self.tried))
        return msgspec.json.encode(material, order="sorted")
