"""`check_seller_availability`: times that are really free, as offers that only this conversation can use."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from orchestrator_service.agenda.date_words import parse_when
from orchestrator_service.agenda.offering import Days, look_in_google
from orchestrator_service.agenda.offers import Offers, make_offers
from orchestrator_service.agent.gates import Denied, may_check_availability
from orchestrator_service.agent.toolbox import AVAILABILITY, Arguments, Outside, Tool, ToolContext, ToolResult, refuse
from orchestrator_service.agent.zones import in_zone
from orchestrator_service.leads.qualify import latest_qualification


class Window(BaseModel):
    """When the lead could meet, as dates in the lead's zone, both included; duration in minutes.

    `words` are the lead's own ("el viernes a las 10"): where they name days, these are looked at and not the two dates.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    date_from: date
    date_to: date
    seller: str | None = Field(default=None, max_length=200)
    duration: int | None = Field(default=None, ge=5, le=480)
    words: str | None = Field(default=None, max_length=500)


async def _run(outside: Outside, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Window)
    async with outside.database.tenant(outside.tenant_id) as tx:
        gate = may_check_availability(await latest_qualification(tx, context.conversation_id))
    if isinstance(gate, Denied):
        return refuse(gate.rule, gate.explanation_for_model)
    when = parse_when(arguments.words, context.now, context.zone, context.language) if arguments.words else None
    first = (when and when.date_from) or arguments.date_from
    last = (when and when.date_to) or arguments.date_to
    days = Days(first, last, arguments.seller, context.zone, context.language)
    live = await look_in_google(outside.database, outside.google, outside.tenant_id, days, now=context.now)
    async with outside.database.tenant(outside.tenant_id) as tx:
        await outside.demand_open(tx)
        found = await make_offers(
            tx,
            conversation_id=context.conversation_id,
            turn_id=context.turn_id,
            date_from=first,
            date_to=last,
            wanted=when,
            seller_name=arguments.seller,
            duration_minutes=arguments.duration,
            now=context.now,
            zone=context.zone,
            language=context.language,
            live=live,
        )
    return told_offers(found, context.zone)


def told_offers(found: Offers, zone: str) -> ToolResult:
    """Times as the model reads them, by the clock of a zone."""
    offers = [
        {
            "offer_id": offer.offer_id,
            "starts_at": in_zone(offer.starts_at, zone),
            "label": offer.label,
            "seller": offer.seller_name,
        }
        for offer in found.offers
    ]
    return ToolResult({"offers": offers, "cannot_confirm": list(found.cannot_confirm), "note": found.note})


TOOL = Tool(
    AVAILABILITY,
    "Free meeting times between two dates (YYYY-MM-DD, both included), seen in the sellers' calendars at this moment."
    " Give in words what the customer wrote about the day or the hour: it is read exactly, and the answer's note says"
    " where it can mean two days. Each time has an offer_id, valid for 30 minutes in this conversation only. Offer"
    " nothing that is not in the answer. Sellers under cannot_confirm have a calendar that cannot be seen now: say so"
    " politely if the lead asked for one.",
    Window,
    run_outside=_run,
)
