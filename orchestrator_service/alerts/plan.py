"""The worker's first part: which alerts a notification brings, each planned once, when its person may be disturbed."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from core.clock import Clock
from core.contracts import AlertDue, Notified
from core.database import Database, TenantTransaction
from core.jobs import defer
from core.resilience import optional
from orchestrator_service.alerts import repository
from orchestrator_service.alerts.models import PATIENCE, Channel
from orchestrator_service.alerts.repository import Planned, Told
from orchestrator_service.messaging.lead_zone import after_quiet


async def plan_alerts(database: Database, clock: Clock, job: Notified) -> None:
    """Plan what the recipients want to hear outside the app. Running it again plans nothing twice.

    A notification that moves up while it is unread keeps its alerts: whoever has not looked is not told again.
    """
    async with database.tenant(job.tenant_id) as tx:
        now = clock()
        for one in await optional(tx, partial(repository.told, tx, list(job.notification_ids)), missing=[]):
            for channel in one.preferences.ways(one.kind):
                await _plan(tx, one, channel, now)


async def _plan(tx: TenantTransaction, one: Told, channel: Channel, now: datetime) -> None:
    due = after_quiet(now + PATIENCE[channel], one.zone, one.quiet_from, one.quiet_to)
    planned: list[Planned]
    if channel == "push":
        planned = await repository.plan_push(tx, one, due, now)
    elif channel == "whatsapp" and one.phone is None:
        return
    else:
        planned = await repository.plan_other(tx, one, channel, due)
    for alert in planned:
        await defer(tx, AlertDue(tx.tenant_id, alert.id), at=alert.due_at if alert.due_at > now else None)
