"""One batch of a broadcast (PRODUCT §7.7): a few recipients, then the next batch when the throttle allows it.

The claim and the next batch's job commit together, so the chain never breaks and never doubles: a job that comes too
early finds nothing to claim. Each recipient is a transaction, and the message's origin is the recipient: a worker that
dies sends nobody the same twice, and whoever it did not come to is in the next batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.clock import Clock
from core.contracts import LEAST_URGENT, BroadcastBatch
from core.database import Database, TenantTransaction
from core.errors import NexusError
from core.jobs import defer
from orchestrator_service.broadcasts import repository
from orchestrator_service.broadcasts.announce import announce_broadcast
from orchestrator_service.messaging.lead_facts import lead_facts
from orchestrator_service.messaging.reach import reach_lead
from orchestrator_service.messaging.send_template import send_template
from orchestrator_service.templates.fills import fill_all
from orchestrator_service.templates.find import find_template
from orchestrator_service.templates.models import Template

PAUSED_FOR: Final = timedelta(seconds=60)
_REFUSED: Final = range(400, 500)


@dataclass(frozen=True, slots=True)
class _Batch:
    template: Template
    fills: Mapping[str, str]
    lead_ids: list[int]


async def send_batch(database: Database, clock: Clock, job: BroadcastBatch) -> None:
    """Send the next batch, where it is due; running it again does nothing."""
    async with database.tenant(job.tenant_id) as tx:
        batch = await _claim(tx, job)
    if batch is None:
        return
    for lead_id in batch.lead_ids:
        await _send_to(database, job, batch, lead_id, clock())
    async with database.tenant(job.tenant_id) as tx:
        await announce_broadcast(tx, job.broadcast_id)


async def _claim(tx: TenantTransaction, job: BroadcastBatch) -> _Batch | None:
    claim = await repository.claim_batch(tx, job.broadcast_id)
    if claim is None:
        return None
    if claim.held_up:  # nobody is used up meanwhile
        await defer(tx, job, at=claim.next_batch_at + PAUSED_FOR, priority=LEAST_URGENT)
        return None
    waiting = await repository.waiting_recipients(tx, job.broadcast_id, most=claim.size)
    template = await find_template(tx, claim.template_id)
    if not waiting:
        await repository.set_status(tx, job.broadcast_id, "done")
        await announce_broadcast(tx, job.broadcast_id)
        return None
    if not template.sendable:  # WhatsApp has paused or withdrawn it: a person decides
        await repository.set_status(tx, job.broadcast_id, "paused")
        await announce_broadcast(tx, job.broadcast_id)
        return None
    await defer(tx, job, at=claim.next_batch_at, priority=LEAST_URGENT)
    return _Batch(template, claim.fills, waiting)


async def _send_to(database: Database, job: BroadcastBatch, batch: _Batch, lead_id: int, now: datetime) -> None:
    try:
        async with database.tenant(job.tenant_id) as tx:
            await write_to(tx, job.broadcast_id, batch, lead_id, now)
    except NexusError as error:
        if error.status not in _REFUSED:
            raise  # the job is tried again
        async with database.tenant(job.tenant_id) as tx:
            await repository.settle_recipient(tx, job.broadcast_id, lead_id, reason=error.code, message_id=None)


async def write_to(tx: TenantTransaction, broadcast_id: int, batch: _Batch, lead_id: int, now: datetime) -> None:
    """One recipient, whole or not at all; whoever another worker has, or had, is passed by."""
    locked = await repository.lock_recipient(tx, broadcast_id, lead_id)
    if locked is None:
        return
    facts = await lead_facts(tx, lead_id)
    values, missing = fill_all(batch.fills, facts.fields()) if facts else ({}, ())
    gone = "lead_gone" if facts is None else None
    reason = gone or ("opted_out" if locked.opted_out else "missing_values" if missing else None)
    if reason is not None:
        await repository.settle_recipient(tx, broadcast_id, lead_id, reason=reason, message_id=None)
        return
    conversation_id = await reach_lead(tx, lead_id, batch.template.channel_id)
    origin = f"broadcast:{broadcast_id}:{lead_id}"
    queued = await send_template(tx, conversation_id, batch.template, values, origin_key=origin, now=now)
    await repository.settle_recipient(tx, broadcast_id, lead_id, reason=queued.refused, message_id=queued.message_id)
