"""Offers on the real database: free times only, of the right seller, bound to their conversation."""

from datetime import date, datetime, timedelta

import pytest

from core.database import Database
from orchestrator_service.agenda.offers import live_offers
from orchestrator_service.agenda.working_hours import parse_working_hours
from tests.integration.agenda.scene import (
    HALF_HOUR,
    NOW,
    TEN,
    TODAY,
    Scene,
    book,
    count,
    is_uuid4,
    make_scene,
    offer,
    run,
)
from tests.support.factories import ZONE, make_conversation, make_event, make_seller, make_user

ALL_DAY = 100


@pytest.fixture
async def scene(db: Database) -> Scene:
    return await make_scene(db)


def clocks(starts: list[datetime]) -> list[str]:
    return [start.astimezone(ZONE).strftime("%H:%M") for start in starts]


async def test_offers_are_the_free_times_and_no_others(scene: Scene) -> None:
    await make_event(scene.db, scene.tenant_id, scene.seller_id, TEN, TEN + timedelta(hours=2))
    await make_event(scene.db, scene.tenant_id, scene.seller_id, TEN + 5 * HALF_HOUR, TEN + 6 * HALF_HOUR, kind="block")
    await make_event(
        scene.db, scene.tenant_id, scene.seller_id, TEN + 8 * HALF_HOUR, TEN + 9 * HALF_HOUR, status="held"
    )
    cancelled = TEN + 10 * HALF_HOUR
    await make_event(scene.db, scene.tenant_id, scene.seller_id, cancelled, cancelled + HALF_HOUR, status="cancelled")
    found = await offer(scene, most=ALL_DAY)
    assert clocks([one.starts_at for one in found.offers]) == [
        "09:00", "09:30", "12:00", "13:00", "13:30", "14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "17:30",
    ]  # fmt: skip
    assert (found.cannot_confirm, found.note) == ((), None)


async def test_an_offer_is_opaque_labelled_and_as_long_as_the_tenant_says(scene: Scene) -> None:
    first = (await offer(scene)).offers[0]
    assert is_uuid4(first.offer_id)
    assert first.label == "mar 24 nov, 09:00"
    assert (first.seller_id, first.seller_name) == (scene.seller_id, "Ana Pérez")
    assert first.ends_at - first.starts_at == HALF_HOUR


async def test_a_longer_meeting_must_fit_and_an_absurd_one_is_refused_in_words(scene: Scene) -> None:
    last = (await offer(scene, minutes=120, most=ALL_DAY)).offers[-1]
    assert clocks([last.starts_at, last.ends_at]) == ["16:00", "18:00"]
    refused = await offer(scene, minutes=4)
    assert refused.offers == ()
    assert refused.note == "A meeting lasts between 5 and 480 minutes."


async def test_a_few_offers_are_spread_over_the_days_and_halves(scene: Scene) -> None:
    found = await offer(scene, last=date(2026, 11, 27))
    assert [one.label for one in found.offers] == [
        "mar 24 nov, 09:00", "mar 24 nov, 13:00", "mié 25 nov, 09:00", "mié 25 nov, 13:00", "jue 26 nov, 09:00",
        "jue 26 nov, 13:00",
    ]  # fmt: skip


async def test_the_notice_holds_today(scene: Scene) -> None:
    found = await offer(scene, first=TODAY, last=TODAY, most=ALL_DAY)
    assert clocks([found.offers[0].starts_at]) == ["10:00"]


@pytest.mark.parametrize(
    ("first", "last", "note"),
    [
        (date(2026, 11, 20), date(2026, 11, 22), "These days are past."),
        (date(2026, 11, 25), date(2026, 11, 24), "The last day is before the first."),
        (date(2027, 3, 1), date(2027, 3, 2), "Meetings are offered until 2026-12-23."),
        (date(2026, 11, 28), date(2026, 11, 29), "There is no free time on these days."),
        (date.min, date.min, "These days are past."),
    ],
)
async def test_days_without_an_offer_say_why(scene: Scene, first: date, last: date, note: str) -> None:
    found = await offer(scene, first=first, last=last)
    assert (found.offers, found.note) == ((), note)
    assert await count(scene, "all_offers") == 0


async def test_days_beyond_the_horizon_are_cut_off(scene: Scene) -> None:
    found = await offer(scene, first=date(2026, 12, 23), last=date.max, most=ALL_DAY)
    assert {one.starts_at.astimezone(ZONE).date() for one in found.offers} == {date(2026, 12, 23)}
    assert found.note == "Meetings are offered until 2026-12-23."


