"""`book_sales_meeting`: one live offer of this conversation becomes one meeting, validated anew at that moment."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from core.database import TenantTransaction
from orchestrator_service.agenda.booking import NotBooked, book_offer
from orchestrator_service.agenda.labels import label_of
from orchestrator_service.agent.toolbox import BOOKING, Arguments, Tool, ToolContext, ToolResult, refuse
from orchestrator_service.agent.zones import in_zone
from orchestrator_service.conversion.rule import convert_if_ready


class Choice(BaseModel):
    """The offer that the lead chose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offer_id: str = Field(min_length=1, max_length=64)
    reason: str = Field(default="", max_length=300)


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Choice)
    booked = await book_offer(
        tx,
        conversation_id=context.conversation_id,
        lead_id=context.lead_id,
        offer_id=arguments.offer_id,
        reason=arguments.reason,
        now=context.now,
    )
    if isinstance(booked, NotBooked):
        return refuse(booked.rule, booked.explanation)
    await convert_if_ready(tx, lead_id=context.lead_id, now=context.now)
    return ToolResult(
        {
            "meeting_id": booked.meeting_id,
            "starts_at": in_zone(booked.starts_at, context.zone),
            "label": label_of(booked.starts_at, context.zone, context.language),
            "seller": booked.seller_name,
            "status": "confirmed",
        }
    )


TOOL = Tool(
    BOOKING,
    "Book the offer that the lead has chosen. Only after the lead said yes to that time. Say that it is booked only"
    " when the answer says confirmed.",
    Choice,
    _run,
)
