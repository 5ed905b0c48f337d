"""What is planned because of a meeting, a missed one, or a lead's silence. Planning again plans nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.clock import Clock
from core.contracts import MeetingChanged
from core.database import Database, TenantTransaction
from orchestrator_service.triggers import repository
from orchestrator_service.triggers.models import BEFORE, SILENT, Trigger

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
        trigger = await _after_no_show(tx)
        if trigger is not None:
            due_at = now + timedelta(minutes=trigger.delay_minutes)
            await repository.plan_after_no_show(tx, trigger.kind, event_id, due_at)


async def _after_no_show(tx: TenantTransaction) -> Trigger | None:
    """What is written to whoever missed a meeting: its own message, else the follow-up of those who fell silent."""
    for kind in ("no_show", "follow_up"):
        trigger = await repository.find_trigger(tx, kind, 0)
        if trigger is not None and trigger.enabled:
            return trigger
    return None


async def plan_silent(tx: TenantTransaction, now: datetime) -> int:
    """Follow-ups and reactivations of leads who do not answer; how many are new."""
    planned = 0
    for trigger in await repository.list_triggers(tx):
        if trigger.enabled and trigger.kind in SILENT:
            planned += await repository.plan_for_silent(tx, trigger, now, most=MOST_SILENT)
    return planned
