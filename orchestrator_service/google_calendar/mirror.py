"""Typed access to what is mirrored of Google's calendars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.database import TenantTransaction
from core.google.event import GoogleEvent, is_busy
from core.statements import load_statements

SQL = load_statements(Path(__file__).with_name("mirror.sql"))
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class SyncState:
    """How far a connected calendar is mirrored, and by which channel Google tells of changes."""

    seller_id: int
    sync_token: str | None
    synced_whole_at: datetime | None
    watch_channel_id: str | None
    watch_resource_id: str | None
    watch_expires_at: datetime | None
    connected_at: datetime


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A meeting of ours that is in Google too."""

    id: int
    google_event_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class MeetingInGoogle:
    """One of them, with whom it is."""

    id: int
    seller_id: int
    google_event_id: str
    starts_at: datetime
    ends_at: datetime
    lead_id: int | None
    conversation_id: int | None


async def take_due(tx: TenantTransaction, now: datetime, following: datetime) -> list[int]:
    """The sellers whose calendar is to be mirrored now; their next turn is at `following`."""
    return [one.seller_id for one in await tx.all(SQL["due_calendars"], _Seller, now=now, next=following)]


async def sync_state(tx: TenantTransaction, seller_id: int) -> SyncState | None:
    """None where nothing is connected, or the right is gone."""
    return await tx.one(SQL["sync_state"], SyncState, seller_id=seller_id)


async def lock_sync(tx: TenantTransaction, seller_id: int) -> SyncState | None:
    """The same, locked."""
    return await tx.one(SQL["lock_sync"], SyncState, seller_id=seller_id)


async def begin_sync(tx: TenantTransaction, seller_id: int, following: datetime) -> None:
    """Say when the next one is due."""
    await tx.run(SQL["begin_sync"], seller_id=seller_id, next=following)


async def forget_mirror(tx: TenantTransaction, seller_id: int) -> int:
    """Forget every event of the seller's calendar; how many there were."""
    return await tx.run(SQL["forget_mirror"], seller_id=seller_id)


async def drop_events(tx: TenantTransaction, seller_id: int, gone: Sequence[str]) -> int:
    """Forget events by their ids or their series'; how many there were."""
    return await tx.run(SQL["drop_events"], seller_id=seller_id, gone=list(gone)) if gone else 0


async def mirror_events(tx: TenantTransaction, seller_id: int, events: Sequence[GoogleEvent]) -> int:
    """Write events as they are now. One that takes no time at all is none; the last word on an id counts."""
    kept = list({event.id: event for event in events if event.starts_at < event.ends_at}.values())
    if not kept:
        return 0
    return await tx.run(
        SQL["mirror_events"],
        seller_id=seller_id,
        ids=[event.id for event in kept],
        series=[event.recurring_event_id for event in kept],
        starts=[event.starts_at for event in kept],
        ends=[event.ends_at for event in kept],
        busy=[is_busy(event) for event in kept],
        all_day=[event.all_day for event in kept],
        titles=[event.summary.replace("\0", "")[:LONGEST_TITLE] for event in kept],
    )


async def end_sync(
    tx: TenantTransaction, seller_id: int, sync_token: str, *, zone: str | None, whole: bool, now: datetime
) -> None:
    """Write where the next one continues."""
    await tx.run(SQL["end_sync"], seller_id=seller_id, sync_token=sync_token, zone=zone, whole=whole, now=now)


async def own_meetings(tx: TenantTransaction, seller_id: int, now: datetime) -> list[OwnMeeting]:
    """The seller's confirmed meetings to come that are in Google too."""
    return await tx.all(SQL["own_meetings"], OwnMeeting, seller_id=seller_id, now=now)


async def find_meeting(tx: TenantTransaction, event_id: int, now: datetime) -> MeetingInGoogle | None:
    """A confirmed meeting to come that is in Google too."""
    return await tx.one(SQL["find_meeting"], MeetingInGoogle, event_id=event_id, now=now)


@dataclass(frozen=True, slots=True)
class _Seller:
    seller_id: int
