"""Transactions and savepoints: what failed is undone, and nothing more."""

import asyncio
from dataclasses import dataclass

import pytest

from core.database import Database, TenantTransaction, open_database, standalone_connection
from core.statements import sibling_statements
from tests.support import servers
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)


@dataclass(frozen=True)
class Stage:
    key: str


class Unwell(Exception):
    """Something went wrong inside."""


async def stages(db: Database, tenant_id: int) -> list[str]:
    async with db.tenant(tenant_id) as tx:
        return [stage.key for stage in await tx.all(SQL["stages"], Stage)]


async def add_and_fail(tx: TenantTransaction, key: str) -> None:
    async with tx.savepoint():
        await tx.run(SQL["add_stage"], key=key)
        raise Unwell


async def add_and_fail_twice(tx: TenantTransaction) -> None:
    async with tx.savepoint():
        await tx.run(SQL["add_stage"], key="outer")
        with pytest.raises(Unwell):
            await add_and_fail(tx, "inner")
        raise Unwell


async def test_an_outer_savepoint_undoes_all_of_its_work_after_an_inner_one_failed(db: Database) -> None:
    tenant_id = await make_tenant(db)
    async with db.tenant(tenant_id) as tx:
        await tx.run(SQL["add_stage"], key="before")
        with pytest.raises(Unwell):
            await add_and_fail_twice(tx)
        await tx.run(SQL["add_stage"], key="later")
    assert await stages(db, tenant_id) == ["before", "later"]


async def test_a_cancelled_transaction_is_undone_and_its_connection_serves_the_next(db: Database) -> None:
    tenant_id = await make_tenant(db)
    others = await make_tenant(db, "Other")

    async def work() -> None:
        async with db.tenant(tenant_id) as tx:
            await tx.run(SQL["add_stage"], key="undone")
            await tx.value(SQL["sleep"], str)

    tasks = [asyncio.create_task(work()) for _ in range(20)]
    await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    found = await asyncio.gather(*(stages(db, each) for each in (tenant_id, others) * 20))
    assert found == [[]] * 40


async def test_an_error_of_the_callers_own_is_not_taken_for_an_outage(db: Database) -> None:
    tenant_id = await make_tenant(db)

    async def work() -> None:
        async with db.tenant(tenant_id) as tx:
            await tx.run(SQL["add_stage"], key="undone")
            raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        await work()
    assert "undone" not in await stages(db, tenant_id)


@pytest.mark.parametrize(("synchronous", "setting"), [(True, "on"), (False, "off")])
async def test_only_what_may_be_forgotten_commits_without_waiting_for_the_disk(
    database: servers.Database, synchronous: bool, setting: str
) -> None:
    superuser = await standalone_connection(servers.to_database(database.superuser_url, "postgres"))
    # The tests' server itself waits for nothing.
    await superuser.execute(f"ALTER DATABASE {database.name} SET synchronous_commit = 'on'")
    await superuser.close(timeout=5)
    opened = await open_database(database.app_url, application="tests", most_connections=1, synchronous=synchronous)
    async with opened.bare_connection() as connection:
        assert [row[0] for row in await connection.fetch("SHOW synchronous_commit")] == [setting]
    await opened.close()
