"""`qualify_lead`: the mandatory record of interest (seed §4.3)."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.agent.toolbox import Arguments, Tool, ToolContext, ToolResult
from orchestrator_service.conversion.rule import convert_if_ready
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Qualification)
    await qualify(
        tx, arguments, conversation_id=context.conversation_id, lead_id=context.lead_id, turn_id=context.turn_id
    )
    await convert_if_ready(tx, lead_id=context.lead_id, now=context.now)
    return ToolResult({"interest": arguments.interest, "score": arguments.score})


TOOL = Tool(
    "qualify_lead",
    "Record how interested the lead is, with quotes of their own words as evidence. Call it before you look for meeting"
    " times, and again when the interest changes.",
    Qualification,
    _run,
)
