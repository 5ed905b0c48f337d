"""`reschedule_meeting`: the lead's own meeting, at a live offer of this conversation; gated as booking is."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.database import TenantTransaction
from core.paging import LARGEST_ID
from orchestrator_service.agenda.book import Confirming
from orchestrator_service.agenda.booking import NotBooked
from orchestrator_service.agenda.own_meeting import OwnMove, move_own, refused_at_once
from orchestrator_service.agent.toolbox import MOVING, Arguments, Outside, Tool, ToolContext, ToolResult, refuse
from orchestrator_service.agent.tools.book_sales_meeting import confirming, told


class NewTime(BaseModel):
    """Which of the lead's meetings, and the offer that the lead chose for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    meeting_id: Annotated[int, Field(ge=1, le=LARGEST_ID)]
    offer_id: str = Field(min_length=1, max_length=64)


def _wanted(context: ToolContext, new: NewTime) -> OwnMove:
    return OwnMove(context.conversation_id, context.lead_id, new.meeting_id, new.offer_id)


async def _at_once(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult | None:
    assert isinstance(arguments, NewTime)
    refused = await refused_at_once(tx, _wanted(context, arguments), context.now)
    return refuse(refused.rule, refused.explanation) if refused else None


async def _run(outside: Outside, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, NewTime)
    outcome = await move_own(
        outside.database,
        outside.google,
        outside.tenant_id,
        _wanted(context, arguments),
        now=context.now,
        first=outside.demand_open,
    )
    if isinstance(outcome, NotBooked):
        return refuse(outcome.rule, outcome.explanation)
    if isinstance(outcome, Confirming):
        return confirming(outcome, context)
    return ToolResult({**told(outcome, context), "status": "confirmed"})


TOOL = Tool(
    MOVING,
    "Move the lead's own meeting to an offer that the lead has chosen. Look for offers with check_seller_availability"
    " first. Say that it is moved only when the answer says confirmed.",
    NewTime,
    run_outside=_run,
    at_once=_at_once,
)
