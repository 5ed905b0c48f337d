"""Typed access to the outbox, its signals and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.database import SystemTransaction, TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.realtime.rooms import Audience

SQL = sibling_statements(__file__)
SERVING_LOCK: Final = 7_302_013  # the class of the advisory locks "this relay serves that tenant"


@dataclass(frozen=True, slots=True)
class Signal:
    """A note that the tenant has, or had, an event waiting."""

    id: int
    tenant_id: int


@dataclass(frozen=True, slots=True)
class ClaimedTenant:
    """A tenant that this relay alone serves until its transaction ends."""

    tenant_id: int


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A numbered row of `outbox_events`; `payload` is the shape its use case wrote."""

    seq: int
    name: str
    payload: JsonObject
    audience: Audience
    owner_user_id: int | None
    created_at: datetime


async def take_signals(tx: SystemTransaction, most: int) -> list[Signal]:
    """The oldest signals, held until the end of `tx`."""
    return await tx.all(SQL["take_signals"], Signal, most=most)


async def claim_tenants(tx: SystemTransaction, tenants: Sequence[int]) -> list[int]:
    """Those that no other relay serves now."""
    claimed = await tx.all(SQL["claim_tenants"], ClaimedTenant, tenants=list(tenants), lock_class=SERVING_LOCK)
    return [tenant.tenant_id for tenant in claimed]


async def delete_signals(tx: SystemTransaction, ids: Sequence[int]) -> None:
    """Signals that are done with."""
    await tx.run(SQL["delete_signals"], ids=list(ids))


async def number_events(tx: TenantTransaction, most: int) -> None:
    """Number up to `most` committed events in the order of their ids, without gaps."""
    await tx.run(SQL["start_sequence"])
    last_seq = await tx.value(SQL["lock_sequence"], int)
    await tx.run(SQL["number_events"], last_seq=last_seq or 0, most=most)


async def unpublished_events(tx: TenantTransaction, most: int) -> list[StoredEvent]:
    """The first `most` numbered events that are not marked as published, by number."""
    return await tx.all(SQL["unpublished_events"], StoredEvent, most=most)


async def mark_published(tx: TenantTransaction, last_seq: int) -> None:
    """Every event up to that number is out."""
    await tx.run(SQL["mark_published"], last_seq=last_seq)


async def prune_events(tx: TenantTransaction, before: datetime) -> int:
    """Delete what was published before the moment; answers how many."""
    return await tx.run(SQL["prune_events"], before=before)


async def last_seq(tx: TenantTransaction) -> int:
    """The newest number, 0 where nothing was numbered yet."""
    return await tx.value(SQL["last_seq"], int) or 0


async def events_after(tx: TenantTransaction, since: int, until: int, most: int) -> list[StoredEvent]:
    """Numbered events with since < seq <= until that are still kept, by number."""
    return await tx.all(SQL["events_after"], StoredEvent, since=since, until=until, most=most)
