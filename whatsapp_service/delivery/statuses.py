"""What the provider tells about messages we sent: kept as history, and the answer to what was uncertain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.contracts import LEAST_URGENT, DeliveryReported, StatusReceived, filing_lock
from core.database import Database, TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.errors import NexusError, Unstorable
from core.inbound_events import read_stored
from core.jobs import Deferred, defer, defer_all
from core.statements import sibling_statements
from core.whatsapp import ProviderName, StatusUpdate

SQL = sibling_statements(__file__)
MOST_AT_ONCE: Final = 100
OURS: Final = re.compile(r"nexus:(\d{1,10}):(\d{1,18})")


@dataclass(frozen=True, slots=True)
class _Stored:
    """A webhook as it was stored."""

    id: int
    provider: ProviderName
    body: bytes


async def record_status(database: Database, job: StatusReceived) -> None:
    """File every status that waits with its message. One of a message that is not ours is done with at once.

    Each message is shown once, whatever was told of it. Where something is wrong with one, the others are filed alone.
    """
    lock = filing_lock(job.tenant_id)
    async with database.tenant(job.tenant_id) as tx:
        await tx.run(SQL["wait_for_accepts"], key=lock)
    try:
        async with database.tenant(job.tenant_id) as tx:
            stored = await tx.all(SQL["waiting_statuses"], _Stored, most=MOST_AT_ONCE)
            await _file(tx, stored)
            if len(stored) == MOST_AT_ONCE:
                await defer(tx, job, lock=lock, priority=LEAST_URGENT)
    except (ConstraintViolated, Collided, Unstorable):
        await _file_each(database, job)


async def _file_each(database: Database, job: StatusReceived) -> None:
    """One by one; raises what was wrong, once the others are filed."""
    problem: NexusError | None = None
    async with database.tenant(job.tenant_id) as tx:
        stored = await tx.all(SQL["waiting_statuses"], _Stored, most=MOST_AT_ONCE)
    for one in stored:
        try:
            async with database.tenant(job.tenant_id) as tx:
                await _file(tx, [one])
        except (ConstraintViolated, Collided, Unstorable) as error:
            problem = error
    if problem is not None:
        raise problem


async def _file(tx: TenantTransaction, stored: Sequence[_Stored]) -> None:
    told = dict[int, None]()
    for one in stored:
        status = read_stored(one.provider, one.body).payload
        if isinstance(status, StatusUpdate) and (message_id := await _message_of(tx, status)) is not None:
            await tx.run(
                SQL["record_status"],
                message_id=message_id,
                status=status.status,
                error_code=status.error_code,
                occurred_at=status.occurred_at,
                inbox_id=one.id,
            )
            told[message_id] = None
    await tx.run(SQL["mark_processed"], inbox_ids=[one.id for one in stored])
    reports = [Deferred(DeliveryReported(tx.tenant_id, each), priority=LEAST_URGENT) for each in told]
    await defer_all(tx, reports)


async def _message_of(tx: TenantTransaction, status: StatusUpdate) -> int | None:
    """The message by the name we gave it, else by WhatsApp's id; the delivery learns both."""
    known: int | None = None
    ours = OURS.fullmatch(status.external_id or "")
    if ours is not None and int(ours.group(1)) == tx.tenant_id:
        known = int(ours.group(2))
    elif status.wamid:
        known = await tx.value(SQL["message_of_wamid"], int, wamid=status.wamid)
    if known is None:
        return None
    return await tx.value(
        SQL["reconcile_delivery"], int, message_id=known, provider_id=status.provider_id, wamid=status.wamid
    )
