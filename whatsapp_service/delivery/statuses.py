"""What the provider tells about messages we sent: kept as history, and the answer to what was uncertain."""

from __future__ import annotations

import re
from typing import Final

from core.contracts import LEAST_URGENT, DeliveryReported, StatusReceived
from core.database import Database, TenantTransaction
from core.jobs import defer
from core.statements import sibling_statements
from core.whatsapp import StatusUpdate
from core.ycloud.parse import parse

SQL = sibling_statements(__file__)
OURS: Final = re.compile(r"nexus:(\d{1,10}):(\d{1,18})")


async def record_status(database: Database, job: StatusReceived) -> None:
    """File one status with its message. A status of a message that is not ours is done with at once."""
    async with database.tenant(job.tenant_id) as tx:
        body = await tx.value(SQL["status_event"], bytes, inbox_id=job.inbox_id)
        status = parse(body).payload if body is not None else None
        if isinstance(status, StatusUpdate) and (message_id := await _message_of(tx, status)) is not None:
            await tx.run(
                SQL["record_status"],
                message_id=message_id,
                status=status.status,
                error_code=status.error_code,
                occurred_at=status.occurred_at,
                inbox_id=job.inbox_id,
            )
            await defer(tx, DeliveryReported(job.tenant_id, message_id), priority=LEAST_URGENT)
        await tx.run(SQL["mark_processed"], inbox_id=job.inbox_id)


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
