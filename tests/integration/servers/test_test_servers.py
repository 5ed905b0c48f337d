"""The tests' own servers: shared, prepared once, copied per test, and nobody else's."""

import time
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from nexus.servers.bootstrap import connected
from tests.support.servers import (
    Database,
    ForeignServerError,
    RunServers,
    cloned_database,
    ensure_template,
    to_database,
)


async def create_table(url: str, name: str) -> None:
    async with connected(url) as connection:
        await connection.execute(f"CREATE TABLE {name} (id int)")


@pytest.mark.parametrize("turn", [1, 2])
async def test_a_test_sees_nothing_of_the_one_before(database: Database, turn: int) -> None:
    assert turn
    await create_table(database.owner_url, "mine")
    async with connected(database.app_url) as connection:
        assert await connection.fetchval("SELECT current_database()") == database.name


def test_the_template_is_prepared_once_and_every_copy_has_it(servers: RunServers) -> None:
    calls: list[str] = []

    async def fill(owner_url: str) -> None:
        calls.append(owner_url)
        await create_table(owner_url, "prepared")

    name = "template_of_this_test"
    for _ in range(2):
        assert ensure_template(servers, fill, name) == name
    assert calls == [to_database(servers.owner_url, name)]


async def test_a_copy_holds_what_the_preparation_made(servers: RunServers) -> None:
    async def fill(owner_url: str) -> None:
        await create_table(owner_url, "prepared")

    with cloned_database(servers, ensure_template(servers, fill, "template_with_a_table")) as copy:
        async with connected(copy.owner_url) as connection:
            assert await connection.fetchval("SELECT count(*) FROM prepared") == 0
            assert await connection.fetchval("SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'") == 1


def test_a_failed_preparation_is_tried_again_from_an_empty_database(servers: RunServers) -> None:
    async def fail(owner_url: str) -> None:
        await create_table(owner_url, "half")
        raise RuntimeError("half way")

    async def fill(owner_url: str) -> None:
        await create_table(owner_url, "half")

    with pytest.raises(RuntimeError, match="half way"):
        ensure_template(servers, fail, "template_that_failed")
    ensure_template(servers, fill, "template_that_failed")


def test_ddl_is_refused_on_a_server_this_run_did_not_start(servers: RunServers, tmp_path: Path) -> None:
    foreign = replace(servers, folder=str(tmp_path))
    with pytest.raises(ForeignServerError, match="did not create"):
        ensure_template(foreign)


def test_a_copy_is_made_in_well_under_a_second(servers: RunServers, template_database: str) -> None:
    began = time.monotonic()
    with cloned_database(servers, template_database):
        assert time.monotonic() - began < 1.0


async def test_a_copy_is_dropped_even_while_someone_is_connected(servers: RunServers, template_database: str) -> None:
    with cloned_database(servers, template_database) as copy:
        forgotten = connected(copy.app_url)
        connection = await forgotten.__aenter__()
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)):
        await connection.fetchval("SELECT 1")
