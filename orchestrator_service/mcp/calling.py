"""One call of a tool: the right, the arguments, the dry run before a write, the audit line, and a calm answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from pydantic import ValidationError

from core.database_errors import ConstraintViolated
from core.errors import BadInput, Conflict, NexusError, NotFound, Unstorable, problem
from core.json_types import JsonObject
from core.system_events import log_security_event
from core.wire import clean
from orchestrator_service.audit.audited import key_of
from orchestrator_service.auth.permissions import Scope, require, scope_for
from orchestrator_service.mcp.confirming import SECONDS
from orchestrator_service.mcp.models import Arguments, Caller, Tool
from orchestrator_service.mcp.registry import TOOLS
from orchestrator_service.mcp.spotlight import spotlighted

CONFIRMATION: Final = "confirmation_id"
_LONGEST_ID: Final = 100


class UnknownTool(NotFound):
    """No tool of that name."""

    code = "unknown_tool"
    title = "Unknown Tool"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came to; `refused` where nothing was done."""

    told: JsonObject
    refused: bool = False


def tools_of(caller: Caller) -> tuple[Tool, ...]:
    """The tools that the caller's key may use."""
    return tuple(tool for tool in TOOLS.values() if scope_for(caller.principal, tool.permission) is not Scope.NONE)


async def call(caller: Caller, name: str, raw: dict[str, Any], address: str) -> Answer:
    """Run one call and write it down; the answer does not leave without its line in the audit log."""
    tool = TOOLS.get(name)
    try:
        if tool is None:
            raise UnknownTool
        require(caller.principal, tool.permission)
        told, outcome = await _called(caller, tool, raw)
        answer = Answer(spotlighted(told))
    except ConstraintViolated:
        answer, outcome = _refused(Conflict("a rule of the data is against it")), "conflict"
    except NexusError as error:
        answer, outcome = _refused(error), error.code
    await _write_down(caller, tool, raw, outcome, address, refused=answer.refused)
    return answer


async def _called(caller: Caller, tool: Tool, raw: dict[str, Any]) -> tuple[JsonObject, str]:
    given = clean(raw)
    assert isinstance(given, dict)
    confirmation_id = given.pop(CONFIRMATION, None)
    arguments = _parsed(tool, given)
    if tool.rehearse is None:
        return await tool.run(caller, arguments), "read"
    exact = json.dumps(arguments.model_dump(mode="json", exclude_unset=True), sort_keys=True)
    if confirmation_id is not None:
        await caller.confirmations.use(caller.principal, tool.name, exact, str(confirmation_id)[:_LONGEST_ID])
        return {"done": True, "result": await tool.run(caller, arguments)}, "done"
    would = await tool.rehearse(caller, arguments)
    issued = await caller.confirmations.issue(caller.principal, tool.name, exact)
    until = caller.now + timedelta(seconds=SECONDS)
    next_step = f"Nothing was changed. Call {tool.name} again with the same arguments and this {CONFIRMATION} to do it."
    told: JsonObject = {
        "done": False,
        "would": would,
        CONFIRMATION: issued,
        "expires_at": until.isoformat(),
        "next": next_step,
    }
    return told, "dry_run"


def _parsed(tool: Tool, given: dict[str, Any]) -> Arguments:
    try:
        return tool.arguments.model_validate(given)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}" for one in error.errors())
        raise BadInput(told[:1000]) from error


def _refused(error: NexusError) -> Answer:
    """The refusal as the API words it; a number that no row can have is a record that nobody has."""
    shown = NotFound() if isinstance(error, Unstorable) else error
    return Answer({"error": problem(shown)}, refused=True)


async def _write_down(
    caller: Caller, tool: Tool | None, raw: dict[str, Any], outcome: str, address: str, *, refused: bool
) -> None:
    """Who called what by which key about which record; never with which words."""
    subject = None
    if tool is not None and tool.record is not None:
        kind, argument = tool.record
        about = raw.get(argument)
        subject = f"{kind}:{about}" if isinstance(about, int) else kind
    detail: JsonObject = {"tool": tool.name if tool else "unknown", "outcome": outcome, **key_of(caller.principal)}
    await log_security_event(
        caller.database,
        "mcp.tool",
        tenant_id=caller.principal.tenant_id,
        severity="warning" if refused else "info",
        user_id=caller.principal.user_id,
        subject=subject,
        address=address,
        detail=detail,
    )
