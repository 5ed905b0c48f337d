"""`cancel_meeting`: the lead's own meeting, while it is still ahead. Google follows."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.database import TenantTransaction
from core.paging import LARGEST_ID
from orchestrator_service.agenda.booking import NotBooked
from orchestrator_service.agenda.labels import label_of
from orchestrator_service.agenda.own_meeting import cancel_own
from orchestrator_service.agent.toolbox import CANCELLING, Arguments, Tool, ToolContext, ToolResult, refuse
from orchestrator_service.agent.zones import in_zone


class Cancellation(BaseModel):
    """Which of the lead's meetings, and why in the lead's words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    meeting_id: Annotated[int, Field(ge=1, le=LARGEST_ID)]
    reason: str = Field(default="", max_length=300)


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Cancellation)
    outcome = await cancel_own(tx, lead_id=context.lead_id, meeting_id=arguments.meeting_id, now=context.now)
    if isinstance(outcome, NotBooked):
        return refuse(outcome.rule, outcome.explanation)
    return ToolResult(
        {
            "meeting_id": outcome.id,
            "starts_at": in_zone(outcome.starts_at, context.zone),
            "label": label_of(outcome.starts_at, context.zone, context.language),
            "seller": outcome.seller_name,
            "status": "cancelled",
        }
    )


TOOL = Tool(
    CANCELLING,
    "Cancel the lead's own meeting. Only after the lead has clearly asked to cancel it; where they want another time,"
    " reschedule_meeting keeps the meeting.",
    Cancellation,
    run=_run,
)
