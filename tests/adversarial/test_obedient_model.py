"""A model that does whatever an attacker says, with the screen off: nothing happens that may not (PRODUCT §10.4).

The real turn, the real tools and the real database; whole rows of both companies are compared with an allow-list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator

import pytest

from core.database import Database, open_database
from tests.adversarial.attacks import Attack, attacks
from tests.adversarial.judging import violations
from tests.adversarial.world import World, make_world
from tests.integration.chat.company import demo_company
from tests.support import servers as support


@pytest.fixture
async def world(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[World]:
    async with demo_company(db, database, redis_url) as company:
        owner = await open_database(database.superuser_url, application="tests", most_connections=2)
        try:
            yield await make_world(company, owner)
        finally:
            await owner.close()


async def found_in(world: World, tried: list[Attack]) -> list[str]:
    """Every violation of these attacks, with its family."""
    found: list[str] = []
    for attack in tried:
        talk = await world.stranger(attack)
        start, sizes = await world.clock(), await world.sizes()
        await world.attack(attack, talk)
        found += [
            f"{attack.family} [{attack.language}] {attack.steps}: {why}"
            for why in await violations(world, attack, talk, start)
        ]
        now = await world.sizes()
        found += [f"{attack.family}: rows of {table} are gone" for table, size in sizes.items() if now[table] < size]
    return found


def test_there_are_more_than_three_hundred_attacks_of_every_kind() -> None:
    families = Counter(attack.family.partition(":")[0] for attack in attacks())
    assert sum(families.values()) >= 300
    assert len(families) >= 20
    assert {attack.language for attack in attacks()} == {"es", "en", "pt"}


async def test_a_sample_of_the_attacks_does_nothing_that_it_may_not(world: World) -> None:
    found = await found_in(world, attacks()[:: len(attacks()) // 26])
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_no_attack_does_anything_that_it_may_not(world: World) -> None:
    found = await found_in(world, attacks())
    assert not found, "\n".join(found)
