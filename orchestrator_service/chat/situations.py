"""What the brain is told in one turn, gathered from the tenant's rows (PRODUCT §9.1).

Blocked text enters no prompt: a placeholder stands for it (PRODUCT §10.2).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.database import TenantTransaction
from core.errors import NotFound
from orchestrator_service.agenda.booking import meetings_of_lead
from orchestrator_service.agenda.offers import live_offers
from orchestrator_service.agent.admission import WITHHELD
from orchestrator_service.agent.demo_brain.language import detect
from orchestrator_service.agent.script import Script
from orchestrator_service.agent.situation import Line, MeetingView, OfferView, QualificationView, Situation
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat import repository
from orchestrator_service.chat.repository import Earlier, TurnContext, Unanswered
from orchestrator_service.chat.summaries import WINDOW, Later, find_summary, shown
from orchestrator_service.knowledge.citing import as_source
from orchestrator_service.knowledge.search import find_by_words
from orchestrator_service.leads.find import find_lead_card
from orchestrator_service.leads.qualify import latest_qualification

LONGEST_ASKED: Final = 500
MOST_PASSAGES: Final = 3
AUDIO: Final = "audio"
SHOWN: Final = frozenset({"image", "video", "document", "sticker"})
UNHEARD: Final = "[audio: inaudible]"  # in no language of ours, so that no brain takes it for the customer's


async def describe(  # noqa: PLR0917 - what a situation is made of
    tx: TenantTransaction, context: TurnContext, lead_id: int, burst: list[Unanswered], now: datetime, script: Script
) -> Situation:
    """The situation of a turn over `burst` (not empty, oldest first), by what the company decided of its agent."""
    lead = await find_lead_card(tx, lead_id)
    if lead is None:
        raise NotFound
    summary = await find_summary(tx, context.conversation_id)
    covered = summary.through_message_id if summary else 0
    earlier = await repository.earlier_messages(tx, context.conversation_id, burst[0].id, WINDOW, after_id=covered)
    qualification = await latest_qualification(tx, context.conversation_id)
    offers = await live_offers(tx, conversation_id=context.conversation_id, now=now, zone=context.zone)
    meetings = await meetings_of_lead(tx, lead_id=lead_id, now=now)
    effects = await repository.unanswered_effects(tx, context.conversation_id, context.answered_through_id)
    texts = tuple(said(message) for message in burst)
    tapped = next((message.reply_id for message in reversed(burst) if message.reply_id), None)
    return Situation(
        now=now,
        zone=context.zone,
        language=script.language_for(detect(_own_words(burst), context.language or context.tenant_language)),
        company=context.company,
        agent_name=script.agent_name,
        offer_summary=script.offer,
        history=tuple(line_of(message) for message in earlier),
        burst=texts,
        tapped_offer_id=tapped if tapped in {offer.offer_id for offer in offers} else None,
        lead_name=lead.full_name,
        has_contact=True,
        qualification=QualificationView(
            qualification.interest,
            qualification.score,
            qualification.need,
            qualification.budget,
            qualification.timeline,
            qualification.decision_maker,
        )
        if qualification
        else None,
        offers=tuple(OfferView(o.offer_id, o.starts_at, o.seller_name, o.label) for o in offers),
        meetings=tuple(MeetingView(m.meeting_id, m.starts_at, m.seller_name, m.status) for m in meetings),
        is_client=lead.is_client,
        facts=tuple(f"{effect.tool}: {effect.result}" for effect in effects),
        tools=frozenset(TOOLS),
        knowledge=await _knowledge(tx, burst),
        script=script,
        summary=await shown(summary),
        contacts=frozenset(filter(None, (lead.phone, lead.email))),
    )


async def _knowledge(tx: TenantTransaction, burst: list[Unanswered]) -> tuple[str, ...]:
    """The passages that the customer's own words find, by words alone: no model is asked within a transaction."""
    asked = "\n".join(_own_words(burst))[-LONGEST_ASKED:]
    return tuple(as_source(hit.passage) for hit in await find_by_words(tx, asked, MOST_PASSAGES))


def said(message: Unanswered | Earlier | Later) -> str:
    """A message as the brain reads it: a voice note by its words, a picture by what it shows."""
    if repository.action_of(message.verdict) == "block":
        return WITHHELD
    if message.type == AUDIO:
        return message.words or message.body or UNHEARD
    if message.words:
        return f"[{message.type}: {message.words}] {message.body}".rstrip()
    if message.type in SHOWN:
        return f"[{message.type}] {message.body}".rstrip()
    return message.body or f"[{message.type}]"


def _own_words(burst: list[Unanswered]) -> tuple[str, ...]:
    """What the customer wrote or spoke, which tells their language; our placeholders and a model's words do not."""
    said_or_written = (
        m.words if m.type == AUDIO else m.body for m in burst if repository.action_of(m.verdict) != "block"
    )
    return tuple(text for text in said_or_written if text)


def screened(message: Unanswered) -> str:
    """All that a message brings into the prompt: its own words, and those of its file."""
    return "\n".join(part for part in (message.body, message.words) if part)


def line_of(message: Earlier | Later) -> Line:
    """Who said what, as the brain reads it."""
    match message.author:
        case "customer":
            return Line("customer", said(message))
        case "person":
            return Line("teammate", said(message))
        case "agent" | "system":
            return Line("agent", said(message))
