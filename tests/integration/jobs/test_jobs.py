"""The queue keeps what ARCHITECTURE §3 builds on: commit with the transaction, order under a lock, retries, rescue."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from core.contracts import TakeIn
from core.database import Database, open_database, standalone_connection
from core.job_worker import BACKLOG, STALLED_SECONDS
from core.jobs import defer
from tests.integration.jobs.working import SLOW_TENANT, working
from tests.support import servers

_ANALYZED = "SELECT 1 FROM pg_stat_user_tables WHERE relname = 'procrastinate_jobs' AND last_analyze IS NOT NULL"


@pytest.fixture
async def pool(database: servers.Database) -> AsyncGenerator[Database]:
    opened = await open_database(database.app_url, application="test")
    yield opened
    await opened.close()


async def _waiting(pool: Database) -> list[tuple[str, int]]:
    async with pool.bare_connection() as connection:
        return [
            (str(row["status"]), int(row["attempts"]))
            for row in await connection.fetch(
                "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = $1 ORDER BY id", TakeIn.NAME
            )
        ]


async def test_a_job_commits_with_the_transaction_that_defers_it(pool: Database) -> None:
    async with pool.tenant(1) as tx:
        await defer(tx, TakeIn(1, 5))
        assert await _waiting(pool) == []
    assert await _waiting(pool) == [("todo", 0)]


async def test_a_job_is_gone_when_its_transaction_rolls_back(pool: Database) -> None:
    async def change_of_mind() -> None:
        async with pool.tenant(1) as tx:
            await defer(tx, TakeIn(1, 5))
            raise RuntimeError("change of mind")

    with pytest.raises(RuntimeError, match="change of mind"):
        await change_of_mind()
    assert await _waiting(pool) == []


async def test_a_committed_job_wakes_the_worker(pool: Database) -> None:
    begun = asyncio.Event()

    async def take_in(_: TakeIn) -> None:
        begun.set()

    async with working(pool.url, take_in):
        await asyncio.sleep(0.7)  # the worker listens and has just looked in vain
        waits: list[float] = []
        for _ in range(5):
            begun.clear()
            began = time.monotonic()
            async with pool.tenant(1) as tx:
                await defer(tx, TakeIn(1, 5))
            await asyncio.wait_for(begun.wait(), 5)
            waits.append(time.monotonic() - began)
        assert sorted(waits)[2] < 0.2, f"polling alone takes 0.25 s on average; waited {waits}"
        await asyncio.sleep(0.1)
    assert await _waiting(pool) == [], "a job that succeeded is deleted"


async def test_jobs_of_one_lock_run_one_at_a_time_in_order(pool: Database) -> None:
    order: list[int] = []
    running = most_running = 0

    async def take_in(job: TakeIn) -> None:
        nonlocal running, most_running
        running += 1
        most_running = max(most_running, running)
        await asyncio.sleep(0.02)
        order.append(job.conversation_id)
        running -= 1

    for number in range(8):
        async with pool.tenant(1) as tx:
            await defer(tx, TakeIn(1, number), lock="conversation:1:1")
    async with working(pool.url, take_in):
        await _until(lambda: len(order) == 8)
    assert order == list(range(8))
    assert most_running == 1


async def test_jobs_without_a_lock_run_beside_each_other(pool: Database) -> None:
    together = asyncio.Barrier(3)
    done: list[int] = []

    async def take_in(job: TakeIn) -> None:
        await together.wait()
        done.append(job.conversation_id)

    async with pool.tenant(1) as tx:
        for number in range(3):
            await defer(tx, TakeIn(1, number))
    async with working(pool.url, take_in):
        await _until(lambda: len(done) == 3)


async def test_a_job_starts_no_earlier_than_it_may(pool: Database) -> None:
    began: list[datetime] = []

    async def take_in(_: TakeIn) -> None:
        began.append(datetime.now(UTC))

    due = datetime.now(UTC) + timedelta(seconds=1)
    async with pool.tenant(1) as tx:
        await defer(tx, TakeIn(1, 1), at=due)
    async with working(pool.url, take_in):
        await _until(lambda: bool(began))
    assert due <= began[0] <= due + timedelta(seconds=1.5)


@pytest.mark.proof
async def test_a_failed_job_is_tried_again_later_and_later(pool: Database) -> None:
    began: list[float] = []

    async def take_in(_: TakeIn) -> None:
        began.append(time.monotonic())
        if len(began) < 3:
            raise RuntimeError("not yet")

    async with pool.tenant(1) as tx:
        await defer(tx, TakeIn(1, 1))
    async with working(pool.url, take_in):
        await _until(lambda: len(began) == 3, seconds=15)
        await asyncio.sleep(0.2)
    first, second = began[1] - began[0], began[2] - began[1]
    assert 1.9 <= first <= 3.5
    assert 3.9 <= second <= 5.5
    assert await _waiting(pool) == []


@pytest.mark.proof
async def test_a_job_that_does_not_end_goes_back_to_the_queue_when_the_worker_stops(pool: Database) -> None:
    begun = asyncio.Event()

    async def take_in(_: TakeIn) -> None:
        begun.set()
        await asyncio.sleep(3600)

    async with pool.tenant(1) as tx:
        await defer(tx, TakeIn(1, 1))
    async with working(pool.url, take_in):
        await asyncio.wait_for(begun.wait(), 5)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert await _waiting(pool) == [("todo", 1)]


async def test_two_hundred_jobs_are_each_done_once(pool: Database) -> None:
    done: list[int] = []

    async def take_in(job: TakeIn) -> None:
        done.append(job.conversation_id)

    async with pool.tenant(1) as tx:
        for number in range(200):
            await defer(tx, TakeIn(1, number), lock=f"intake:1:{number % 7}")
    async with working(pool.url, take_in), working(pool.url, take_in):
        await _until(lambda: len(done) >= 200, seconds=30)
        await asyncio.sleep(0.2)
    assert sorted(done) == list(range(200))


@pytest.mark.parametrize("waiting", [BACKLOG + 1, 3])
async def test_statistics_are_fresh_while_there_is_a_backlog(
    pool: Database, database: servers.Database, waiting: int
) -> None:
    async def take_in(_: TakeIn) -> None: ...

    later = datetime.now(UTC) + timedelta(hours=1)
    async with pool.tenant(1) as tx:
        for number in range(waiting):
            await defer(tx, TakeIn(1, number), at=later)
    owner = await standalone_connection(database.owner_url)

    async def analyzed() -> bool:
        return bool(await owner.fetch(_ANALYZED))

    async with working(pool.url, take_in):
        deadline = time.monotonic() + (5 if waiting > BACKLOG else 2)
        while not await analyzed() and time.monotonic() < deadline:  # noqa: ASYNC110 - the database is asked
            await asyncio.sleep(0.1)
        assert await analyzed() == (waiting > BACKLOG)
    await owner.close(timeout=5)


async def _disconnect(superuser_url: str, name: str) -> None:
    owner = await standalone_connection(superuser_url)
    await owner.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    await owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
    await owner.close(timeout=5)


async def test_the_worker_ends_when_the_database_goes(database: servers.Database) -> None:
    async def take_in(_: TakeIn) -> None: ...

    async with working(database.app_url, take_in) as task:
        await asyncio.sleep(0.5)
        assert not task.done()
        await _disconnect(servers.to_database(database.superuser_url, "postgres"), database.name)
        await asyncio.wait([task], timeout=10)
        assert task.done()
        assert isinstance(task.exception(), BaseExceptionGroup)


async def test_a_worker_without_a_heartbeat_ends(pool: Database, database: servers.Database) -> None:
    """A worker that goes on without one would have its running jobs begun a second time by the others."""

    async def take_in(_: TakeIn) -> None: ...

    owner = await standalone_connection(database.owner_url)
    async with working(pool.url, take_in) as task:
        await asyncio.sleep(0.5)
        await owner.execute("ALTER FUNCTION procrastinate_update_heartbeat_v1(bigint) RENAME TO lost")
        await asyncio.wait([task], timeout=12)
        assert task.done()
        assert isinstance(task.exception(), BaseExceptionGroup)
    await owner.close(timeout=5)


async def test_the_job_of_a_killed_worker_is_done_by_another(pool: Database) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.jobs.working", pool.url, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    done: list[int] = []

    async def take_in(job: TakeIn) -> None:
        done.append(job.conversation_id)

    async with pool.tenant(1) as tx:
        await defer(tx, TakeIn(SLOW_TENANT, 9), lock="conversation:77:9")
        await defer(tx, TakeIn(1, 10), lock="conversation:77:9")
    assert await asyncio.wait_for(child.stdout.readline(), 15) == b"9\n"
    os.kill(child.pid, signal.SIGKILL)
    killed = time.monotonic()
    await child.wait()
    async with working(pool.url, take_in):
        await _until(lambda: len(done) == 2, seconds=40)
    assert done == [9, 10], "the lock still orders them"
    assert time.monotonic() - killed < STALLED_SECONDS + 10


async def _until(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.02)
