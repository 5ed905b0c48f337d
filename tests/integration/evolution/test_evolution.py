"""The Maintenance Robot: foundation and patches lead to one schema, however often, at once or interrupted."""

import asyncio
import re
from dataclasses import replace

import pytest

from orchestrator_service import evolution
from orchestrator_service.db import PATCHES, evolve
from orchestrator_service.evolution import EvolutionFailed, Patch, foundation
from tests.integration.evolution.databases import FOUNDATIONS, Fresh, from_foundation, owner, schema_at


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
    await from_foundation(old, name)
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


async def test_it_stops_loudly_at_the_first_failure(fresh: Fresh) -> None:
    url = await fresh()
    await evolve(url)
    failing = Patch(9000, "failing", "SELECT 1 / 0")
    later = Patch(9001, "later", "CREATE TABLE later (id int)")
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


async def test_numbers_may_have_gaps_that_are_filled_later(fresh: Fresh) -> None:
    """Two branches take numbers apart; whichever is merged first, both are applied, each database in its order."""
    url = await fresh()
    early, late = (Patch(number, f"patch {number}", f"DO $$ BEGIN PERFORM {number}; END $$") for number in (800, 900))
    await evolve(url, patches=(*PATCHES, late))
    assert (await evolve(url, patches=(*PATCHES, late, early))).patches == (early,)
    assert (await evolve(url, patches=(*PATCHES, early, late))).patches == ()
    async with owner(url) as connection:
        rows = await connection.fetch("SELECT number, checksum FROM schema_patches WHERE number >= 800 ORDER BY number")
    assert [(row["number"], row["checksum"]) for row in rows] == [(800, early.checksum), (900, late.checksum)]


async def test_a_table_that_somebody_holds_stops_it_instead_of_the_company(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without `lock_timeout` the waiting ALTER would queue every reader behind itself for as long as somebody works."""
    url = await fresh()
    await evolve(url)
    widening = Patch(900, "widening", "DO $$ BEGIN ALTER TABLE leads ADD COLUMN IF NOT EXISTS wider int; END $$")
    monkeypatch.setattr(evolution, "LOCK_TIMEOUT", "200ms")
    async with owner(url) as busy:
        await busy.execute("BEGIN; SELECT 1 FROM leads")
        with pytest.raises(EvolutionFailed, match="lock timeout"):
            await asyncio.wait_for(evolve(url, patches=(*PATCHES, widening)), 10)
        await busy.execute("COMMIT")
    assert (await evolve(url, patches=(*PATCHES, widening))).patches == (widening,), "the control: free, it is applied"


async def test_check_tells_and_does_nothing(fresh: Fresh) -> None:
    url = await fresh()
    told = await evolve(url, check=True)
    assert told.foundation
    assert told.patches == PATCHES
    assert (await evolve(url)).foundation


async def test_a_patch_without_its_counterpart_in_the_foundation_is_found(fresh: Fresh) -> None:
    """The control of the equality tests: a patch that adds something must make them fail."""
    url, plain = await fresh(), await fresh()
    stray = Patch(9000, "stray", "DO $$ BEGIN ALTER TABLE leads ADD COLUMN IF NOT EXISTS stray int; END $$")
    await evolve(plain)
    await evolve(url, patches=(*PATCHES, stray))
    assert await schema_at(url) != await schema_at(plain)


def test_patches_are_guarded_and_numbered_upwards() -> None:
    numbers = [patch.number for patch in PATCHES]
    assert numbers == sorted(set(numbers))
    assert 35 in numbers
    for patch in PATCHES:
        if patch.alone:
            made = re.findall(r"CREATE INDEX CONCURRENTLY (\w+) ", patch.sql)
            dropped = re.findall(r"DROP INDEX CONCURRENTLY IF EXISTS (\w+);", patch.sql)
            assert made == dropped, f"patch {patch.number} would leave what a killed run has half built"
        else:
            assert "DO $" in patch.sql, f"patch {patch.number} is not a DO block"
