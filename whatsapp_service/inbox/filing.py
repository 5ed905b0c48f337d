"""One job files all the statuses that wait: whoever accepts one enqueues a job only where none is waiting already.

A job that is about to read waits for those who saw it waiting: they hold its lock, shared, until their commit. So what
they accepted is there when it reads, and nobody is left without a job.
"""

from __future__ import annotations

from core.contracts import LEAST_URGENT, StatusReceived, filing_lock
from core.database import TenantTransaction
from core.jobs import defer
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


async def expect_filing(tx: TenantTransaction, inbox_id: int) -> None:
    """Have a status filed that was accepted on this transaction, with all that wait. The lock comes before the look."""
    lock = filing_lock(tx.tenant_id)
    await tx.run(SQL["share_filing"], key=lock)
    if not await tx.value(SQL["filing_waits"], bool, key=lock):
        await defer(tx, StatusReceived(tx.tenant_id, inbox_id), lock=lock, priority=LEAST_URGENT)
