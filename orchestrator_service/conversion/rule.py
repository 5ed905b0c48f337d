"""Conversion without the agent: the same criteria after each change that may fulfil them (PRODUCT §9.5).

The agent's tools, which stand above this layer, call it in the transaction of what they did. The slices below (leads,
agenda) cannot: they tell of what the team did by a job, deferred on their own transaction, which judges right after.
"""

from __future__ import annotations

from datetime import datetime

from core.clock import Clock
from core.contracts import LeadEdited, MeetingChanged
from core.database import Database, TenantTransaction
from core.errors import NotFound
from orchestrator_service.conversion import repository
from orchestrator_service.conversion.convert import Converted, convert_to_client
from orchestrator_service.leads.advance import is_lost


async def convert_if_ready(tx: TenantTransaction, lead_id: int, now: datetime) -> Converted | None:
    """Convert the lead where its tenant's criteria hold; None where they do not yet.

    A lead that someone gave up stays lost: only an explicit conversion brings it back. Call it after the change, in
    the same transaction. Raises NotFound for a missing or deleted lead.
    """
    if await is_lost(tx, lead_id):
        return None
    outcome = await convert_to_client(tx, lead_id=lead_id, now=now)
    return outcome if isinstance(outcome, Converted) else None


async def judge_edited(database: Database, clock: Clock, job: LeadEdited) -> None:
    """The team changed a lead's stage, name or contact."""
    async with database.tenant(job.tenant_id) as tx:
        await _judge(tx, job.lead_id, clock())


async def judge_met(database: Database, clock: Clock, job: MeetingChanged) -> None:
    """A meeting was booked, restored or held, through whichever door."""
    async with database.tenant(job.tenant_id) as tx:
        lead_id = await repository.lead_met(tx, job.event_id)
        if lead_id is not None:
            await _judge(tx, lead_id, clock())


async def _judge(tx: TenantTransaction, lead_id: int, now: datetime) -> None:
    try:
        await convert_if_ready(tx, lead_id, now)
    except NotFound:  # deleted meanwhile
        return
