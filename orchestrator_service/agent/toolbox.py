"""The host of the agent's tools (PRODUCT §9.2, §9.3): what a model asks for is data, what happens is decided here.

A call is one transaction: the gates, the effect and the record of the call commit together. The record is keyed by
turn, tool and arguments, so a turn that is run again gets the same answer and does nothing twice. What speaks with
others (a seller's calendar) does so between transactions, and is of a kind that may be run again. Tenant, conversation
and lead come from the host, never from the arguments.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol, TypeAlias

import msgspec
from pydantic import BaseModel, ValidationError

from core.clock import Clock
from core.connection_queue import one_work
from core.credentials import Keyring
from core.database import Database, TenantTransaction
from core.egress import Egress
from core.errors import NexusError
from core.json_types import JsonObject
from core.statements import sibling_statements
from core.wire import clean
from orchestrator_service.agenda.labels import Language
from orchestrator_service.agent.gates import Denied, VerdictAction, may_call_tool
from orchestrator_service.google_calendar.door import GoogleDoor

SQL = sibling_statements(__file__)
BOOKING: Final = "book_sales_meeting"
AVAILABILITY: Final = "check_seller_availability"
MOVING: Final = "reschedule_meeting"
CANCELLING: Final = "cancel_meeting"
THINKING: Final = "thinking"


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
class Outside:
    """What a tool that speaks with others works with: transactions of its own, calendars, and the way to models.

    Without `keyring` no model is asked for anything.
    """

    database: Database
    google: GoogleDoor
    tenant_id: int
    turn_id: int
    keyring: Keyring | None = None
    egress: Egress = field(default_factory=Egress)

    async def demand_open(self, tx: TenantTransaction) -> None:
        """Call it first in the transaction that has the effect. Raises TurnNotOpen where the turn was overtaken."""
        if await tx.value(SQL["lock_turn"], str, turn_id=self.turn_id) != THINKING:
            raise TurnNotOpen


RunOutside: TypeAlias = Callable[[Outside, ToolContext, Arguments], Awaitable[ToolResult]]
AtOnce: TypeAlias = Callable[[TenantTransaction, ToolContext, Arguments], Awaitable[ToolResult | None]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as the model sees it (name, description, arguments) and as it is run.

    One with `run_outside` is run between transactions, and may be run again after a crash: it must come to the same.
    Where its `at_once` can refuse in the transaction that opens the call, it is not run at all.
    """

    name: str
    description: str
    arguments: type[BaseModel]
    run: Run | None = None
    run_outside: RunOutside | None = None
    at_once: AtOnce | None = None


@dataclass(frozen=True, slots=True)
class _Call:
    tool: str
    arguments_hash: bytes
    refused: bool
    result: JsonObject


@dataclass(frozen=True, slots=True)
class _Opened:
    context: ToolContext
    key: bytes


class ToolSet(Protocol):
    """The tools of one turn, and who works them off."""

    @property
    def tools(self) -> tuple[Tool, ...]:
        """The tools that the model may know of."""
        ...

    async def call(self, name: str, raw: JsonObject) -> ToolResult:
        """What one call comes to; the same call again comes to the same."""
        ...


class Toolbox:
    """The tools of one turn, with their effects."""

    def __init__(
        self,
        database: Database,
        google: GoogleDoor,
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
        keyring: Keyring | None = None,
        egress: Egress | None = None,
    ) -> None:
        self._database = database
        self._outside = Outside(database, google, tenant_id, turn_id, keyring, egress or Egress())
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
        async with self._turn:
            with one_work():
                return await self._called(tool, arguments)

    async def _called(self, tool: Tool, arguments: BaseModel) -> ToolResult:
        async with self._database.tenant(self._tenant_id) as tx:
            opened = await self._open(tx, tool, arguments)
            if isinstance(opened, ToolResult):
                return opened
            if tool.run is not None:
                outcome = await tool.run(tx, opened.context, arguments)
                return await self._record(tx, tool, arguments, opened.key, outcome)
            if tool.at_once is not None and (refused := await tool.at_once(tx, opened.context, arguments)):
                return await self._record(tx, tool, arguments, opened.key, refused)
        assert tool.run_outside is not None, "a tool is run in one way"
        outcome = await tool.run_outside(self._outside, opened.context, arguments)
        async with self._database.tenant(self._tenant_id) as tx:
            return await self._close(tx, tool, arguments, opened.key, outcome)

    async def _open(self, tx: TenantTransaction, tool: Tool, arguments: BaseModel) -> _Opened | ToolResult:
        """The turn is locked from here on; what the same call gave before, or why it may not be made."""
        conversation_id, lead_id, turn_id = self._ids
        if await tx.value(SQL["lock_turn"], str, turn_id=turn_id) != THINKING:
            raise TurnNotOpen
        calls = await tx.all(SQL["calls_of_turn"], _Call, turn_id=turn_id)
        key = _key(tool.name, arguments, calls)
        for call in calls:
            if call.tool == tool.name and call.arguments_hash == key:
                return ToolResult(call.result, call.refused)
        gate = may_call_tool(len(calls), self._verdict, tool.name)
        if isinstance(gate, Denied):
            return refuse(gate.rule, gate.explanation_for_model)
        return _Opened(ToolContext(conversation_id, lead_id, turn_id, self._language, self._zone, self._clock()), key)

    async def _close(
        self, tx: TenantTransaction, tool: Tool, arguments: BaseModel, key: bytes, outcome: ToolResult
    ) -> ToolResult:
        """Record what was done outside, though the turn be finished by now: it is a fact for the next one."""
        turn_id = self._ids[2]
        await tx.value(SQL["lock_turn"], str, turn_id=turn_id)
        for call in await tx.all(SQL["calls_of_turn"], _Call, turn_id=turn_id):
            if call.tool == tool.name and call.arguments_hash == key:
                return ToolResult(call.result, call.refused)
        await self._record(tx, tool, arguments, key, outcome)
        return outcome

    async def _record(
        self, tx: TenantTransaction, tool: Tool, arguments: BaseModel, key: bytes, outcome: ToolResult
    ) -> ToolResult:
        await tx.run(
            SQL["store_call"],
            turn_id=self._ids[2],
            tool=tool.name,
            arguments=arguments.model_dump(mode="json"),
            arguments_hash=key,
            refused=outcome.refused,
            result=outcome.result,
        )
        return outcome


def _key(tool: str, arguments: BaseModel, calls: list[_Call]) -> bytes:
    """What makes two calls of a turn the same one.

    Free times asked for again after a refused booking or move are another question: the first answer proved stale.
    """
    material: list[object] = [tool, arguments.model_dump(mode="json")]
    if tool == AVAILABILITY:
        material.append(sum(call.tool in {BOOKING, MOVING} and call.refused for call in calls))
    return hashlib.sha256(msgspec.json.encode(material, order="sorted")).digest()
