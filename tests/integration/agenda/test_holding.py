"""Offers that hold their time, where the company wants that: taken for others, for a while, few at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.database import Database
from orchestrator_service.agenda.booking import Booked, NotBooked
from orchestrator_service.agenda.holding import MOST_HOLDS
from orchestrator_service.agenda.offers import Offer
from tests.integration.agenda.scene import NOW, SQL, Scene, book, make_scene, offer, run
from tests.support.factories import Talk, make_conversation

MINUTES = 5
LATER = NOW + timedelta(minutes=MINUTES, seconds=1)


@pytest.fixture
async def scene(db: Database) -> Scene:
    made = await make_scene(db)
    await run(made, "set_hold", minutes=MINUTES)
    return made


async def another(scene: Scene) -> Talk:
    return await make_conversation(scene.db, scene.tenant_id, scene.channel_id)


async def held(scene: Scene) -> int:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return len([one for one in await tx.all(SQL["shown_events"], _Shown) if one.shown == "held"])


class _Shown:
    def __init__(self, shown: str) -> None:
        self.shown = shown


def starts(offers: tuple[Offer, ...]) -> set[object]:
    return {one.starts_at for one in offers}


async def test_without_the_setting_nothing_is_held(scene: Scene) -> None:
    await run(scene, "set_hold", minutes=None)
    await offer(scene)
    assert await held(scene) == 0


async def test_the_first_few_offers_are_taken_for_everybody_else(scene: Scene) -> None:
    mine = (await offer(scene)).offers
    assert await held(scene) == MOST_HOLDS
    theirs = (await offer(scene, talk=await another(scene), most=100)).offers
    assert starts(theirs).isdisjoint(starts(mine[:MOST_HOLDS]))
    assert starts(mine[MOST_HOLDS:]) <= starts(theirs)


async def test_the_conversation_itself_books_what_it_holds(scene: Scene) -> None:
    mine = (await offer(scene)).offers
    assert isinstance(await book(scene, mine[0].offer_id), Booked)
    assert await held(scene) == 0


async def test_somebody_elses_offer_of_a_held_time_is_refused_until_the_hold_ends(scene: Scene) -> None:
    talk = await another(scene)
    await run(scene, "set_hold", minutes=None)
    theirs = (await offer(scene, talk=talk)).offers[0]
    await run(scene, "set_hold", minutes=MINUTES)
    assert theirs.starts_at in starts((await offer(scene)).offers[:MOST_HOLDS])
    refused = await book(scene, theirs.offer_id, talk=talk)
    assert isinstance(refused, NotBooked)
    assert refused.rule == "slot_taken"
    assert isinstance(await book(scene, theirs.offer_id, talk=talk, now=LATER), Booked)


async def test_looking_again_holds_the_new_offers_and_not_the_old_ones(scene: Scene) -> None:
    for _ in range(3):
        assert len((await offer(scene)).offers) == 6
        assert await held(scene) == MOST_HOLDS


async def test_expired_holds_are_in_nobodys_way(scene: Scene) -> None:
    mine = (await offer(scene)).offers
    theirs = (await offer(scene, talk=await another(scene), now=LATER)).offers
    assert starts(theirs) == starts(mine)
    assert await held(scene) == MOST_HOLDS


async def test_many_conversations_at_once_never_hold_one_time_twice(scene: Scene) -> None:
    talks = [await another(scene) for _ in range(12)]
    found = await asyncio.gather(*(offer(scene, talk=talk) for talk in talks))
    assert await held(scene) == sum(min(MOST_HOLDS, len(one.offers)) for one in found)
