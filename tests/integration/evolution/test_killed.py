"""The pipeline killed at each statement, and run again: always the same schema, and never half a patch (PRODUCT §2.3).

An event trigger of the superuser ends the pipeline's connection at the n-th DDL command, whichever file, patch or DO
block it stands in; the server then rolls back, as it does when the machine goes.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from nexus.servers.bootstrap import clone_database, connected, drop_database
from orchestrator_service.db import PATCHES, evolve
from orchestrator_service.evolution import EvolutionFailed, Patch
from tests.integration.evolution.databases import FOUNDATIONS, Fresh, from_foundation, owner, schema_at
from tests.support.servers import RunServers, to_database

_TRAP = """
CREATE SCHEMA trap;
CREATE SEQUENCE trap.commands;
CREATE TABLE trap.due (command bigint);
CREATE FUNCTION trap.spring() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF nextval('trap.commands') = (SELECT command FROM trap.due) THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
        PERFORM pg_sleep(1);
    END IF;
END $$;
CREATE EVENT TRIGGER trap ON ddl_command_end EXECUTE FUNCTION trap.spring();
"""
NEW = "nothing"


async def set_trap(servers: RunServers, url: str) -> str:
    """A trap that is not yet due; answers the superuser's URL of that database."""
    superuser = to_database(servers.superuser_url, urlsplit(url).path.lstrip("/"))
    async with connected(superuser) as connection:
        await connection.execute(_TRAP)
    return superuser


async def command(superuser: str, statement: str) -> object:
    async with connected(superuser) as connection:
        return await connection.fetchval(statement)


async def disarm(superuser: str) -> None:
    async with connected(superuser) as connection:
        await connection.execute("DROP EVENT TRIGGER trap; DROP SCHEMA trap CASCADE")


async def kill_everywhere(servers: RunServers, fresh: Fresh, start: str, every: int) -> int:
    """Kill at every `every`-th DDL command on the way from `start`; answers at how many."""
    template, whole = await fresh(), await fresh()
    await evolve(whole)
    wanted = await schema_at(whole)
    if start != NEW:
        await from_foundation(template, start)
    superuser = await set_trap(servers, template)
    name = urlsplit(template).path.lstrip("/")
    killed, at = 0, 1
    while True:
        copy = f"{name}_at_{at}"
        await clone_database(servers.superuser_url, copy, name)
        url, above = to_database(template, copy), to_database(superuser, copy)
        await command(above, f"INSERT INTO trap.due VALUES ({at}) RETURNING command")
        try:
            await evolve(url)
        except EvolutionFailed:
            killed += 1
        else:
            await drop_database(servers.superuser_url, copy)
            return killed
        async with owner(url) as connection:
            tables = {row[0] for row in await connection.fetch("SELECT tablename FROM pg_tables")}
            done = await connection.fetch("SELECT number FROM schema_patches") if "schema_patches" in tables else []
        again = await evolve(url)
        assert len(again.patches) == len(PATCHES) - len(done), f"killed at command {at}"
        await disarm(above)
        assert await schema_at(url) == wanted, f"killed at command {at}"
        assert len(done) < len(PATCHES), f"killed at command {at}, and yet all was recorded"
        await drop_database(servers.superuser_url, copy)
        at += every


@pytest.mark.proof
@pytest.mark.parametrize("start", [NEW, *(pytest.param(each, marks=pytest.mark.slow) for each in FOUNDATIONS)])
async def test_killed_at_some_commands_it_goes_on(servers: RunServers, fresh: Fresh, start: str) -> None:
    assert await kill_everywhere(servers, fresh, start, every=61 if start == NEW else 29) >= 2


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("start", [NEW, *FOUNDATIONS])
async def test_killed_at_every_command_it_goes_on(servers: RunServers, fresh: Fresh, start: str) -> None:
    assert await kill_everywhere(servers, fresh, start, every=1) > 50


@pytest.mark.slow
async def test_a_kill_between_any_two_patches_leaves_a_database_that_goes_on(fresh: Fresh) -> None:
    whole = await fresh()
    await evolve(whole)
    wanted = await schema_at(whole)
    for kept in range(len(PATCHES) + 1):
        url = await fresh()
        await evolve(url, patches=PATCHES[:kept])
        broken = Patch(999, "killed", "CREATE TABLE half (id int); SELECT pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(EvolutionFailed):
            await evolve(url, patches=(*PATCHES[:kept], broken))
        await evolve(url)
        assert await schema_at(url) == wanted


async def test_a_patch_of_single_transactions_that_is_killed_is_told_as_a_failure(fresh: Fresh) -> None:
    url = await fresh()
    await evolve(url)
    kill = "SELECT pg_terminate_backend(pg_backend_pid());\n"
    with pytest.raises(EvolutionFailed):
        await evolve(url, patches=(*PATCHES, Patch(999, "killed", kill, alone=True)))


async def test_a_pipeline_that_commits_half_a_patch_is_found(fresh: Fresh) -> None:
    """The control: the same two steps in transactions of their own leave something behind when they are killed."""
    url = await fresh()
    await evolve(url)
    before = await schema_at(url)
    kill = "SELECT pg_terminate_backend(pg_backend_pid())"
    with pytest.raises(EvolutionFailed):
        await evolve(url, patches=(*PATCHES, Patch(999, "careless", f"CREATE TABLE half (id int); COMMIT; {kill}")))
    assert await schema_at(url) != before
