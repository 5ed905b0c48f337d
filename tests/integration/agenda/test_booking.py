"""Booking on the real database: each rule that refuses, and what a booking leaves behind."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from core.database import Database
from core.errors import BadInput, NotFound
from orchestrator_service.agenda.booking import Booked, NotBooked, meetings_of_lead
from orchestrator_service.agenda.create_meeting import SlotTaken, create_meeting
from orchestrator_service.sellers.calendar import lock_seller
from tests.integration.agenda.scene import (
    HALF_HOUR,
    NOW,
    SQL,
    TEN,
    TODAY,
    Scene,
    book,
    count,
    events,
    make_scene,
    offer,
    plant_offer,
    run,
)
from tests.support.factories import make_conversation, make_event, make_user


@pytest.fixture
async def scene(db: Database) -> Scene:
    return await make_scene(db)


def rule(outcome: Booked | NotBooked) -> str:
    assert isinstance(outcome, NotBooked)
    return outcome.rule


async def stages(scene: Scene) -> str | None:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await tx.value(SQL["stages"], str)


async def test_an_offer_becomes_a_confirmed_meeting(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    booked = await book(scene, first.offer_id)
    assert isinstance(booked, Booked)
    assert (booked.seller_id, booked.seller_name) == (scene.seller_id, "Ana Pérez")
    assert (booked.starts_at, booked.ends_at) == (first.starts_at, first.ends_at)
    async with scene.db.tenant(scene.tenant_id) as tx:
        meetings = await meetings_of_lead(tx, scene.talk.lead_id, NOW)
        over = await meetings_of_lead(tx, scene.talk.lead_id, booked.ends_at)
    assert [(one.meeting_id, one.status, one.starts_at) for one in meetings] == [
        (booked.meeting_id, "confirmed", first.starts_at)
    ]
    assert over == ()
    assert await count(scene, "used_offers") == 1


async def test_a_booking_moves_the_lead_on_and_tells_of_both(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    await book(scene, first.offer_id)
    assert await stages(scene) == "meeting"
    created, planned, updated = (await events(scene))[-3:]
    assert (created.name, planned.name, updated.name) == ("EVENT_CREATED", "EVENT_CREATED", "LEAD_UPDATED")
    event, lead = created.payload["event"], updated.payload["lead"]
    assert isinstance(event, dict)
    assert isinstance(lead, dict)
    assert (event["lead_id"], event["title"], event["status"]) == (scene.talk.lead_id, "Wants a demo", "confirmed")
    assert lead["stage_key"] == "meeting"
    whole, told = (cast("dict[str, object]", one.payload["event"]) for one in (created, planned))
    assert all(told[name] == whole[name] for name in told)
    assert not {"lead_id", "conversation_id", "title"} & set(told), "nothing of anybody's lead"
    assert "meetings" in str(updated.payload["changed"])


async def test_an_offer_is_taken_once(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    assert isinstance(await book(scene, first.offer_id), Booked)
    assert rule(await book(scene, first.offer_id)) == "offer_used"
    assert await count(scene, "meetings") == 1


@pytest.mark.parametrize(
    ("after", "expected"), [(timedelta(minutes=29, seconds=59), None), (HALF_HOUR, "offer_expired")]
)
async def test_an_offer_lives_thirty_minutes(scene: Scene, after: timedelta, expected: str | None) -> None:
    first = (await offer(scene)).offers[0]
    outcome = await book(scene, first.offer_id, now=NOW + after)
    assert (outcome.rule if isinstance(outcome, NotBooked) else None) == expected


async def test_another_conversations_offer_is_like_none(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    stranger = await make_conversation(scene.db, scene.tenant_id, scene.channel_id)
    foreign = await book(scene, first.offer_id, talk=stranger)
    none = await book(scene, "00000000-0000-4000-8000-000000000000")
    assert foreign == none
    assert rule(foreign) == "offer_unknown"
    assert isinstance(await book(scene, first.offer_id), Booked)


async def test_another_tenants_offer_is_like_none(scene: Scene) -> None:
    other = await make_scene(scene.db, "Other")
    first = (await offer(other)).offers[0]
    assert rule(await book(scene, first.offer_id)) == "offer_unknown"
    assert await count(other, "used_offers") == 0


@pytest.mark.parametrize("offer_id", ["", "1", "'; DROP TABLE leads; --", "x" * 10_000])
async def test_what_is_no_offer_id_is_like_none(scene: Scene, offer_id: str) -> None:
    assert rule(await book(scene, offer_id)) == "offer_unknown"


async def test_a_lead_with_a_meeting_ahead_books_no_second_one(scene: Scene) -> None:
    made = (await offer(scene)).offers
    await book(scene, made[0].offer_id)
    assert rule(await book(scene, made[1].offer_id)) == "already_booked"


async def test_a_time_taken_since_the_offer_is_refused_without_naming_anybody(scene: Scene) -> None:
    offer_id = await plant_offer(scene, scene.talk, TEN)
    await make_event(scene.db, scene.tenant_id, scene.seller_id, TEN, TEN + HALF_HOUR)
    refused = await book(scene, offer_id)
    assert isinstance(refused, NotBooked)
    assert refused.rule == "slot_taken"
    assert refused.explanation.startswith("another meeting is from")
    assert await count(scene, "used_offers") == 0


async def test_three_in_the_morning_is_refused_even_with_an_offer(scene: Scene) -> None:
    night = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert rule(await book(scene, await plant_offer(scene, scene.talk, night))) == "outside_hours"


async def test_hours_that_changed_since_the_offer_are_kept(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    await run(scene, "set_hours", hours={"1": [{"start": "15:00", "end": "18:00"}]})
    assert rule(await book(scene, first.offer_id)) == "outside_hours"


async def test_the_notice_may_run_out_while_the_offer_lives(scene: Scene) -> None:
    first = (await offer(scene, first=TODAY, last=TODAY)).offers[0]
    assert first.starts_at - NOW == timedelta(minutes=60)
    assert isinstance(await book(scene, first.offer_id, now=NOW + timedelta(minutes=20)), Booked)


async def test_a_notice_that_was_lengthened_since_the_offer_is_kept(scene: Scene) -> None:
    first = (await offer(scene, first=TODAY, last=TODAY)).offers[0]
    await run(scene, "set_notice", minutes=61)
    assert rule(await book(scene, first.offer_id)) == "notice"


async def test_a_time_that_came_while_the_offer_lived_is_past(scene: Scene) -> None:
    await run(scene, "set_notice", minutes=0)
    soon = NOW + timedelta(minutes=15)
    offer_id = await plant_offer(scene, scene.talk, soon)
    assert rule(await book(scene, offer_id, now=soon)) == "slot_past"


async def test_nobody_books_a_seller_who_has_left(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    await run(scene, "dismiss_sellers")
    assert rule(await book(scene, first.offer_id)) == "seller_unavailable"


async def test_nobody_books_for_a_deleted_lead(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    await run(scene, "delete_leads")
    assert rule(await book(scene, first.offer_id)) == "lead_missing"


async def test_offers_are_made_while_a_booking_holds_the_seller(scene: Scene) -> None:
    async with scene.db.tenant(scene.tenant_id) as tx:
        await lock_seller(tx, scene.seller_id)
        assert (await offer(scene)).offers


async def test_a_person_may_enter_any_free_time_and_no_taken_one(scene: Scene) -> None:
    user = await make_user(scene.db, scene.tenant_id)
    night = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)

    async def enter(starts_at: datetime, ends_at: datetime, seller_id: int = scene.seller_id) -> int:
        async with scene.db.tenant(scene.tenant_id) as tx:
            return await create_meeting(
                tx,
                seller_id=seller_id,
                starts_at=starts_at,
                ends_at=ends_at,
                lead_id=scene.talk.lead_id,
                title="By hand",
                by=user,
            )

    assert await enter(night, night + HALF_HOUR) > 0
    assert await stages(scene) == "meeting"
    with pytest.raises(SlotTaken) as taken:
        await enter(night, night + HALF_HOUR)
    assert (taken.value.status, taken.value.code) == (409, "slot_taken")
    with pytest.raises(BadInput):
        await enter(TEN, TEN)
    other = await make_scene(scene.db, "Other")
    with pytest.raises(NotFound):
        await enter(TEN, TEN + HALF_HOUR, other.seller_id)
    assert await count(scene, "meetings") == 1
