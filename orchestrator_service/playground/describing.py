"""What the agent is told in the playground: the draft, the run so far, and the sandbox in place of a lead."""

from __future__ import annotations

from datetime import datetime

from orchestrator_service.agent.admission import WITHHELD
from orchestrator_service.agent.demo_brain.language import detect
from orchestrator_service.agent.script import Language, Script
from orchestrator_service.agent.situation import Line, MeetingView, OfferView, QualificationView, Situation
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat.turn_models import TurnContext
from orchestrator_service.playground.models import Exchange, Run


def describe(run: Run, script: Script, context: TurnContext, now: datetime) -> Situation:
    """The situation of the last exchange. What the screen blocked before is withheld, as in a conversation."""
    sandbox, current = run.sandbox, run.exchanges[-1]
    offers = [offer for offer in sandbox.offers if not offer.used and offer.expires_at > now]
    known = sandbox.qualification
    return Situation(
        now=now,
        zone=context.zone,
        language=language_of(run, script, context),
        company=context.company,
        agent_name=script.agent_name,
        offer_summary=script.offer,
        history=tuple(line for exchange in run.exchanges[:-1] for line in _lines(exchange)),
        burst=tuple(current.messages),
        tapped_offer_id=next((each.offer_id for each in offers if each.offer_id == current.tapped_offer_id), None),
        lead_name=sandbox.full_name,
        has_contact=True,
        qualification=QualificationView(
            known.interest, known.score, known.need, known.budget, known.timeline, known.decision_maker
        )
        if known
        else None,
        offers=tuple(OfferView(each.offer_id, each.starts_at, each.seller_name, each.label) for each in offers),
        meetings=tuple(
            MeetingView(each.meeting_id, each.starts_at, each.seller_name, each.status) for each in sandbox.meetings
        ),
        is_client=sandbox.is_client,
        facts=(),
        tools=frozenset(TOOLS),
        knowledge=(),
        script=script,
    )


def language_of(run: Run, script: Script, context: TurnContext) -> Language:
    """The language of the answer: the one that is written, where the company allows it."""
    spoken = context.language or context.tenant_language
    for exchange in run.exchanges:
        spoken = detect(exchange.messages, spoken)
    return script.language_for(spoken)


def _lines(exchange: Exchange) -> list[Line]:
    blocked = exchange.verdict == "block"
    lines = [Line("customer", WITHHELD if blocked else text) for text in exchange.messages]
    return [*lines, Line("agent", exchange.reply)] if exchange.reply else lines
