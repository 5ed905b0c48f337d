"""Works jobs off with procrastinate, through the project's own pool, until it is cancelled (ADR 0005).

It retries those of workers that died.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NoReturn, TypeAlias

import structlog
from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job as StoredJob
from typing_extensions import override

from core.contracts import JOBS, Job
from core.crash_points import reached
from core.database import Database
from core.errors import Unavailable
from core.job_connector import AsyncpgConnector
from core.jobs import QUEUE

HEARTBEAT_SECONDS: Final = 2
STALLED_SECONDS: Final = 10
RESCUE_SECONDS: Final = 2
POLLING_SECONDS: Final = 0.5
STOPPING_SECONDS: Final = 8
LONGEST_RETRY_POWER: Final = 5
BACKLOG: Final = 200
EVERY_MINUTE: Final = "* * * * *"

Handler: TypeAlias = Callable[[Job], Awaitable[None]]

_log = structlog.get_logger(__name__)

# One statement, so that of two workers with the same idea one finds nothing left to do: the library's own way, to read
# and then to retry by id, could put back a job that somebody has rescued and begun in between.
_RESCUE: Final = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = NULL, worker_id = NULL
WHERE status = 'doing' AND (
    worker_id IS NULL
    OR worker_id IN (SELECT id FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => $1))
)
RETURNING id, task_name
"""
_HAS_BACKLOG: Final = "SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' OFFSET $1 LIMIT 1"


class WorkerStopped(Unavailable):
    """The worker lost its heartbeat or its ear and ended by itself: another has to be started."""

    code = "worker_stopped"


async def run_worker(database: Database, handlers: Mapping[type[Job], Handler], *, concurrency: int) -> NoReturn:
    """Work jobs off until cancelled. A failed job is tried again after 2, 4, 8 … 32 seconds, for ever.

    Cancelled, it waits 8 seconds for the jobs that run and puts the others back. Raises an exception group with
    whatever else stops the worker (the database going away): the supervisor starts another. `database` is for the
    queue's own statements alone: they must never wait for those of the jobs.
    """
    app = App(connector=AsyncpgConnector(database))
    for job_type in JOBS:
        _register(app, job_type, handlers[job_type])
    _register_upkeep(app, database)
    async with app.open_async(), asyncio.TaskGroup() as group:
        group.create_task(_rescue_jobs_of_the_dead(database))
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=concurrency,
            fetch_job_polling_interval=POLLING_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            shutdown_graceful_timeout=STOPPING_SECONDS,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
        raise WorkerStopped("The worker ended by itself.")
    raise AssertionError("a group with a failed body does not end well")  # pragma: no cover - for the type checker


class _CappedRetry(BaseRetryStrategy):
    """Exponential, never longer than 32 seconds, without end: an accepted message is never given up."""

    @override
    def get_retry_decision(self, *, exception: BaseException, job: StoredJob) -> RetryDecision:
        return RetryDecision(retry_in={"seconds": 2 ** min(job.attempts + 1, LONGEST_RETRY_POWER)})


def _register(app: App, job_type: type[Job], handler: Handler) -> None:
    async def work(**payload: Any) -> None:
        try:
            await handler(job_type(**payload))
            reached("worked", job_type.NAME)
        except Exception:
            _log.exception("job_failed", job=job_type.NAME, **payload)
            raise

    app.task(work, name=job_type.NAME, queue=QUEUE, retry=_CappedRetry())  # pyright: ignore[reportCallIssue, reportArgumentType] - its overloads ask for a typed signature


def _register_upkeep(app: App, database: Database) -> None:
    """Once a minute, by one of all workers: stale statistics make locked fetches 70 times slower.

    A worker without any scheduled task would also stop watching over its own heartbeat: the library's watch ends with
    the first of the worker's side tasks that ends, and the scheduler ends at once where it has nothing to do.
    """

    async def keep_statistics(timestamp: int) -> None:
        del timestamp
        async with database.bare_connection() as connection:
            if await connection.fetch(_HAS_BACKLOG, BACKLOG):
                await connection.execute("ANALYZE procrastinate_jobs")

    task = app.task(name="jobs.keep_statistics", queue=QUEUE)(keep_statistics)
    app.periodic(cron=EVERY_MINUTE)(task)  # pyright: ignore[reportArgumentType] - its type wants Concatenate spelled out


async def _rescue_jobs_of_the_dead(database: Database) -> None:
    """Put the jobs of workers without a heartbeat back into the queue."""
    while True:
        async with database.bare_connection() as connection:
            for rescued in await connection.fetch(_RESCUE, STALLED_SECONDS):
                _log.warning("job_rescued", job=rescued["task_name"], id=rescued["id"])
        await asyncio.sleep(RESCUE_SECONDS)
