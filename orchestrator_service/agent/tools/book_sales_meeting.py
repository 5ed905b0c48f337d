"""`book_sales_meeting`: one live offer of this conversation becomes one meeting, validated anew at that moment."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from core.database import TenantTransaction
from orchestrator_service.agenda.book import Confirming, Wish, book, refused_at_once
from orchestrator_service.agenda.booking import Booked, NotBooked
from orchestrator_service.agenda.labels import label_of
from orchestrator_service.agent.gates import Denied, may_book
from orchestrator_service.agent.toolbox import BOOKING, Arguments, Outside, Tool, ToolContext, ToolResult, refuse
from orchestrator_service.agent.zones import in_zone
from orchestrator_service.conversion.rule import convert_if_ready
from orchestrator_service.leads.qualify import latest_qualification


class Choice(BaseModel):
    """The offer that the lead chose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offer_id: str = Field(min_length=1, max_length=64)
    reason: str = Field(default="", max_length=300)


def _wish(context: ToolContext, choice: Choice) -> Wish:
    return Wish(context.conversation_id, context.lead_id, choice.offer_id, choice.reason)


async def _at_once(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult | None:
    assert isinstance(arguments, Choice)
    refused = await refused_at_once(tx, _wish(context, arguments), context.now)
    return refuse(refused.rule, refused.explanation) if refused else None


async def _run(outside: Outside, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Choice)
    async with outside.database.tenant(outside.tenant_id) as tx:
        gate = may_book(await latest_qualification(tx, context.conversation_id))
    if isinstance(gate, Denied):
        return refuse(gate.rule, gate.explanation_for_model)
    outcome = await book(
        outside.database,
        outside.google,
        outside.tenant_id,
        _wish(context, arguments),
        now=context.now,
        first=outside.demand_open,
    )
    if isinstance(outcome, NotBooked):
        return refuse(outcome.rule, outcome.explanation)
    if isinstance(outcome, Confirming):
        return confirming(outcome, context)
    async with outside.database.tenant(outside.tenant_id) as tx:
        await convert_if_ready(tx, lead_id=context.lead_id, now=context.now)
    return ToolResult({**told(outcome, context), "status": "confirmed"})


def confirming(outcome: Confirming, context: ToolContext) -> ToolResult:
    """Neither done nor refused: what the lead may be told of it."""
    return ToolResult(
        {
            **told(outcome.meeting, context),
            "status": "confirming",
            "note": "Not confirmed yet: the seller's calendar has not answered. Say that you are confirming the time "
            "and that they will be told here. Do not say that it is booked, and do not offer other times now.",
        }
    )


def told(meeting: Booked, context: ToolContext) -> dict[str, str | int]:
    """A meeting in the lead's words."""
    return {
        "meeting_id": meeting.meeting_id,
        "starts_at": in_zone(meeting.starts_at, context.zone),
        "label": label_of(meeting.starts_at, context.zone, context.language),
        "seller": meeting.seller_name,
    }


TOOL = Tool(
    BOOKING,
    "Book the offer that the lead has chosen. Only after the lead said yes to that time. Say that it is booked only"
    " when the answer says confirmed.",
    Choice,
    run_outside=_run,
    at_once=_at_once,
)
