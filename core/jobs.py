"""Background work (ARCHITECTURE §3, ADR 0005): `defer` puts a job on the transaction that writes the rows it acts on.

Both commit or neither does. Works without the job library, which only the process that works them off loads
(`core/job_worker.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from core.contracts import Job
from core.database import Transaction

QUEUE: Final = "default"

_DEFER: Final = """
SELECT procrastinate_defer_jobs_v1(
    ARRAY[ROW($1, $2, $6, $3, NULL, $4::jsonb, $5)::procrastinate_job_to_defer_v1]
)
"""
_DEFER_ALL: Final = """
SELECT procrastinate_defer_jobs_v1(
    ARRAY(SELECT jsonb_populate_recordset(NULL::procrastinate_job_to_defer_v1, $1::jsonb))
)
"""


async def defer(
    tx: Transaction, job: Job, *, at: datetime | None = None, lock: str | None = None, priority: int = 0
) -> None:
    """Enqueue a job on the caller's transaction.

    `at` is when it may start (now where None). Jobs with the same `lock` run one at a time, in order: a waiting one
    holds back every later one, so give a lock only to work that must be ordered, and one `priority` to all of a lock.
    Of the jobs that may start, those with the highest priority start first.
    """
    await tx.connection.execute(_DEFER, QUEUE, job.NAME, lock, asdict(job), at, priority)


@dataclass(frozen=True, slots=True)
class Deferred:
    """A job to be enqueued with others; as the arguments of `defer`."""

    job: Job
    at: datetime | None = None
    lock: str | None = None
    priority: int = 0


async def defer_all(tx: Transaction, jobs: Sequence[Deferred]) -> None:
    """As `defer`, for many jobs in one round trip."""
    if not jobs:
        return
    rows = [
        {
            "queue_name": QUEUE,
            "task_name": one.job.NAME,
            "priority": one.priority,
            "lock": one.lock,
            "args": asdict(one.job),
            "scheduled_at": one.at.isoformat() if one.at else None,
        }
        for one in jobs
    ]
    await tx.connection.execute(_DEFER_ALL, rows)