async def test_a_seller_is_found_by_the_exact_name_without_title_and_accents(scene: Scene) -> None:
    wanted = await make_seller(scene.db, scene.tenant_id, "Bruno Díaz")
    found = await offer(scene, seller_name="Dr. bruno diaz")
    assert {one.seller_id for one in found.offers} == {wanted}
    assert found.note is None


@pytest.mark.parametrize("name", ["Bruno", "Bruno Díaz"])
async def test_no_or_two_sellers_of_a_name_give_everyones_times_and_a_note(scene: Scene, name: str) -> None:
    await make_seller(scene.db, scene.tenant_id, "Bruno Díaz")
    await make_seller(scene.db, scene.tenant_id, "Lic. Bruno Diaz")
    found = await offer(scene, seller_name=name)
    assert {one.seller_name for one in found.offers} == {"Ana Pérez"}
    assert found.note is not None
    assert "all sellers" in found.note


async def test_a_time_that_several_sellers_have_goes_once_to_the_least_busy(scene: Scene) -> None:
    free = await make_seller(scene.db, scene.tenant_id, "Bruno Díaz")
    await make_event(scene.db, scene.tenant_id, scene.seller_id, TEN, TEN + HALF_HOUR)
    found = await offer(scene, most=ALL_DAY)
    assert {one.seller_id for one in found.offers} == {free}
    assert len({one.starts_at for one in found.offers}) == len(found.offers)


async def test_the_owner_of_the_lead_goes_before_a_less_busy_seller(scene: Scene) -> None:
    user = await make_user(scene.db, scene.tenant_id)
    owner = await make_seller(scene.db, scene.tenant_id, "Bruno Díaz", user_id=user)
    await make_event(scene.db, scene.tenant_id, owner, TEN, TEN + HALF_HOUR)
    talk = await make_conversation(scene.db, scene.tenant_id, scene.channel_id, owner_user_id=user)
    found = await offer(scene, talk=talk, most=ALL_DAY)
    assert {one.seller_id for one in found.offers} == {owner}


async def test_an_owner_without_time_leaves_the_lead_to_the_others(scene: Scene) -> None:
    user = await make_user(scene.db, scene.tenant_id)
    never = parse_working_hours({})
    await make_seller(scene.db, scene.tenant_id, "Bruno Díaz", user_id=user, working_hours=never)
    talk = await make_conversation(scene.db, scene.tenant_id, scene.channel_id, owner_user_id=user)
    assert {one.seller_id for one in (await offer(scene, talk=talk)).offers} == {scene.seller_id}


async def test_a_seller_whose_hours_cannot_be_read_is_never_free(scene: Scene) -> None:
    await run(scene, "set_hours", hours={"8": []})
    found = await offer(scene)
    assert (found.offers, found.cannot_confirm) == ((), ("Ana Pérez",))


async def test_missed_and_held_meetings_count_against_the_most_of_a_day(scene: Scene) -> None:
    await run(scene, "set_most_per_day", most=2)
    await make_event(scene.db, scene.tenant_id, scene.seller_id, TEN, TEN + HALF_HOUR, status="no_show")
    assert (await offer(scene)).offers
    await make_event(scene.db, scene.tenant_id, scene.seller_id, TEN, TEN + HALF_HOUR)
    assert (await offer(scene)).offers == ()


async def test_two_tenants_never_see_each_others_sellers_and_busy_times(scene: Scene) -> None:
    other = await make_scene(scene.db, "Other")
    await make_event(scene.db, other.tenant_id, other.seller_id, TEN, TEN + timedelta(hours=8))
    mine = await offer(scene, most=ALL_DAY)
    assert len(mine.offers) == 18
    assert {one.seller_id for one in mine.offers} == {scene.seller_id}
    assert await count(other, "all_offers") == 0


async def test_live_offers_are_those_that_can_still_be_taken(scene: Scene) -> None:
    made = await offer(scene, most=3)
    other = await make_conversation(scene.db, scene.tenant_id, scene.channel_id)
    await offer(scene, talk=other)
    await book(scene, made.offers[1].offer_id)
    left = [made.offers[0].offer_id, made.offers[2].offer_id]
    async with scene.db.tenant(scene.tenant_id) as tx:
        live = await live_offers(tx, conversation_id=scene.talk.conversation_id, now=NOW, zone=ZONE.key)
        later = NOW + HALF_HOUR
        expired = await live_offers(tx, conversation_id=scene.talk.conversation_id, now=later, zone=ZONE.key)
    assert [one.offer_id for one in live] == left
    assert expired == ()
    assert live[0] == made.offers[0]
