"""A worker for the tests: in this process, or in one of its own that can be killed."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable

from core.contracts import JOBS, DeliveryReported, Job, TakeIn
from core.database import open_database
from core.job_worker import Handler, run_worker

SLOW_TENANT = 77


async def _ignore(_: Job) -> None: ...


def handlers(take_in: Callable[[TakeIn], Awaitable[None]]) -> dict[type[Job], Handler]:
    """Every job does nothing, but TakeIn."""

    async def taken(job: Job) -> None:
        assert isinstance(job, TakeIn)
        await take_in(job)

    return {**dict.fromkeys(JOBS, _ignore), TakeIn: taken}


@contextlib.asynccontextmanager
async def working(
    url: str, take_in: Callable[[TakeIn], Awaitable[None]], *, concurrency: int = 5
) -> AsyncGenerator[asyncio.Task[None]]:
    """A worker in this process for as long as the block lasts."""
    database = await open_database(url, application="test-worker", most_connections=concurrency + 5)
    task: asyncio.Task[None] = asyncio.create_task(run_worker(database, handlers(take_in), concurrency=concurrency))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])
        await database.close()


async def serve(url: str) -> None:
    """Take TakeIn jobs for ever: those of the slow tenant never end, others print a line."""

    async def take_in(job: TakeIn) -> None:
        sys.stdout.write(f"{job.conversation_id}\n")
        sys.stdout.flush()
        if job.tenant_id == SLOW_TENANT:
            await asyncio.sleep(3600)

    database = await open_database(url, application="test-worker")
    await run_worker(database, {**handlers(take_in), DeliveryReported: _ignore}, concurrency=5)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
