"""The Maintenance Robot: foundation and patches lead to one schema, however often, at once or interrupted."""

import asyncio
import itertools
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from core.database import DriverConnection, standalone_connection
from nexus.servers.bootstrap import create_database
from orchestrator_service.db import PATCHES, EvolutionFailed, Patch, evolve, foundation
from tests.integration.evolution.catalog import schema_of
from tests.support.servers import RunServers, to_database

FOUNDATIONS = {
    folder.name: [file.read_text() for file in sorted(folder.glob("*.sql"))]
    for folder in sorted((Path(__file__).parents[2] / "fixtures" / "foundations").iterdir())
}
_numbers = itertools.count(1)


Fresh: TypeAlias = Callable[[], Awaitable[str]]


@pytest.fixture
def fresh(servers: RunServers) -> Fresh:
    """Owner URLs of empty databases, one at each call."""

    async def make() -> str:
        name = f"evolution_{os.getpid()}_{next(_numbers)}"
        await create_database(servers.superuser_url, name)
        return to_database(servers.owner_url, name)

    return make


@asynccontextmanager
async def owner(url: str) -> AsyncGenerator[DriverConnection]:
    connection = await standalone_connection(url)
    try:
        yield connection
    finally:
        await connection.close(timeout=5)


async def schema_at(url: str) -> list[str]:
    async with owner(url) as connection:
        return await schema_of(connection)


async def test_a_new_database_gets_the_foundation_and_every_patch(fresh: Fresh) -> None:
    evolution = await evolve(await fresh())
    assert evolution.foundation
    assert evolution.patches == PATCHES


async def test_the_patches_add_nothing_to_the_foundation(fresh: Fresh) -> None:
    url = await fresh()
    library = next(patch for patch in PATCHES if patch.name == "job library")
    async with owner(url) as connection:
        await connection.execute("\n".join(foundation()))
        await connection.execute(library.sql)
    alone = await schema_at(url)
    await evolve(url)
    assert await schema_at(url) == alone
    assert len(alone) > 300


@pytest.mark.parametrize("name", FOUNDATIONS)
async def test_every_older_foundation_evolves_to_todays(fresh: Fresh, name: str) -> None:
    old, new = await fresh(), await fresh()
    async with owner(old) as connection:
        for script in FOUNDATIONS[name]:
            await connection.execute(script)
    await evolve(new)
    assert await schema_at(old) != await schema_at(new), "an older foundation that differs in nothing proves nothing"
    await evolve(old)
    assert await schema_at(old) == await schema_at(new)


async def test_twice_is_once(fresh: Fresh) -> None:
    url = await fresh()
    await evolve(url)
    once = await schema_at(url)
    again = await evolve(url)
    assert not again.foundation
    assert again.patches == ()
    assert await schema_at(url) == once


async def test_eight_starters_at_once_take_turns(fresh: Fresh) -> None:
    url = await fresh()
    evolutions = await asyncio.gather(*(evolve(url) for _ in range(8)))
    assert sum(evolution.foundation for evolution in evolutions) == 1
    assert sum(len(evolution.patches) for evolution in evolutions) == len(PATCHES)


async def test_a_kill_between_any_two_steps_leaves_a_database_that_goes_on(fresh: Fresh) -> None:
    whole = await fresh()
    await evolve(whole)
    wanted = await schema_at(whole)
    for kept in range(len(PATCHES) + 1):
        url = await fresh()
        await evolve(url, patches=PATCHES[:kept])
        broken = Patch(99, "killed", "CREATE TABLE half (id int); SELECT pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(EvolutionFailed):
            await evolve(url, patches=(*PATCHES[:kept], broken))
        await evolve(url)
        assert await schema_at(url) == wanted


async def test_it_stops_loudly_at_the_first_failure(fresh: Fresh) -> None:
    url = await fresh()
    await evolve(url)
    failing = Patch(90, "failing", "SELECT 1 / 0")
    later = Patch(91, "later", "CREATE TABLE later (id int)")
    with pytest.raises(EvolutionFailed, match="failing"):
        await evolve(url, patches=(*PATCHES, failing, later))
    assert not any("later" in line for line in await schema_at(url))
    assert (await evolve(url)).patches == ()


async def test_an_applied_patch_that_changed_is_an_error(fresh: Fresh) -> None:
    url = await fresh()
    await evolve(url)
    edited = (replace(PATCHES[0], sql=PATCHES[0].sql + " "), *PATCHES[1:])
    with pytest.raises(EvolutionFailed, match="changed"):
        await evolve(url, patches=edited)


async def test_check_tells_and_does_nothing(fresh: Fresh) -> None:
    url = await fresh()
    told = await evolve(url, check=True)
    assert told.foundation
    assert told.patches == PATCHES
    assert (await evolve(url)).foundation


async def test_a_patch_without_its_counterpart_in_the_foundation_is_found(fresh: Fresh) -> None:
    """The control of the equality tests: a patch that adds something must make them fail."""
    url, plain = await fresh(), await fresh()
    stray = Patch(90, "stray", "DO $$ BEGIN ALTER TABLE leads ADD COLUMN IF NOT EXISTS stray int; END $$")
    await evolve(plain)
    await evolve(url, patches=(*PATCHES, stray))
    assert await schema_at(url) != await schema_at(plain)


def test_patches_are_guarded_and_numbered_upwards() -> None:
    numbers = [patch.number for patch in PATCHES]
    assert numbers == sorted(set(numbers))
    assert 35 in numbers
    for patch in PATCHES:
        assert "DO $" in patch.sql, f"patch {patch.number} is not a DO block"
