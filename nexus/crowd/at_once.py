"""A large crowd, written on one transaction without indexes and foreign keys, which are back before it ends (ADR 0045).

Every row of a crowd pays for each index and each key it names; built and checked at the end, all of them together cost
a third. What is set aside is read from the catalog and put back as it was, or nothing of the transaction ever happened.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Final

from core.bulk import bulk_load
from core.statements import sibling_statements
from nexus.crowd.leads import rows_of
from nexus.crowd.plan import Frame, Plan
from nexus.crowd.sheet import TABLES

SQL = sibling_statements(__file__)
FEWEST: Final = 50_000  # leads from which on it is worth it
BYTES: Final = 300  # of a lead's row, about: a table that holds as much as is to come is better left as it is
AHEAD: Final = 2  # chunks that are invented for each writer before the database has taken them
SORTING: Final = "256MB"
# A search index is built in a tree of all its terms, which is three times as fast while it fits the processor's cache.
GATHERING: Final = "16MB"

Told = Callable[[int, int], None]
"""How much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class _SetAside:
    """A key or an index: the command that takes it away and the one that brings it back; `method` is an index's."""

    away: str
    back: str
    method: str | None


async def is_worth_it(owner_url: str, plan: Plan) -> bool:
    """Whether so many leads come that what is there already does not count."""
    if plan.leads < FEWEST:
        return False
    async with bulk_load(owner_url) as load, load.transaction() as owner:
        held = await owner.value(SQL["leads_bytes"], int)
        return (held or 0) <= plan.leads * BYTES


async def write_at_once(frame: Frame, owner_url: str, pool: Executor, *, written: Told, restored: Told) -> None:
    """The whole crowd, or nothing. Whoever wants one of its tables, or one that these refer to, waits until then."""
    async with bulk_load(owner_url) as load, load.transaction() as owner:
        aside = await owner.all(SQL["set_aside"], _SetAside, tables=list(TABLES))
        for one in aside:
            await load.command(one.away)
        done = 0
        async for chunk, rows in _invented(frame, pool):
            for table, columns in TABLES.items():
                if rows[table]:
                    await load.copy(table, columns, rows[table])
            done += len(frame.plan.numbers(chunk))
            written(done, frame.plan.leads)
        helpers = max(1, (os.cpu_count() or 1) - 1)
        await load.command(f"SET LOCAL max_parallel_maintenance_workers = {helpers}")
        for number, one in enumerate(aside, start=1):
            memory = GATHERING if one.method == "gin" else SORTING
            await load.command(f"SET LOCAL maintenance_work_mem = '{memory}'")
            await load.command(one.back)
            restored(number, len(aside))


async def _invented(frame: Frame, pool: Executor) -> AsyncGenerator[tuple[int, dict[str, bytes]]]:
    """Chunk after chunk in their order, a few of them invented ahead."""
    under_way = deque[Future[dict[str, bytes]]]()
    ahead = AHEAD * (os.cpu_count() or 1)
    for chunk in range(frame.plan.chunks + ahead):
        if chunk < frame.plan.chunks:
            under_way.append(pool.submit(invent, frame, chunk))
        if chunk >= ahead:
            yield chunk - ahead, await asyncio.wrap_future(under_way.popleft())


def invent(frame: Frame, chunk: int) -> dict[str, bytes]:
    """A chunk's rows by table, as COPY reads them."""
    return {table: "".join(lines).encode() for table, lines in rows_of(frame, chunk).items()}
