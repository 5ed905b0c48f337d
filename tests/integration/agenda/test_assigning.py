"""Who gets a meeting on the real database: in turn under load, by minutes, by skill, and never by surprise."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest

from core.database import Database
from orchestrator_service.agenda import assign as assigning
from orchestrator_service.agenda.booking import Booked
from orchestrator_service.agenda.date_words import parse_when
from orchestrator_service.agenda.live import DATABASE_ALONE
from orchestrator_service.agenda.offers import Offers, make_offers
from tests.integration.agenda.scene import HALF_HOUR, NOW, TEN, TOMORROW, Scene, book, make_scene, offer, run
from tests.support.factories import ZONE, Talk, make_conversation, make_event, make_seller

BOOKINGS = 24
AT_ONCE = 6


@pytest.fixture
async def scene(db: Database) -> Scene:
    made = await make_scene(db)
    for name in ("Beto", "Ceci"):
        await make_seller(db, made.tenant_id, name)
    return made


async def one_meeting(scene: Scene) -> int:
    """A new customer is shown times and takes the first: whose it became."""
    talk = await make_conversation(scene.db, scene.tenant_id, scene.channel_id)
    for _ in range(5):
        found = await offer(scene, last=date(2026, 12, 18), talk=talk, most=1)
        booked = await book(scene, found.offers[0].offer_id, talk=talk)
        if isinstance(booked, Booked):
            return booked.seller_id
    raise AssertionError("nothing could be booked")


async def spread_of(scene: Scene) -> int:
    """How far apart the sellers are after many bookings, some at once."""
    booked: Counter[int] = Counter()
    for _ in range(0, BOOKINGS, AT_ONCE):
        booked.update(await asyncio.gather(*(one_meeting(scene) for _ in range(AT_ONCE))))
    assert booked.total() == BOOKINGS
    return max(booked.values()) - min(booked.get(seller, 0) for seller in (1, 2, 3))


async def test_bookings_at_once_go_round(scene: Scene) -> None:
    await run(scene, "set_assignment", rule="round_robin")
    assert await spread_of(scene) <= 1


async def test_control_without_counting_what_is_on_offer_they_do_not(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_args: object) -> dict[int, int]:
        return {}

    await run(scene, "set_assignment", rule="round_robin")
    monkeypatch.setattr(assigning.repository, "pending_turns", nothing)
    talks = [await make_conversation(scene.db, scene.tenant_id, scene.channel_id) for _ in range(3)]
    found = [await offer(scene, talk=talk, most=1) for talk in talks]
    assert len({one.offers[0].seller_id for one in found}) == 1


async def test_offers_that_may_yet_be_booked_count_as_turns_until_they_expire(scene: Scene) -> None:
    await run(scene, "set_assignment", rule="round_robin")
    talks = [await make_conversation(scene.db, scene.tenant_id, scene.channel_id) for _ in range(3)]
    found = [await offer(scene, talk=talk, most=1) for talk in talks]
    assert len({one.offers[0].seller_id for one in found}) == len(talks)
    again = await offer(scene, talk=talks[0], most=1)
    assert again.offers[0].seller_id == found[0].offers[0].seller_id, "one conversation has one turn"
    later = await make_conversation(scene.db, scene.tenant_id, scene.channel_id)
    first = await offer(scene, talk=later, most=1, now=NOW + timedelta(hours=2))
    assert first.offers[0].seller_id == scene.seller_id


async def test_the_least_busy_are_those_with_the_fewest_minutes_ahead(scene: Scene) -> None:
    beto = scene.seller_id + 1
    other_day = TEN + timedelta(days=3)
    await make_event(scene.db, scene.tenant_id, scene.seller_id, other_day, other_day + 2 * HALF_HOUR)
    await make_event(scene.db, scene.tenant_id, beto + 1, other_day, other_day + HALF_HOUR)
    found = await offer(scene)
    assert {one.seller_id for one in found.offers} == {beto}


async def with_need(scene: Scene, need: str | None) -> tuple[Talk, Offers]:
    talk = await make_conversation(scene.db, scene.tenant_id, scene.channel_id)
    await run(scene, "set_need", lead_id=talk.lead_id, need=need)
    return talk, await offer(scene, talk=talk)


async def test_the_skilled_get_it_else_everybody_and_it_is_said(scene: Scene) -> None:
    beto = scene.seller_id + 1
    await run(scene, "set_assignment", rule="skill")
    await run(scene, "set_skills", seller_id=beto, skills=["Implantes"])
    _, found = await with_need(scene, "me interesan los implantes")
    assert ({one.seller_id for one in found.offers}, found.note) == ({beto}, None)
    _, found = await with_need(scene, "una limpieza")
    assert {one.seller_id for one in found.offers} == {scene.seller_id}
    assert found.note == "What the lead needs names no seller's skill: these are the times of all sellers."
    await make_event(scene.db, scene.tenant_id, beto, TEN - timedelta(hours=2), TEN + timedelta(hours=9))
    _, found = await with_need(scene, "implantes")
    assert {one.seller_id for one in found.offers} == {scene.seller_id}
    assert found.note == "Nobody with the skill Implantes is free then: these are the times of all sellers."


async def test_what_was_asked_for_comes_alone_and_two_readings_are_said(scene: Scene) -> None:
    wanted = parse_when("next tuesday 3pm", NOW, ZONE.key, "en")
    assert wanted is not None
    async with scene.db.tenant(scene.tenant_id) as tx:
        found = await make_offers(
            tx,
            conversation_id=scene.talk.conversation_id,
            turn_id=None,
            date_from=TOMORROW,
            date_to=date(2026, 12, 1),
            seller_name=None,
            duration_minutes=None,
            now=NOW,
            zone=ZONE.key,
            language="en",
            live=DATABASE_ALONE,
            wanted=wanted,
        )
    assert [one.label for one in found.offers] == ["Tue 24 Nov, 15:00", "Tue 1 Dec, 15:00"]
    assert found.note is not None
    assert "either Tuesday 2026-11-24 or Tuesday 2026-12-01" in found.note
