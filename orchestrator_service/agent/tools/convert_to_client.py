"""`convert_to_client`: only when the company's criteria hold (seed §4.2)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from core.database import TenantTransaction
from orchestrator_service.agent.toolbox import Arguments, Tool, ToolContext, ToolResult, refuse
from orchestrator_service.conversion.convert import NotConverted, convert_to_client


class Nothing(BaseModel):
    """No arguments: whom it is about is not the model's to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    del arguments
    converted = await convert_to_client(tx, lead_id=context.lead_id, now=context.now)
    if isinstance(converted, NotConverted) and converted.closed:
        return refuse(
            "stage_closed", "Not yet a client: a person of the team moves the lead on first. Say nothing of it."
        )
    if isinstance(converted, NotConverted):
        missing = list(converted.missing)
        return refuse("criteria_missing", f"Not yet a client; missing: {', '.join(missing)}.", missing=missing)
    return ToolResult({"client_id": converted.client_id, "already": converted.already})


TOOL = Tool(
    "convert_to_client",
    "Make the lead a client once they are qualified, their full name is known and a meeting is confirmed or a sale is"
    " paid.",
    Nothing,
    _run,
)
