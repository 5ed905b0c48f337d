"""What is planned because of a meeting, a missed one, or a lead's silence. Planning again plans nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.clock import Clock
from core.contracts import MeetingChanged
from core.database import Database, TenantTransaction
from orchestrator_service.triggers import repository
from orchestrator_service.triggers.models import BEFORE

MOST_SILENT: Final = 200


async def plan_meeting(database: Database, clock: Clock, job: MeetingChanged) -> None:
    """A meeting was booked, moved, cancelled or marked: cancel what no longer holds, plan what does."""
    async with database.tenant(job.tenant_id) as tx:
        await replan(tx, job.event_id, clock())


async def replan(tx: TenantTransaction, event_id: int, now: datetime) -> None:
    """The same on the caller's transaction."""
    event = await repository.lock_event(tx, event_id)
    if event is None:
        return
    await repository.cancel_stale(tx, event_id)
    if event.status == "confirmed":
        for trigger in await repository.list_triggers(tx):
            if trigger.enabled and trigger.kind in BEFORE:
                await repository.plan_for_meetings(tx, trigger.kind, now, event_id)
    elif event.status == "no_show":
        follow_up = await repository.find_trigger(tx, "follow_up", 0)
        if follow_up is not None and follow_up.enabled:
            await repository.plan_after_no_show(tx, event_id, now + timedelta(minutes=follow_up.delay_minutes))


async def plan_silent(tx: TenantTransaction, now: datetime) -> int:
    """Follow-ups and reactivations of leads who do not answer; how many are new."""
    planned = 0
    for trigger in await repository.list_triggers(tx):
        if trigger.enabled and trigger.kind not in BEFORE:
            planned += await repository.plan_for_silent(tx, trigger, now, most=MOST_SILENT)
    return planned
