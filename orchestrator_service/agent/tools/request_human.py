"""`request_human`: the agent steps aside and says so."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from core.database import TenantTransaction
from orchestrator_service.agent.toolbox import Arguments, Tool, ToolContext, ToolResult
from orchestrator_service.leads.tasks import add_task


class Request(BaseModel):
    """Why a person is needed, for the person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str = Field(min_length=1, max_length=500)


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Request)
    await add_task(tx, "person_requested", context.conversation_id, context.lead_id, arguments.reason)
    return ToolResult({"handed_over": True})


TOOL = Tool(
    "request_human",
    "Ask for a person of the team: when the lead asks for one, or when you cannot help.",
    Request,
    _run,
)
