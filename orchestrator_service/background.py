"""Work that runs beside the requests of a process, from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Coroutine

import structlog

CLOSING_SECONDS = 2.0

_log = structlog.get_logger(__name__)


@contextlib.asynccontextmanager
async def running(*jobs: Coroutine[None, None, None]) -> AsyncGenerator[None]:
    """Run the jobs in the background; they are meant to run until cancelled here."""
    tasks = [asyncio.create_task(job) for job in jobs]
    for task in tasks:
        task.add_done_callback(_tell_of_end)
    try:
        yield
    finally:
        waiting = set(tasks)
        while waiting:  # again, since a driver may swallow a cancellation; not at once, since they close what they hold
            for task in waiting:
                task.cancel()
            _, waiting = await asyncio.wait(waiting, timeout=CLOSING_SECONDS)


def _tell_of_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled():
        error = task.exception()
        _log.error("background_job_ended", error=type(error).__name__ if error else None)
