"""Watching a broadcast, holding it up, letting it go on, and ending it."""

from __future__ import annotations

from core.contracts import LEAST_URGENT, BroadcastBatch
from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.jobs import defer
from core.resilience import optional
from orchestrator_service.broadcasts import repository
from orchestrator_service.broadcasts.announce import announce_broadcast
from orchestrator_service.broadcasts.models import Broadcast, Recipient


class BroadcastOver(Conflict):
    """It has ended: everybody was written to, or it was cancelled."""

    code = "broadcast_over"
    title = "Broadcast Over"


async def list_broadcasts(tx: TenantTransaction, *, before_id: int, most: int) -> list[Broadcast]:
    """At most `most` below `before_id`, newest first."""

    async def query() -> list[Broadcast]:
        return await repository.list_broadcasts(tx, before_id=before_id, most=most)

    return await optional(tx, query, missing=[])


async def read_broadcast(tx: TenantTransaction, broadcast_id: int) -> Broadcast:
    """One with its figures. Raises NotFound."""
    found = await repository.find_broadcast(tx, broadcast_id)
    if found is None:
        raise NotFound
    return found


async def list_recipients(tx: TenantTransaction, broadcast_id: int, *, before_id: int, most: int) -> list[Recipient]:
    """Its recipients and what became of each. Raises NotFound."""
    await read_broadcast(tx, broadcast_id)
    return await repository.list_recipients(tx, broadcast_id, before_id=before_id, most=most)


async def pause(tx: TenantTransaction, broadcast_id: int) -> Broadcast:
    """Nobody further is written to for now; paused already is no error. Raises NotFound, BroadcastOver."""
    if await _status(tx, broadcast_id) == "running":
        await repository.set_status(tx, broadcast_id, "paused")
        await announce_broadcast(tx, broadcast_id)
    return await read_broadcast(tx, broadcast_id)


async def resume(tx: TenantTransaction, broadcast_id: int) -> Broadcast:
    """It goes on where it was held up; running already is no error. Raises NotFound, BroadcastOver."""
    if await _status(tx, broadcast_id) == "paused":
        await repository.set_status(tx, broadcast_id, "running")
        await defer(tx, BroadcastBatch(int(tx.tenant_id), broadcast_id), priority=LEAST_URGENT)
        await announce_broadcast(tx, broadcast_id)
    return await read_broadcast(tx, broadcast_id)


async def cancel(tx: TenantTransaction, broadcast_id: int) -> Broadcast:
    """Nobody further is ever written to; what has left has left. Raises NotFound, BroadcastOver."""
    await _status(tx, broadcast_id)
    await repository.leave_rest_out(tx, broadcast_id)
    await repository.set_status(tx, broadcast_id, "cancelled")
    await announce_broadcast(tx, broadcast_id)
    return await read_broadcast(tx, broadcast_id)


async def _status(tx: TenantTransaction, broadcast_id: int) -> str:
    status = await repository.lock_broadcast(tx, broadcast_id)
    if status is None:
        raise NotFound
    if status in {"done", "cancelled"}:
        raise BroadcastOver("it has ended")
    return status
