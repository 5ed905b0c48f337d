"""Many bookings at one moment: one seller, one lead, one offer. The controls take the defences away."""

import asyncio
from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest

from core.database import Database, standalone_connection
from orchestrator_service.agenda.booking import Booked, NotBooked
from orchestrator_service.sellers import repository
from tests.integration.agenda.scene import HALF_HOUR, TEN, Scene, at_once, book, count, make_scene, plant_offer
from tests.support import servers
from tests.support.factories import make_seller

MANY = 50


@pytest.fixture
async def scene(db: Database) -> Scene:
    return await make_scene(db)


def tally(outcomes: list[Booked | NotBooked]) -> Counter[str]:
    return Counter(one.rule if isinstance(one, NotBooked) else "booked" for one in outcomes)


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The statement that locks the seller reads only."""
    statements = repository.SQL
    locking = statements["lock_seller"]
    reading = replace(locking, sql=locking.sql.replace("FOR NO KEY UPDATE", ""))
    assert reading.sql != locking.sql
    changed = MappingProxyType({**statements.by_name, "lock_seller": reading})
    monkeypatch.setattr(repository, "SQL", replace(statements, by_name=changed))


async def without_constraint(database: servers.Database) -> None:
    connection = await standalone_connection(database.owner_url)
    await connection.execute("ALTER TABLE seller_agenda_events DROP CONSTRAINT seller_is_booked_once")
    await connection.close(timeout=5)


async def test_of_fifty_bookings_of_one_time_one_succeeds(scene: Scene) -> None:
    assert tally(await at_once(scene, [TEN] * MANY)) == {"booked": 1, "slot_taken": MANY - 1}
    assert (await count(scene, "meetings"), await count(scene, "used_offers")) == (1, 1)


async def test_the_lock_alone_keeps_a_second_booking_out(scene: Scene, database: servers.Database) -> None:
    await without_constraint(database)
    assert tally(await at_once(scene, [TEN] * MANY)) == {"booked": 1, "slot_taken": MANY - 1}


async def test_the_constraint_alone_keeps_a_second_booking_out(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    without_lock(monkeypatch)
    assert tally(await at_once(scene, [TEN] * MANY)) == {"booked": 1, "slot_taken": MANY - 1}


async def test_control_without_lock_and_constraint_a_time_is_booked_more_than_once(
    scene: Scene, database: servers.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_lock(monkeypatch)
    await without_constraint(database)
    assert tally(await at_once(scene, [TEN] * MANY))["booked"] > 1
    assert await count(scene, "clashes") > 0


async def test_times_that_overlap_are_booked_without_a_clash(scene: Scene) -> None:
    starts = [TEN + HALF_HOUR * (number % 5) for number in range(MANY)]
    outcome = tally(await at_once(scene, starts, minutes=60))
    assert outcome.keys() == {"booked", "slot_taken"}
    assert 2 <= outcome["booked"] <= 3
    assert await count(scene, "clashes") == 0
    assert await count(scene, "meetings") == outcome["booked"]


async def test_one_offer_taken_twenty_times_at_once_is_one_meeting(scene: Scene) -> None:
    offer_id = await plant_offer(scene, scene.talk, TEN)
    outcome = tally(await asyncio.gather(*(book(scene, offer_id) for _ in range(20))))
    assert outcome == {"booked": 1, "offer_used": 19}


async def test_one_lead_books_once_though_the_offers_are_of_two_sellers(scene: Scene) -> None:
    other = replace(scene, seller_id=await make_seller(scene.db, scene.tenant_id, "Bruno Díaz"))
    offers = [
        await plant_offer(one, scene.talk, TEN + HALF_HOUR * number) for number in range(5) for one in (scene, other)
    ]
    outcome = tally(await asyncio.gather(*(book(scene, offer_id) for offer_id in offers)))
    assert outcome == {"booked": 1, "already_booked": 9}


async def test_two_tenants_book_the_same_time_apart(scene: Scene) -> None:
    other = await make_scene(scene.db, "Other")
    mine, theirs = await asyncio.gather(at_once(scene, [TEN] * 5), at_once(other, [TEN] * 5))
    assert (tally(mine)["booked"], tally(theirs)["booked"]) == (1, 1)
