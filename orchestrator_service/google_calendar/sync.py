"""Mirroring a calendar in the background (PRODUCT §11.2): what the agenda shows. It never proves a time free."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.contracts import LEAST_URGENT, CheckMeeting, SyncCalendar, calendar_lock
from core.database import Database, TenantTransaction
from core.google.outcomes import Changes, SyncExpired
from core.jobs import defer
from core.resilience import optional
from orchestrator_service.google_calendar import mirror
from orchestrator_service.google_calendar.access import reach
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.health import announce, tell_health
from orchestrator_service.google_calendar.mirror import SyncState
from orchestrator_service.google_calendar.models import Connection, Unusable
from orchestrator_service.google_calendar.watching import keep_watched

POLLED_EVERY: Final = timedelta(minutes=5)
# Google unfolds a series up to a horizon that moves on without any change: so all is asked anew now and then.
WHOLE_EVERY: Final = timedelta(days=7)
KEPT_BEHIND: Final = timedelta(days=1)
# A change of ours may be on its way in either direction; what still differs then was done by hand.
SETTLED_AFTER: Final = timedelta(minutes=1)


async def ask_sync(tx: TenantTransaction, seller_id: int) -> None:
    """Have a calendar mirrored after the commit; one at a time."""
    lock = calendar_lock(int(tx.tenant_id), seller_id)
    await defer(tx, SyncCalendar(int(tx.tenant_id), seller_id), lock=lock, priority=LEAST_URGENT)


async def ask_due(tx: TenantTransaction, now: datetime) -> None:
    """Have those mirrored whose turn it is: channels are not reliable, and need a public address."""

    async def due() -> list[int]:
        return await mirror.take_due(tx, now, now + POLLED_EVERY)

    for seller_id in await optional(tx, due, missing=[]):
        await ask_sync(tx, seller_id)


async def sync_calendar(database: Database, google: GoogleDoor, address: str, job: SyncCalendar) -> None:
    """Mirror what changed, or all where Google no longer knows how far we were. `address`: where it tells of changes.

    Safe to run again: what was heard is written with the token that continues after it, or not at all.
    """
    now = google.clock()
    async with database.tenant(job.tenant_id) as tx:
        state = await mirror.sync_state(tx, job.seller_id)
        one = (await reach(tx, google, [job.seller_id]))[job.seller_id]
        if isinstance(one, Unusable):
            await tell_health(tx, [(one.row, one.why)], now)
        if state is None or not isinstance(one, Connection):
            return
        await mirror.begin_sync(tx, job.seller_id, now + POLLED_EVERY)
    whole_at = state.synced_whole_at
    token = None if whole_at is None or now - whole_at >= WHOLE_EVERY else state.sync_token
    changes = await one.calendar.changes(one.access, token, since=now - KEPT_BEHIND)
    if isinstance(changes, SyncExpired):
        token = None
        changes = await one.calendar.changes(one.access, None, since=now - KEPT_BEHIND)
    async with database.tenant(job.tenant_id) as tx:
        if isinstance(changes, Changes):
            await _write(tx, state, one, changes, whole=token is None, now=now)
        else:
            await tell_health(tx, [(one.row, changes)], now)
    if isinstance(changes, Changes):
        await keep_watched(database, google, address, job.tenant_id, one, state)


async def _write(
    tx: TenantTransaction, state: SyncState, one: Connection, changes: Changes, *, whole: bool, now: datetime
) -> None:
    """Unless the calendar is another one by now, or somebody else has come further."""
    current = await mirror.lock_sync(tx, state.seller_id)
    if current is None or (current.connected_at, current.sync_token) != (state.connected_at, state.sync_token):
        return
    changed = await mirror.forget_mirror(tx, state.seller_id) if whole else 0
    changed += await mirror.drop_events(tx, state.seller_id, changes.gone)
    changed += await mirror.mirror_events(tx, state.seller_id, changes.events)
    await _look_at_ours(tx, state.seller_id, changes, whole=whole, now=now)
    zone, token = changes.zone, changes.next_sync_token
    await mirror.end_sync(tx, state.seller_id, token, zone=zone, whole=whole, now=now)
    if changed or one.row.last_error is not None or state.synced_whole_at is None:
        await announce(tx, one.row)


async def _look_at_ours(tx: TenantTransaction, seller_id: int, changes: Changes, *, whole: bool, now: datetime) -> None:
    """Meetings of ours that Google has at another time, or no more, are looked at again when all has settled."""
    heard = {event.id: event for event in changes.events}
    gone = set(changes.gone)
    for own in await mirror.own_meetings(tx, seller_id, now):
        event = heard.get(own.google_event_id)
        missing = own.google_event_id in gone or (whole and event is None)
        moved = event is not None and (event.starts_at, event.ends_at) != (own.starts_at, own.ends_at)
        if missing or moved:
            await defer(tx, CheckMeeting(int(tx.tenant_id), own.id), at=now + SETTLED_AFTER, priority=LEAST_URGENT)
