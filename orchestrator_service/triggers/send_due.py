"""What is due leaves through the one door, if it still may (PRODUCT §7.7).

One planned message is one transaction: its row, the mirrored message and the delivery's job commit together, and the
message's origin is the row. So a worker that dies sends nothing twice, and two workers never take the same row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.customer_links import CustomerLinks
from core.database import Database, TenantTransaction
from core.errors import NexusError
from orchestrator_service.db import NewMessage
from orchestrator_service.meeting_links.links import address_of
from orchestrator_service.messaging.lead_facts import LeadFacts, lead_facts, with_link
from orchestrator_service.messaging.lead_zone import after_quiet
from orchestrator_service.messaging.reach import NoAddress, may_be_free, reach_lead
from orchestrator_service.messaging.send import Queued, send_message
from orchestrator_service.messaging.send_template import TemplateIncomplete, send_template
from orchestrator_service.templates.fills import fill, fill_all
from orchestrator_service.templates.find import TemplateUnavailable, demand_sendable
from orchestrator_service.triggers import repository
from orchestrator_service.triggers.models import LATEST, Due, Reason, Trigger
from orchestrator_service.triggers.rules import against

MOST_AT_ONCE: Final = 50
PAUSED_FOR: Final = timedelta(minutes=10)
_log = structlog.get_logger(__name__)


class _Stopped(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


async def send_due(database: Database, tenant_id: int, now: datetime, links: CustomerLinks) -> int:
    """Send what is due in one company, 50 at most; how many rows were settled. `links` are customers' to meetings."""
    async with database.tenant(tenant_id) as tx:
        waiting = await repository.due_ids(tx, now, most=MOST_AT_ONCE)
    settled = 0
    for scheduled_id in waiting:
        try:
            async with database.tenant(tenant_id) as tx:
                settled += await _send_one(tx, scheduled_id, now, links)
        except NexusError as error:  # the row stays and is tried again; the others go on
            _log.warning("scheduled_failed", tenant_id=tenant_id, id=scheduled_id, error=type(error).__name__)
    return settled


async def _send_one(tx: TenantTransaction, scheduled_id: int, now: datetime, links: CustomerLinks) -> bool:
    due = await repository.lock_due(tx, scheduled_id, now)
    if due is None:
        return False
    trigger = await repository.find_trigger(tx, due.kind, due.step)
    reason = against(due, trigger, now)
    facts = await lead_facts(tx, due.lead_id, due.event_id)
    if reason is not None or trigger is None or facts is None:
        await repository.settle(tx, due.id, "cancelled", reason=reason or "lead_gone", now=now)
        return True
    later = now + PAUSED_FOR if due.sending_paused else _after_quiet(due, trigger, facts, now)
    if later > now:
        return await _postpone(tx, due, later, now)
    try:
        if due.event_id is not None and due.kind in LATEST:
            facts = replace(facts, meeting_link=await address_of(tx, links, due.event_id, now))
        queued = await _send(tx, due, trigger, facts, now)
    except _Stopped as stopped:
        await repository.settle(tx, due.id, "refused", reason=stopped.reason, now=now)
        return True
    if queued.refused is not None:
        await repository.settle(tx, due.id, "refused", reason=queued.refused, message_id=queued.message_id, now=now)
    else:
        await repository.settle(tx, due.id, "sent", message_id=queued.message_id, now=now)
    return True


def _after_quiet(due: Due, trigger: Trigger, facts: LeadFacts, now: datetime) -> datetime:
    del due
    return after_quiet(now, facts.zone, trigger.quiet_from, trigger.quiet_to)


async def _postpone(tx: TenantTransaction, due: Due, later: datetime, now: datetime) -> bool:
    """Wait for the morning, unless the meeting does not."""
    if due.starts_at is not None and later >= due.starts_at:
        await repository.settle(tx, due.id, "cancelled", reason="quiet_hours", now=now)
        return True
    await repository.postpone(tx, due.id, later)
    return False


async def _send(tx: TenantTransaction, due: Due, trigger: Trigger, facts: LeadFacts, now: datetime) -> Queued:
    """The free text where the window is open and there is one, else the template. Raises _Stopped."""
    origin = f"trigger:{due.id}"
    is_open = may_be_free(due.last_inbound_at, now)
    if trigger.window_text and is_open and due.conversation_id is not None:
        text = fill(with_link(trigger.window_text, facts), facts.fields())
        if not text.missing and text.text:
            return await send_message(tx, _free(due.conversation_id, text.text, origin), now=now)
    if trigger.template_id is None:
        raise _Stopped("no_template")
    values, missing = fill_all(trigger.fills, facts.fields())
    if missing:
        raise _Stopped("missing_values")
    try:
        template = await demand_sendable(tx, trigger.template_id)
        conversation_id = await reach_lead(tx, due.lead_id, template.channel_id)
        return await send_template(tx, conversation_id, template, values, origin_key=origin, now=now)
    except NoAddress as error:
        raise _Stopped("no_address") from error
    except TemplateUnavailable as error:
        raise _Stopped("no_template") from error
    except TemplateIncomplete as error:
        raise _Stopped("missing_values") from error


def _free(conversation_id: int, text: str, origin: str) -> NewMessage:
    return NewMessage(
        conversation_id=conversation_id,
        direction="out",
        author="system",
        body=text,
        origin_key=origin,
        status="queued",
    )
