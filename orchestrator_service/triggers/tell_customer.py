"""«¿Avisar a Ana?»: the team has moved or cancelled a meeting, and the customer is told of it if somebody says so.

What would be said, and by which way, is shown first. Free text while the window is open; outside it the template of the
confirmation, for a meeting that stands. Where the company confirms by itself, that message is the notice already.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Literal, TypeAlias

from core.customer_links import CustomerLinks
from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.principal import Principal
from orchestrator_service.agenda.change_meeting import lock_event
from orchestrator_service.agenda.labels import Language
from orchestrator_service.agenda.reading import AgendaEvent, seen_by
from orchestrator_service.db import NewMessage
from orchestrator_service.meeting_links.links import address_of
from orchestrator_service.messaging.lead_facts import LeadFacts, lead_facts, with_link
from orchestrator_service.messaging.reach import Reach, is_reachable, may_be_free, reach_lead, reach_of
from orchestrator_service.messaging.send import send_message
from orchestrator_service.messaging.send_template import TemplateIncomplete, rendered, send_template
from orchestrator_service.templates.fills import fill, fill_all
from orchestrator_service.templates.find import TemplateUnavailable, demand_sendable
from orchestrator_service.templates.models import Template
from orchestrator_service.triggers import repository

Way: TypeAlias = Literal["text", "template", "automatic", "none"]
Why: TypeAlias = Literal["no_lead", "no_address", "opted_out", "paused", "past", "window_shut"]

_MOVED: Final[dict[Language, str]] = {
    "es": "Hola {{first_name|¿cómo estás?}}, tu reunión con {{seller}} ahora es el {{meeting_day}} a las "
    "{{meeting_time}}.",
    "en": "Hi {{first_name|there}}, your meeting with {{seller}} is now on {{meeting_day}} at {{meeting_time}}.",
    "pt": "Olá {{first_name|tudo bem?}}, sua reunião com {{seller}} agora é {{meeting_day}} às {{meeting_time}}.",
}
_CANCELLED: Final[dict[Language, str]] = {
    "es": "Hola {{first_name|¿cómo estás?}}, tu reunión con {{seller}} del {{meeting_day}} a las {{meeting_time}} se "
    "canceló. Si quieres, te propongo otro horario.",
    "en": "Hi {{first_name|there}}, your meeting with {{seller}} on {{meeting_day}} at {{meeting_time}} was cancelled. "
    "If you like, I can suggest another time.",
    "pt": "Olá {{first_name|tudo bem?}}, sua reunião com {{seller}} de {{meeting_day}} às {{meeting_time}} foi "
    "cancelada. Se quiser, sugiro outro horário.",
}


class NotTold(Conflict):
    """There is no way to tell them, or nothing to tell; `extra.why` says which."""

    code: ClassVar[str] = "not_told"
    title = "Not Told"


@dataclass(frozen=True, slots=True)
class Telling:
    """How the customer would be told: `text` is what they would read; `why` is there where there is no way."""

    way: Way
    name: str | None = None
    text: str | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    telling: Telling
    lead_id: int = 0
    conversation_id: int | None = None
    template: Template | None = None
    values: dict[str, str] | None = None


async def how_to_tell(
    tx: TenantTransaction, principal: Principal, event_id: int, links: CustomerLinks, *, now: datetime
) -> Telling:
    """What would be said, and how. Call it first. Raises NotFound out of scope."""
    event = await _event(tx, principal, event_id)
    return (await _plan(tx, event, links, now)).telling


async def tell_customer(
    tx: TenantTransaction, principal: Principal, event_id: int, links: CustomerLinks, *, now: datetime
) -> Telling:
    """Say it through the one door; the same change is told once. Call it first. Raises NotFound, NotTold."""
    event = await _event(tx, principal, event_id)
    plan = await _plan(tx, event, links, now)
    origin = f"meeting:{event.id}:{event.updated_at.timestamp():.6f}"
    telling, by = plan.telling, int(principal.user_id)
    if telling.way == "text" and plan.conversation_id is not None and telling.text is not None:
        queued = await send_message(tx, _free(plan.conversation_id, telling.text, origin, by), now=now)
        refused = queued.refused
    elif telling.way == "template" and plan.template is not None and plan.values is not None:
        conversation_id = await reach_lead(tx, plan.lead_id, plan.template.channel_id)
        queued = await send_template(
            tx,
            conversation_id,
            plan.template,
            plan.values,
            origin_key=origin,
            now=now,
            author="person",
            author_user_id=by,
        )
        refused = queued.refused
    else:
        raise NotTold("there is no way to tell them", extra={"why": telling.why or telling.way})
    if refused is not None:
        raise NotTold("the message may not leave", extra={"why": refused})
    return telling


async def _event(tx: TenantTransaction, principal: Principal, event_id: int) -> AgendaEvent:
    """The meeting, if the caller may change it; without its person where that one is out of their sight."""
    event, _ = await lock_event(tx, principal, event_id)
    if event.kind != "meeting":
        raise NotFound
    return seen_by(principal, event)


async def _plan(tx: TenantTransaction, event: AgendaEvent, links: CustomerLinks, now: datetime) -> _Plan:
    facts = await lead_facts(tx, event.lead_id, event.id) if event.lead_id is not None else None
    if facts is None:
        return _no_way("no_lead")
    reach = await reach_of(tx, facts.lead_id)
    if against := _against(event, reach, now):
        return _no_way(against, facts)
    is_on = event.status == "confirmed"
    trigger = await repository.find_trigger(tx, "confirmation", 0) if is_on else None
    if trigger is not None and trigger.enabled:
        return _Plan(Telling("automatic", facts.full_name))
    if is_on:
        facts = replace(facts, meeting_link=await address_of(tx, links, event.id, now))
    if reach.conversation_id is not None and may_be_free(reach.last_inbound_at, now):
        words = (_MOVED if is_on else _CANCELLED)[facts.language]
        text = fill(with_link(words, facts), facts.fields()).text
        return _Plan(Telling("text", facts.full_name, text), facts.lead_id, reach.conversation_id)
    if trigger is None or trigger.template_id is None:
        return _no_way("window_shut", facts)
    return await _by_template(tx, trigger.template_id, dict(trigger.fills), facts)


def _against(event: AgendaEvent, reach: Reach, now: datetime) -> Why | None:
    if event.starts_at <= now or event.status not in {"confirmed", "cancelled"}:
        return "past"
    if reach.opted_out:
        return "opted_out"
    return "paused" if reach.sending_paused else None


async def _by_template(tx: TenantTransaction, template_id: int, fills: dict[str, str], facts: LeadFacts) -> _Plan:
    values, missing = fill_all(fills, facts.fields())
    template: Template | None = None
    try:
        template = await demand_sendable(tx, template_id)
        text = None if missing else rendered(template, values).text
    except (TemplateUnavailable, TemplateIncomplete):
        text = None
    if text is None or template is None:
        return _no_way("window_shut", facts)
    if not await is_reachable(tx, facts.lead_id):
        return _no_way("no_address", facts)
    return _Plan(Telling("template", facts.full_name, text), facts.lead_id, None, template, values)


def _no_way(why: Why, facts: LeadFacts | None = None) -> _Plan:
    return _Plan(Telling("none", facts.full_name if facts else None, None, why))


def _free(conversation_id: int, text: str, origin: str, by: int) -> NewMessage:
    return NewMessage(
        conversation_id=conversation_id,
        direction="out",
        author="person",
        author_user_id=by,
        body=text,
        origin_key=origin,
        status="queued",
    )
