"""A person writes by template: where the 24 hours are over, or to a lead who never wrote (PRODUCT §7.7, §12.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from core.principal import Principal, UserId
from orchestrator_service.auth.permissions import Permission, require, visible
from orchestrator_service.chat.inbound import mirror_waiting
from orchestrator_service.chat.reading import MessageCard, demand_conversation
from orchestrator_service.chat.writing import known_message, origin_of, settle_answer
from orchestrator_service.leads.edit import read_lead
from orchestrator_service.messaging.lead_facts import lead_facts
from orchestrator_service.messaging.reach import channel_of, is_reachable, reach_lead
from orchestrator_service.messaging.send_template import rendered, send_template
from orchestrator_service.templates.fills import Facts, fill, usual_fill
from orchestrator_service.templates.find import demand_sendable, sendable_templates
from orchestrator_service.templates.models import Template


@dataclass(frozen=True, slots=True)
class Offered:
    """A template that may be sent, with what its variables most likely say for this lead; empty: to be typed."""

    template: Template
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfferedToLead:
    """What may be sent to a lead; nothing where it has no address that can be written to."""

    reachable: bool
    offered: list[Offered]


async def offered_in(tx: TenantTransaction, principal: Principal, conversation_id: int) -> list[Offered]:
    """What may be sent in a conversation. Raises NotFound out of scope."""
    require(principal, Permission.TEMPLATES_USE)
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    channel_id = await channel_of(tx, conversation_id)
    return await _offered(tx, conversation.lead_id, channel_id)


async def offered_to(tx: TenantTransaction, principal: Principal, lead_id: int) -> OfferedToLead:
    """What may be sent to a lead, by whichever number. Raises NotFound out of scope."""
    await _demand_lead(tx, principal, lead_id)
    if not await is_reachable(tx, lead_id):
        return OfferedToLead(reachable=False, offered=[])
    return OfferedToLead(reachable=True, offered=await _offered(tx, lead_id, None))


async def write_template(
    tx: TenantTransaction,
    principal: Principal,
    conversation_id: int,
    template_id: int,
    values: Mapping[str, str],
    *,
    key: str | None,
    now: datetime,
) -> MessageCard:
    """Send a template in a conversation; the agent is silent for the takeover time. The same key again sends nothing.

    Raises NotFound out of scope, TemplateUnavailable, TemplateIncomplete, NotSent, KeyReused.
    """
    require(principal, Permission.TEMPLATES_USE)
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await mirror_waiting(tx, conversation_id)
    template = await demand_sendable(tx, template_id)
    origin = origin_of("message", principal, conversation_id, key)
    if (known := await known_message(tx, origin, rendered(template, values).text)) is not None:
        return known
    queued = await send_template(
        tx,
        conversation_id,
        template,
        values,
        origin_key=origin,
        now=now,
        author="person",
        author_user_id=principal.user_id,
    )
    return await settle_answer(tx, principal, conversation, queued)


async def start_conversation(
    tx: TenantTransaction,
    principal: Principal,
    lead_id: int,
    template_id: int,
    values: Mapping[str, str],
    *,
    key: str | None,
    now: datetime,
) -> tuple[int, MessageCard]:
    """Write to a lead first, from the template's number; the conversation and its message.

    Raises as `write_template`; NoAddress where the lead cannot be written to.
    """
    await _demand_lead(tx, principal, lead_id)
    template = await demand_sendable(tx, template_id)
    conversation_id = await reach_lead(tx, lead_id, template.channel_id)
    return conversation_id, await write_template(tx, principal, conversation_id, template_id, values, key=key, now=now)


async def _demand_lead(tx: TenantTransaction, principal: Principal, lead_id: int) -> None:
    """Not locked: whoever writes in a conversation locks the person first."""
    require(principal, Permission.TEMPLATES_USE)
    lead = await read_lead(tx, principal, lead_id)
    owner = UserId(lead.owner_user_id) if lead.owner_user_id is not None else None
    if not visible(principal, Permission.CONVERSATIONS_WRITE, owner):
        raise NotFound


async def _offered(tx: TenantTransaction, lead_id: int | None, channel_id: int | None) -> list[Offered]:
    found = await lead_facts(tx, lead_id) if lead_id is not None else None
    facts: Facts = found.fields() if found else {}
    return [Offered(one, _likely(one, facts)) for one in await sendable_templates(tx, channel_id)]


def _likely(template: Template, facts: Facts) -> dict[str, str]:
    bodies = template.definition.of("body")
    likely = {variable.key: fill(usual_fill(index, variable.name), facts) for index, variable in enumerate(bodies)}
    return {key: filled.text for key, filled in likely.items()}
