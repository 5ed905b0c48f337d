"""Typed access to triggers and to what they have planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.triggers.models import BEFORE, Due, Kind, Tally, Trigger

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A meeting, locked while its messages are planned."""

    id: int
    status: str
    lead_id: int | None


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


async def list_triggers(tx: TenantTransaction) -> list[Trigger]:
    """Those that somebody has set up."""
    return await tx.all(SQL["list_triggers"], Trigger)


async def find_trigger(tx: TenantTransaction, kind: Kind, step: int) -> Trigger | None:
    """One of them; None where nobody has set it up."""
    return await tx.one(SQL["find_trigger"], Trigger, kind=kind, step=step)


async def store_trigger(tx: TenantTransaction, trigger: Trigger) -> None:
    """As it shall be."""
    await tx.run(
        SQL["store_trigger"],
        kind=trigger.kind,
        step=trigger.step,
        enabled=trigger.enabled,
        template_id=trigger.template_id,
        fills=dict(trigger.fills),
        window_text=trigger.window_text,
        delay_minutes=trigger.delay_minutes,
        quiet_from=trigger.quiet_from,
        quiet_to=trigger.quiet_to,
    )


async def remove_trigger(tx: TenantTransaction, kind: Kind, step: int) -> bool:
    """False where it is not the last of its kind, or not there."""
    return await tx.run(SQL["remove_trigger"], kind=kind, step=step) > 0


async def tallies(tx: TenantTransaction, since: datetime) -> list[Tally]:
    """How many messages of each trigger wait, and what became of those planned since then."""
    return await tx.all(SQL["tallies"], Tally, since=since)


async def lock_event(tx: TenantTransaction, event_id: int) -> PlannedEvent | None:
    """The meeting; None where it is none."""
    return await tx.one(SQL["lock_event"], PlannedEvent, event_id=event_id)


async def cancel_stale(tx: TenantTransaction, event_id: int) -> None:
    """Cancel what was planned for a meeting that is no longer what it was."""
    await tx.run(SQL["cancel_stale"], event_id=event_id)


async def plan_for_meetings(tx: TenantTransaction, kind: Kind, now: datetime, event_id: int | None = None) -> int:
    """Plan a message of that kind for one meeting, or every one ahead; how many are new."""
    return await tx.run(SQL["plan_for_meetings"], kind=kind, before=BEFORE[kind], now=now, event_id=event_id)


async def plan_after_no_show(tx: TenantTransaction, kind: Kind, event_id: int, due_at: datetime) -> int:
    """Plan the message after a meeting that was missed."""
    return await tx.run(SQL["plan_after_no_show"], kind=kind, event_id=event_id, due_at=due_at)


async def plan_for_silent(tx: TenantTransaction, trigger: Trigger, now: datetime, *, most: int) -> int:
    """Plan a message for everybody who has been silent for as long as the trigger says; how many are new."""
    since = now - timedelta(minutes=trigger.delay_minutes)
    place = {"kind": trigger.kind, "step": trigger.step}
    return await tx.run(SQL["plan_for_silent"], **place, silent_since=since, now=now, most=most)


async def cancel_kind(tx: TenantTransaction, kind: Kind, step: int) -> int:
    """Cancel what a trigger has planned."""
    return await tx.run(SQL["cancel_kind"], kind=kind, step=step)


async def due_ids(tx: TenantTransaction, now: datetime, *, most: int) -> list[int]:
    """What is due, the longest overdue first."""
    return [row.id for row in await tx.all(SQL["due_ids"], _Id, now=now, most=most)]


async def lock_due(tx: TenantTransaction, scheduled_id: int, now: datetime) -> Due | None:
    """A planned message with the row locked and all that is true now; None where another worker has it, or had."""
    if await tx.value(SQL["lock_due"], int, scheduled_id=scheduled_id, now=now) is None:
        return None
    return await tx.one(SQL["read_due"], Due, scheduled_id=scheduled_id, now=now)


async def settle(
    tx: TenantTransaction,
    scheduled_id: int,
    status: Literal["sent", "cancelled", "refused"],
    *,
    reason: str | None = None,
    message_id: int | None = None,
    now: datetime,
) -> None:
    """Write what became of a planned message."""
    outcome = {"status": status, "reason": reason, "message_id": message_id}
    await tx.run(SQL["settle"], scheduled_id=scheduled_id, **outcome, now=now)


async def postpone(tx: TenantTransaction, scheduled_id: int, due_at: datetime) -> None:
    """Let it wait until then."""
    await tx.run(SQL["postpone"], scheduled_id=scheduled_id, due_at=due_at)
