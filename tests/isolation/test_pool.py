"""The pool gives no connection back with a tenant set, whatever happens in between (ARCHITECTURE §2)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass

import pytest

from core.database import Database, TenantTransaction, open_database
from core.statements import sibling_statements
from tests.support import servers
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)
SHORT, WHOLE = 500, 10_000
AT_ONCE = 24


@dataclass(frozen=True)
class Setting:
    tenant: str | None
    one: int


@dataclass(frozen=True)
class Visible:
    id: int


class Interrupted(Exception):
    """The request ended in the middle."""


async def work(database: Database, tenant: int, chance: random.Random) -> str:
    """One request: it sees its own company alone, and ends in one of the ways in which requests end."""
    ending = chance.choice(("well", "well", "error", "sql", "cancelled", "cancelled early"))
    task = asyncio.current_task()
    assert task is not None
    if ending == "cancelled early":
        asyncio.get_running_loop().call_later(chance.random() / 500, task.cancel)
    async with database.tenant(tenant) as tx:
        await see_only(tx, tenant)
        if ending == "error":
            raise Interrupted
        if ending == "sql":
            await tx.value(SQL["fail"], int, nothing=0)
        if ending == "cancelled":
            asyncio.get_running_loop().call_later(chance.random() / 500, task.cancel)
            await tx.value(SQL["wait"], object, seconds=0.05)
        await see_only(tx, tenant)
    return ending


async def see_only(tx: TenantTransaction, tenant: int) -> None:
    """With the filter forgotten, row level security still shows one company."""
    assert [row.id for row in await tx.all(SQL["all_visible"], Visible)] == [tenant]


async def leftover(database: Database) -> str | None:
    async with database.system() as tx:
        found = await tx.one(SQL["current_tenant"], Setting)
        visible = await tx.all(SQL["all_visible"], Visible)
    assert found is not None
    return found.tenant or (str(visible) if visible else None)


@pytest.mark.parametrize("operations", [SHORT, pytest.param(WHOLE, marks=pytest.mark.proof)])
async def test_thousands_of_interrupted_requests_leave_no_tenant_behind(
    database: servers.Database, operations: int
) -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable, no secret
    pool = await open_database(database.app_url, application="tests", most_connections=6)
    try:
        tenants = [await make_tenant(pool, f"Company {number}") for number in range(4)]
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> BaseException | str:
            async with gate:
                task = asyncio.create_task(work(pool, tenants[number % len(tenants)], random.Random(number)))  # noqa: S311
                (outcome,) = await asyncio.gather(task, return_exceptions=True)
                if chance.random() < 0.2:
                    assert await leftover(pool) is None
                return outcome

        outcomes = Counter(
            outcome if isinstance(outcome, str) else type(outcome).__name__
            for outcome in await asyncio.gather(*(one(number) for number in range(operations)))
        )
        assert sum(outcomes.values()) == operations
        assert outcomes["AssertionError"] == 0
        assert all(outcomes[name] > operations / 20 for name in ("well", "Interrupted", "CancelledError"))
        assert [await leftover(pool) for _ in range(20)] == [None] * 20
    finally:
        await pool.close()


async def test_a_setting_that_outlives_its_transaction_is_found(database: servers.Database) -> None:
    pool = await open_database(database.app_url, application="tests", most_connections=1)
    try:
        tenant = await make_tenant(pool)
        assert await leftover(pool) is None
        async with pool.bare_connection() as connection:
            await connection.execute(f"SET app.tenant_id = '{int(tenant)}'")
        assert await leftover(pool) == str(tenant)
    finally:
        await pool.close()


async def test_no_transaction_is_open_to_a_tenant_that_is_no_number(db: Database) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        async with db.tenant("1'; SET app.tenant_id = '2"):  # pyright: ignore[reportArgumentType]
            pass
