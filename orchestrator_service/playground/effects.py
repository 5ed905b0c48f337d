"""What each tool comes to in the playground: what only reads is really read, what writes changes the sandbox alone.

A tool that is not listed here is never run: the agent is told that it was simulated. So a new tool of the registry can
do nothing in the playground before somebody has said what it may do there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final, NoReturn, TypeAlias

from core.credentials import Keyring
from core.database import Database
from core.egress import Egress
from orchestrator_service.agenda.date_words import When, parse_when
from orchestrator_service.agenda.labels import Language, label_of
from orchestrator_service.agenda.live import Live
from orchestrator_service.agenda.offering import Days, look_in_google
from orchestrator_service.agenda.offers import Offers, make_offers
from orchestrator_service.agent.gates import Denied, may_check_availability
from orchestrator_service.agent.toolbox import (
    AVAILABILITY,
    BOOKING,
    CANCELLING,
    MOVING,
    Arguments,
    ToolResult,
    refuse,
)
from orchestrator_service.agent.tools.book_sales_meeting import Choice
from orchestrator_service.agent.tools.cancel_meeting import Cancellation
from orchestrator_service.agent.tools.check_seller_availability import Window, told_offers
from orchestrator_service.agent.tools.get_pipeline_stages import told_stages
from orchestrator_service.agent.tools.reschedule_meeting import NewTime
from orchestrator_service.agent.tools.search_knowledge import FOUND_NOTHING, Search, found_passages
from orchestrator_service.agent.tools.update_lead import Profile
from orchestrator_service.agent.zones import in_zone
from orchestrator_service.conversion.convert import load_criteria
from orchestrator_service.conversion.criteria import LeadFacts, missing_criteria
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.knowledge.citing import SEARCH_TOOL
from orchestrator_service.knowledge.embedding import embedding_route
from orchestrator_service.knowledge.search import find_passages
from orchestrator_service.leads.models import Qualification
from orchestrator_service.pipeline.stages import list_stages
from orchestrator_service.playground.models import Sandbox, SandboxMeeting, SandboxOffer

OFFER_LASTS: Final = timedelta(minutes=30)
PHONE: Final = "+10000000000"  # whoever writes on WhatsApp can be reached; this one is nobody's


@dataclass(frozen=True, slots=True)
class Desk:
    """What tools work with here: real data to read, and the sandbox, which alone may be changed."""

    database: Database
    google: GoogleDoor
    tenant_id: int
    sandbox: Sandbox
    language: Language
    zone: str
    now: datetime
    keyring: Keyring
    egress: Egress


Try: TypeAlias = Callable[[Desk, Arguments], Awaitable[ToolResult]]


class _Undone(Exception):
    def __init__(self, found: Offers) -> None:
        super().__init__()
        self.found = found


async def _qualify(desk: Desk, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Qualification)
    desk.sandbox.qualification = arguments
    await _convert_if_ready(desk)
    return ToolResult({"interest": arguments.interest, "score": arguments.score})


async def _availability(desk: Desk, arguments: Arguments) -> ToolResult:
    """Times that are really free at this moment, Google included; none of them is stored or held."""
    assert isinstance(arguments, Window)
    gate = may_check_availability(desk.sandbox.qualification)
    if isinstance(gate, Denied):
        return refuse(gate.rule, gate.explanation_for_model)
    found = await _free_times(desk, arguments)
    desk.sandbox.offers = [
        SandboxOffer(
            offer_id=offer.offer_id,
            seller_name=offer.seller_name,
            starts_at=offer.starts_at,
            label=offer.label,
            expires_at=desk.now + OFFER_LASTS,
        )
        for offer in found.offers
    ]
    return told_offers(found, desk.zone)


async def _free_times(desk: Desk, arguments: Window) -> Offers:
    when = parse_when(arguments.words, desk.now, desk.zone, desk.language) if arguments.words else None
    first = (when and when.date_from) or arguments.date_from
    last = (when and when.date_to) or arguments.date_to
    days = Days(first, last, arguments.seller, desk.zone, desk.language)
    live = await look_in_google(desk.database, desk.google, desk.tenant_id, days, now=desk.now)
    try:
        await _look(desk, arguments, Looked(first, last, when, live))
    except _Undone as undone:
        return undone.found


@dataclass(frozen=True, slots=True)
class Looked:
    """Which days are looked at, what was asked for, and what Google says of them."""

    first: date
    last: date
    when: When | None
    live: Live


async def _look(desk: Desk, arguments: Window, looked: Looked) -> NoReturn:
    """The agenda's own search, in a transaction that ends undone: the rotation of sellers has not moved either."""
    async with desk.database.tenant(desk.tenant_id) as tx:
        found = await make_offers(
            tx,
            conversation_id=0,
            turn_id=None,
            date_from=looked.first,
            date_to=looked.last,
            wanted=looked.when,
            seller_name=arguments.seller,
            duration_minutes=arguments.duration,
            now=desk.now,
            zone=desk.zone,
            language=desk.language,
            live=looked.live,
            keep=False,
        )
        raise _Undone(found)


