"""The host of the agent's tools (PRODUCT §9.2, §9.3): what a model asks for is data, what happens is decided here.

Every call is one transaction: the gates, the effect and the record of the call commit together. The record is keyed by
turn, tool and arguments, so a turn that is run again gets the same answer and does nothing twice. Tenant, conversation
and lead come from the host, never from the arguments.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

import msgspec
from pydantic import BaseModel, ValidationError

from core.clock import Clock
from core.database import Database, TenantTransaction
from core.errors import NexusError
from core.json_types import JsonObject
from core.statements import sibling_statements
from core.wire import clean
from orchestrator_service.agenda.labels import Language
from orchestrator_service.agent.gates import Denied, VerdictAction, may_call_tool

SQL = sibling_statements(__file__)
BOOKING: Final = "book_sales_meeting"
AVAILABILITY: Final = "check_seller_availability"


class TurnNotOpen(NexusError):
    """The turn was finished while its model still asked for tools: nothing more may happen in it."""

    status = 409
    code = "turn_not_open"
    title = "Conflict"


@dataclass(frozen=True, slots=True)
class ToolContext:
    """For whom a tool works. `zone` is the IANA zone in which the lead reads times."""

    conversation_id: int
    lead_id: int
    turn_id: int
    language: Language
    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What the model is told. A refusal carries `refused` (the rule) and `explanation`."""

    result: JsonObject
    refused: bool = False


def refuse(rule: str, explanation: str, **extra: object) -> ToolResult:
    """A refusal that the model can read."""
    return ToolResult({"refused": rule, "explanation": explanation, **extra}, refused=True)  # pyright: ignore[reportArgumentType] - extras are JSON


Arguments: TypeAlias = BaseModel
Run: TypeAlias = Callable[[TenantTransaction, ToolContext, Arguments], Awaitable[ToolResult]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as the model sees it (name, description, arguments) and as it is run."""

    name: str
    description: str
    arguments: type[BaseModel]
    run: Run


@dataclass(frozen=True, slots=True)
class _Call:
    tool: str
    arguments_hash: bytes
    refused: bool
    result: JsonObject


class Toolbox:
    """The tools of one turn."""

    def __init__(
        self,
        database: Database,
        tools: Mapping[str, Tool],
        *,
        tenant_id: int,
        conversation_id: int,
        lead_id: int,
        turn_id: int,
        language: Language,
        zone: str,
        verdict: VerdictAction,
        clock: Clock,
    ) -> None:
        self._database = database
        self._tools = tools
        self._tenant_id = tenant_id
        self._ids = (conversation_id, lead_id, turn_id)
        self._language: Language = language
        self._zone = zone
        self._verdict: VerdictAction = verdict
        self._clock = clock
        self._turn = asyncio.Lock()

    @property
    def tools(self) -> tuple[Tool, ...]:
        """The tools that this turn's verdict leaves."""
        return tuple(
            tool for tool in self._tools.values() if not isinstance(may_call_tool(0, self._verdict, tool.name), Denied)
        )

    async def call(self, name: str, raw: JsonObject) -> ToolResult:
        """Run one tool call and commit it; the same call again gives the same result. Raises TurnNotOpen.

        Calls at once run in the order in which they came, and only the one that runs holds a connection.
        """
        tool = self._tools.get(name)
        if tool is None:
            return refuse("unknown_tool", f"There is no tool {name}.")
        try:
            arguments = tool.arguments.model_validate(clean(raw))
        except ValidationError as error:
            return refuse("bad_arguments", "; ".join(f"{e['loc']}: {e['msg']}" for e in error.errors())[:1000])
        conversation_id, lead_id, turn_id = self._ids
        async with self._turn, self._database.tenant(self._tenant_id) as tx:
            state = await tx.value(SQL["lock_turn"], str, turn_id=turn_id)
            if state != "thinking":
                raise TurnNotOpen
            calls = await tx.all(SQL["calls_of_turn"], _Call, turn_id=turn_id)
            key = _key(tool.name, arguments, calls)
            for call in calls:
                if call.tool == tool.name and call.arguments_hash == key:
                    return ToolResult(call.result, call.refused)
            gate = may_call_tool(len(calls), self._verdict, tool.name)
            if isinstance(gate, Denied):
                return refuse(gate.rule, gate.explanation_for_model)
            context = ToolContext(conversation_id, lead_id, turn_id, self._language, self._zone, self._clock())
            outcome = await tool.run(tx, context, arguments)
            await tx.run(
                SQL["store_call"],
                turn_id=turn_id,
                tool=tool.name,
                arguments=arguments.model_dump(mode="json"),
                arguments_hash=key,
                refused=outcome.refused,
                result=outcome.result,
            )
            return outcome


def _key(tool: str, arguments: BaseModel, calls: list[_Call]) -> bytes:
    """What makes two calls of a turn the same one.

    Free times asked for again after a refused booking are another question: the first answer has just proved stale.
    """
    material: list[object] = [tool, arguments.model_dump(mode="json")]
    if tool == AVAILABILITY:
        material.append(sum(call.tool == BOOKING and call.refused for call in calls))
    return hashlib.sha256(msgspec.json.encode(material, order="sorted")).digest()
