"""The one door through which everything leaves (PRODUCT §7.7): mirror first, check, then defer the delivery."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.contracts import Deliver, delivery_lock
from core.database import TenantTransaction
from core.errors import NotFound
from core.jobs import defer
from core.sending_rules import RefusalCode, SendingFacts, is_marketing, refusal
from core.statements import sibling_statements
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.leads.announce import announce_lead_change

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class _Facts:
    channel_id: int
    lead_id: int | None
    last_inbound_at: datetime | None
    opted_out: bool
    sending_paused: bool
    channel_active: bool
    marketing_opted_out: bool


@dataclass(frozen=True, slots=True)
class Queued:
    """The mirrored message; `refused` says why it will not leave, None where it will.

    `new` is False where its origin had been sent before.
    """

    message_id: int
    refused: RefusalCode | None
    new: bool = True


async def send_message(tx: TenantTransaction, message: NewMessage, *, now: datetime) -> Queued:
    """Mirror a message in the conversation and queue its delivery, both at the commit of `tx`.

    What may not leave (window, opt-out, pause) is mirrored as `refused` with the reason and not queued. The same
    origin twice is one message. `message.type` is text, buttons, list or template.
    """
    facts = await tx.one(SQL["sending_facts"], _Facts, conversation_id=message.conversation_id)
    if facts is None:
        raise NotFound
    rule = SendingFacts(
        facts.last_inbound_at,
        facts.opted_out,
        facts.sending_paused,
        facts.channel_active,
        facts.marketing_opted_out,
    )
    marketing = is_marketing(message.type, message.content)
    code = refusal(rule, is_template=message.type == "template", now=now, is_marketing=marketing)
    if code is not None:
        message = replace(message, status="refused", error_code=code)
    appended = await append_chat_message(tx, message)
    if appended.new:
        if code is None:
            await tx.run(SQL["queue_delivery"], message_id=appended.id, channel_id=facts.channel_id)
            lock = delivery_lock(tx.tenant_id, message.conversation_id)
            await defer(tx, Deliver(tx.tenant_id, appended.id), lock=lock)
        await announce_lead_change(tx, facts.lead_id, "messages")
    return Queued(appended.id, code, appended.new)