async def _book(desk: Desk, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Choice)
    offer = _live_offer(desk, arguments.offer_id)
    if isinstance(offer, ToolResult):
        return offer
    offer.used = True
    meeting = SandboxMeeting(
        meeting_id=len(desk.sandbox.meetings) + 1, seller_name=offer.seller_name, starts_at=offer.starts_at
    )
    desk.sandbox.meetings.append(meeting)
    await _convert_if_ready(desk)
    return _told(desk, meeting, "confirmed")


async def _move(desk: Desk, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, NewTime)
    meeting = _meeting(desk, arguments.meeting_id)
    if meeting is None:
        return _no_meeting()
    offer = _live_offer(desk, arguments.offer_id)
    if isinstance(offer, ToolResult):
        return offer
    offer.used = True
    meeting.starts_at, meeting.seller_name = offer.starts_at, offer.seller_name
    return _told(desk, meeting, "confirmed")


async def _cancel(desk: Desk, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Cancellation)
    meeting = _meeting(desk, arguments.meeting_id)
    if meeting is None:
        return _no_meeting()
    meeting.status = "cancelled"
    return _told(desk, meeting, "cancelled")


async def _update(desk: Desk, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Profile)
    known = arguments.model_dump(exclude_none=True)
    for name, value in known.items():
        setattr(desk.sandbox, name, value)
    await _convert_if_ready(desk)
    return ToolResult({"updated": sorted(known)})


async def _convert(desk: Desk, arguments: Arguments) -> ToolResult:
    del arguments
    already = desk.sandbox.is_client
    missing = await _convert_if_ready(desk)
    if missing:
        return refuse("criteria_missing", f"Not yet a client; missing: {', '.join(missing)}.", missing=missing)
    return ToolResult({"client_id": 0, "already": already})


async def _human(desk: Desk, arguments: Arguments) -> ToolResult:
    del arguments
    desk.sandbox.handed_over = True
    return ToolResult({"handed_over": True})


async def _convert_if_ready(desk: Desk) -> list[str]:
    """The company's own criteria, over the sandbox: what is still missing."""
    sandbox = desk.sandbox
    if sandbox.is_client:
        return []
    async with desk.database.tenant(desk.tenant_id) as tx:
        criteria = await load_criteria(tx)
    facts = LeadFacts(
        interest=sandbox.qualification.interest if sandbox.qualification else None,
        full_name=sandbox.full_name,
        phone=PHONE,
        email=sandbox.email,
        whatsapp_id=None,
        has_confirmed_meeting=any(meeting.status == "confirmed" for meeting in sandbox.meetings),
        has_paid_sale=False,
        is_client=False,
    )
    missing = missing_criteria(criteria, facts)
    sandbox.is_client = not missing
    return [*missing]


def _live_offer(desk: Desk, offer_id: str) -> SandboxOffer | ToolResult:
    """The offer, under the rules of a real booking: of this conversation, unexpired, unused."""
    offer = next((each for each in desk.sandbox.offers if each.offer_id == offer_id), None)
    if offer is None:
        return refuse("unknown_offer", "There is no such offer in this conversation. Look for free times first.")
    if offer.used:
        return refuse("offer_used", "This offer was used already. Look for free times again.")
    if offer.expires_at <= desk.now:
        return refuse("offer_expired", "This offer has expired. Look for free times again.")
    return offer


def _meeting(desk: Desk, meeting_id: int) -> SandboxMeeting | None:
    standing = (each for each in desk.sandbox.meetings if each.status == "confirmed" and each.starts_at > desk.now)
    return next((each for each in standing if each.meeting_id == meeting_id), None)


def _no_meeting() -> ToolResult:
    return refuse("no_meeting", "The lead has no such meeting ahead.")


def _told(desk: Desk, meeting: SandboxMeeting, status: str) -> ToolResult:
    return ToolResult(
        {
            "meeting_id": meeting.meeting_id,
            "starts_at": in_zone(meeting.starts_at, desk.zone),
            "label": label_of(meeting.starts_at, desk.zone, desk.language),
            "seller": meeting.seller_name,
            "status": status,
        }
    )


async def _knowledge(desk: Desk, arguments: Arguments) -> ToolResult:
    """What the company lets its agent cite; a question that nothing answers is nobody's here."""
    assert isinstance(arguments, Search)
    async with desk.database.tenant(desk.tenant_id) as tx:
        route = await embedding_route(tx, desk.keyring)
    hits = await find_passages(desk.database, desk.tenant_id, arguments.question, route=route, egress=desk.egress)
    return found_passages([hit.passage for hit in hits]) if hits else FOUND_NOTHING


async def _stages(desk: Desk, arguments: Arguments) -> ToolResult:
    """The company's stages; nobody's lead stands in the first."""
    del arguments
    async with desk.database.tenant(desk.tenant_id) as tx:
        stages = await list_stages(tx)
    return told_stages(stages, stages[0].key if stages else None)


READING: Final[Mapping[str, Try]] = MappingProxyType(
    {AVAILABILITY: _availability, SEARCH_TOOL: _knowledge, "get_pipeline_stages": _stages}
)
WRITING: Final[Mapping[str, Try]] = MappingProxyType(
    {
        "qualify_lead": _qualify,
        BOOKING: _book,
        MOVING: _move,
        CANCELLING: _cancel,
        "update_lead": _update,
        "convert_to_client": _convert,
        "request_human": _human,
    }
)
