"""Writes a crowd into a database, several chunks at a time; what an earlier run has finished is left alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from typing import Final, TypeAlias

from core.bulk import bulk_load
from core.statements import sibling_statements
from nexus.crowd.at_once import invent, is_worth_it, write_at_once
from nexus.crowd.companies import Founder, found_companies
from nexus.crowd.plan import Frame, Plan
from nexus.crowd.sheet import IDS_PER_LEAD, TABLES
from nexus.servers.bootstrap import run_blocking

SQL = sibling_statements(__file__)
MOST_WRITERS: Final = 4
NUMBERED: Final = tuple(table for table, columns in TABLES.items() if "id" in columns)

Tell: TypeAlias = Callable[[str, int, int], None]
"""What is under way, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Waiting:
    """A crowd whose companies are there; `chunks` of its leads are still to be written."""

    frame: Frame
    chunks: tuple[int, ...]

    @property
    def leads(self) -> int:
        """How many those are."""
        return sum(len(self.frame.plan.numbers(chunk)) for chunk in self.chunks)


async def prepare(founder: Founder, plan: Plan, owner_url: str, tell: Tell) -> Waiting:
    """Make the plan's companies where they are missing, and find out what is left to write."""
    database = founder.database
    companies = await found_companies(founder, plan, lambda done: tell("companies", done, plan.tenants))
    async with database.tenant(companies[0].tenant_id) as tx:
        first_id = await tx.value(SQL["first_lead"], int)
        now = await tx.value(SQL["company_since"], datetime)
    assert now is not None, "it has just been made"
    if first_id is None:
        async with bulk_load(owner_url) as load, load.transaction() as owner:
            first_id = await owner.value(SQL["reserve_ids"], int, tables=list(NUMBERED), many=plan.leads * IDS_PER_LEAD)
    assert first_id is not None, "a sequence never ends here"
    chunks: list[int] = []
    for chunk in range(plan.chunks):
        number = plan.numbers(chunk).start
        async with database.tenant(companies[number % plan.tenants].tenant_id) as tx:
            if not await tx.value(SQL["has_lead"], bool, lead_id=first_id + number):
                chunks.append(chunk)
    return Waiting(Frame(plan, companies, first_id, now), tuple(chunks))


def write(waiting: Waiting, owner_url: str, tell: Tell) -> None:
    """Write what is left, each chunk a transaction; killed in between, the next call goes on. From the main thread.

    A large crowd of which nothing is there, in a database that holds little else, is written at once.
    """
    plan = waiting.frame.plan
    if not waiting.chunks:
        return
    if len(waiting.chunks) == plan.chunks and run_blocking(is_worth_it(owner_url, plan)):
        _write_at_once(waiting.frame, owner_url, tell)
        return
    done, total = 0, waiting.leads

    def told(chunk: int) -> None:
        nonlocal done
        done += len(waiting.frame.plan.numbers(chunk))
        tell("leads", done, total)

    first, *rest = waiting.chunks
    write_chunk(waiting.frame, first, owner_url)  # alone: a crowd is known by its first lead
    told(first)
    with _writers(len(rest)) as pool:
        written = {pool.submit(write_chunk, waiting.frame, chunk, owner_url): chunk for chunk in rest}
        for future in as_completed(written):
            future.result()
            told(written[future])
        _settle_all(pool, owner_url, tell, options="ANALYZE")  # and sort what waits into the search indexes


def _write_at_once(frame: Frame, owner_url: str, tell: Tell) -> None:
    def written(done: int, of: int) -> None:
        tell("leads", done, of)

    def restored(done: int, of: int) -> None:
        tell("indexes", done, of)

    with _writers(frame.plan.chunks) as pool:
        run_blocking(write_at_once(frame, owner_url, pool, written=written, restored=restored))
        _settle_all(pool, owner_url, tell, options="ANALYZE, INDEX_CLEANUP OFF")  # new ones have nothing to clean up


def _settle_all(pool: Executor, owner_url: str, tell: Tell, *, options: str) -> None:
    """Let the planner know what it wants to."""
    settled = [pool.submit(_settle, f"VACUUM ({options}) {table}", owner_url) for table in TABLES]
    for number, future in enumerate(as_completed(settled), start=1):
        future.result()
        tell("statistics", number, len(TABLES))


@contextmanager
def _writers(chunks: int) -> Generator[Executor]:
    """As many processes as help, a thread where none would; nothing is begun any more where one of them failed."""
    most = min(MOST_WRITERS, os.cpu_count() or 1, chunks)
    pool = ProcessPoolExecutor(most, mp_context=get_context("spawn")) if most > 1 else ThreadPoolExecutor(1)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def write_chunk(frame: Frame, chunk: int, owner_url: str) -> None:
    """One chunk with all that happened to its leads. Raises ConstraintViolated where it is there already."""
    run_blocking(_copy(invent(frame, chunk), owner_url))


async def _copy(rows: dict[str, bytes], owner_url: str) -> None:
    async with bulk_load(owner_url) as load, load.transaction():
        for table, columns in TABLES.items():
            if rows[table]:
                await load.copy(table, columns, rows[table])


def _settle(command: str, owner_url: str) -> None:
    run_blocking(_run(command, owner_url))


async def _run(command: str, owner_url: str) -> None:
    async with bulk_load(owner_url) as load:
        await load.command(command)
