"""The agenda as the team changes it: move, cancel, and see who is free and why not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from orchestrator_service.agenda.live import DATABASE_ALONE
from orchestrator_service.agenda.offers import make_offers
from orchestrator_service.sellers.models import ListedSeller
from orchestrator_service.sellers.schemas import SellerView
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api
from tests.support.factories import ZONE, make_event, make_seller

HALF = timedelta(minutes=30)


@pytest.fixture
async def scene(api: Api) -> Scene:
    """On a Sunday evening; the sellers work Monday to Friday from 9 to 18 in Buenos Aires, which is UTC-3."""
    api.clock.now = datetime(2026, 11, 22, 20, tzinfo=UTC)
    return await make_scene(api)


def at(hour: int, minute: int = 0) -> datetime:
    """On Tuesday, on the seller's clock."""
    return datetime(2026, 11, 24, hour + 3, minute, tzinfo=UTC)


async def move(browser: httpx.AsyncClient, event: int, starts: datetime, **more: object) -> httpx.Response:
    body = {"starts_at": starts.isoformat(), "ends_at": (starts + HALF).isoformat(), **more}
    return await browser.patch(f"/agenda/events/{event}", json=body)


async def test_a_meeting_moves_to_a_free_time_and_everybody_hears(scene: Scene) -> None:
    luz, browser = await scene.browser("closer")
    talk = await scene.talk(owner=luz)
    seller = await make_seller(scene.api.db, scene.tenant, user_id=luz.user_id)
    event = await make_event(scene.api.db, scene.tenant, seller, at(10), at(10) + HALF, lead_id=talk.lead_id)
    async with browser:
        moved = await move(browser, event, at(11))
    assert moved.status_code == 200
    assert datetime.fromisoformat(moved.json()["starts_at"]) == at(11)
    (told,) = await scene.events("EVENT_UPDATED")
    assert told.owner_user_id == luz.user_id
    assert (await scene.events("LEAD_UPDATED"))[-1].payload["changed"] == ["meetings"]


async def test_a_rule_refuses_unless_forced_and_another_meeting_always(scene: Scene) -> None:
    _, browser = await scene.browser("secretary")
    seller = await make_seller(scene.api.db, scene.tenant)
    event = await make_event(scene.api.db, scene.tenant, seller, at(10), at(10) + HALF)
    await make_event(scene.api.db, scene.tenant, seller, at(12), at(12) + HALF)
    async with browser:
        late = await move(browser, event, at(20))
        taken = await move(browser, event, at(12))
        forced = await move(browser, event, at(20), force=True)
        still = await move(browser, event, at(12, 15), force=True)
    assert (late.status_code, late.json()["code"], late.json()["rule"]) == (409, "slot_refused", "outside_hours")
    assert (taken.status_code, taken.json()["rule"]) == (409, "busy")
    assert forced.status_code == 200
    assert (still.status_code, still.json()["code"]) == (409, "slot_taken")
    assert len(await scene.events("EVENT_UPDATED")) == 1


async def test_a_meeting_is_not_in_its_own_way(scene: Scene) -> None:
    _, browser = await scene.browser()
    seller = await make_seller(scene.api.db, scene.tenant)
    event = await make_event(scene.api.db, scene.tenant, seller, at(10), at(11))
    async with browser:
        assert (await move(browser, event, at(10, 30))).status_code == 200


async def test_a_cancelled_meeting_frees_its_time_and_moves_no_more(scene: Scene) -> None:
    _, browser = await scene.browser()
    seller = await make_seller(scene.api.db, scene.tenant)
    event = await make_event(scene.api.db, scene.tenant, seller, at(10), at(10) + HALF)
    query = {"seller_id": seller, "day": "2026-11-24", "explain": at(10).isoformat()}
    async with browser:
        before = (await browser.get("/agenda/availability", params=query)).json()
        cancelled = await browser.post(f"/agenda/events/{event}/cancel")
        again = await browser.post(f"/agenda/events/{event}/cancel")
        after = (await browser.get("/agenda/availability", params=query)).json()
        refused = await move(browser, event, at(11))
    assert (cancelled.json()["status"], again.json()["status"]) == ("cancelled", "cancelled")
    assert (before["explanation"]["free"], before["explanation"]["rule"]) == (False, "busy")
    assert after["explanation"] == {"free": True, "rule": None, "detail": None}
    assert (len(before["slots"]), len(after["slots"]), after["minutes"]) == (17, 18, 30)
    assert (refused.status_code, refused.json()["code"]) == (409, "event_over")
    assert len(await scene.events("EVENT_UPDATED")) == 1


async def test_a_closer_sees_the_own_agenda_alone_and_a_setter_all(scene: Scene) -> None:
    luz, own = await scene.browser("closer")
    _, setter = await scene.browser("setter")
    mine = await make_seller(scene.api.db, scene.tenant, "Luz", user_id=luz.user_id)
    other = await make_seller(scene.api.db, scene.tenant, "Beto")
    async with own, setter:
        assert [line["id"] for line in (await own.get("/crm/sellers")).json()["items"]] == [mine]
        assert [line["id"] for line in (await setter.get("/crm/sellers")).json()["items"]] == [mine, other]


async def test_a_cancelled_meeting_is_restored_and_everybody_hears(scene: Scene) -> None:
    luz, browser = await scene.browser("closer")
    talk = await scene.talk(owner=luz)
    seller = await make_seller(scene.api.db, scene.tenant, user_id=luz.user_id)
    event = await make_event(scene.api.db, scene.tenant, seller, at(10), at(10) + HALF, lead_id=talk.lead_id)
    async with browser:
        await browser.post(f"/agenda/events/{event}/cancel")
        restored = await browser.post(f"/agenda/events/{event}/restore")
        again = await browser.post(f"/agenda/events/{event}/restore")
    assert (restored.status_code, restored.json()["status"], again.json()["status"]) == (200, "confirmed", "confirmed")
    told = [one.payload["event"] for one in await scene.events("EVENT_UPDATED")]
    assert [one["status"] for one in told if isinstance(one, dict)] == ["cancelled", "confirmed"]
    assert (await scene.events("LEAD_UPDATED"))[-1].payload["changed"] == ["meetings"]


async def test_a_time_that_was_given_away_is_not_restored_nor_is_what_is_over(scene: Scene) -> None:
    _, browser = await scene.browser("secretary")
    seller = await make_seller(scene.api.db, scene.tenant)
    event = await make_event(scene.api.db, scene.tenant, seller, at(10), at(10) + HALF)
    over = await make_event(scene.api.db, scene.tenant, seller, at(15), at(15) + HALF, status="no_show")
    async with browser:
        await browser.post(f"/agenda/events/{event}/cancel")
        await make_event(scene.api.db, scene.tenant, seller, at(10, 15), at(10, 45))
        taken = await browser.post(f"/agenda/events/{event}/restore")
        late = await browser.post(f"/agenda/events/{over}/restore")
    assert (taken.status_code, taken.json()["code"]) == (409, "slot_taken")
    assert (late.status_code, late.json()["code"]) == (409, "event_over")


async def test_only_who_may_change_an_agenda_restores(scene: Scene) -> None:
    _, setter = await scene.browser("setter")
    _, stranger = await scene.browser("closer")
    seller = await make_seller(scene.api.db, scene.tenant)
    event = await make_event(scene.api.db, scene.tenant, seller, at(10), at(10) + HALF, status="cancelled")
    async with setter, stranger:
        assert (await setter.post(f"/agenda/events/{event}/restore")).status_code == 403
        assert (await stranger.post(f"/agenda/events/{event}/restore")).status_code == 404


async def test_an_event_names_its_person_to_whoever_may_see_the_lead(scene: Scene) -> None:
    luz, closer = await scene.browser("closer")
    _, setter = await scene.browser("setter")
    theirs, free = await scene.talk("Ana Ruiz", owner=luz), await scene.talk("Luis Paz")
    seller = await make_seller(scene.api.db, scene.tenant, user_id=luz.user_id)
    for hour, talk in ((10, theirs), (11, free)):
        await make_event(scene.api.db, scene.tenant, seller, at(hour), at(hour) + HALF, lead_id=talk.lead_id)
    query = {"from": at(0).isoformat(), "to": at(20).isoformat()}
    async with closer, setter:
        own = (await closer.get("/agenda/events", params=query)).json()["items"]
        all_ = (await setter.get("/agenda/events", params=query)).json()["items"]
    assert [(one["lead_id"], one["lead_name"]) for one in own] == [(theirs.lead_id, "Ana Ruiz"), (None, None)]
    assert [(one["lead_id"], one["lead_name"]) for one in all_] == [(None, None), (free.lead_id, "Luis Paz")]


async def test_sellers_show_their_hours(scene: Scene) -> None:
    _, browser = await scene.browser("setter")
    await make_seller(scene.api.db, scene.tenant, "Luz")
    async with browser:
        (luz,) = (await browser.get("/crm/sellers")).json()["items"]
    assert luz["working_hours"]["0"] == [{"start": "09:00", "end": "18:00"}]
    assert luz["working_hours"]["6"] == []


def test_hours_that_cannot_be_read_are_shown_as_unknown() -> None:
    seller = ListedSeller(
        id=1,
        user_id=None,
        name="Beto",
        zone="America/Lima",
        working_hours={"lunes": "siempre"},
        active=True,
        skills=[],
        bio="",
        most_meetings_per_day=None,
        suspended=False,
        meetings_ahead=0,
        minutes_ahead=0,
        photo=None,
    )
    assert SellerView.of(seller).working_hours is None


async def test_what_a_customer_is_offered_is_shown_as_held_and_told_to_whoever_wants_it(scene: Scene) -> None:
    luz, closer = await scene.browser("closer")
    _, setter = await scene.browser("setter")
    _, other = await scene.browser("professional")
    seller = await make_seller(scene.api.db, scene.tenant, user_id=luz.user_id)
    talk = await scene.talk(owner=luz)
    await scene.run("hold", minutes=10)
    tuesday, now = at(9).date(), scene.api.clock()
    async with scene.api.db.tenant(scene.tenant) as tx:
        offers = await make_offers(
            tx,
            conversation_id=talk.conversation_id,
            turn_id=None,
            date_from=tuesday,
            date_to=tuesday,
            seller_name=None,
            duration_minutes=None,
            live=DATABASE_ALONE,
            zone=ZONE.key,
            language="es",
            now=now,
            most=1,
        )
    (offered,) = offers.offers
    told = await scene.events("CALENDAR_UPDATED")
    window = {"from": at(0).isoformat(), "to": at(20).isoformat()}
    wanted = {"seller_id": seller, "starts_at": offered.starts_at.isoformat(), "ends_at": offered.ends_at.isoformat()}
    async with closer, setter, other:
        own = (await closer.get("/agenda/holds", params=window)).json()["items"]
        of_others = (await setter.get("/agenda/holds", params=window)).json()["items"]
        nobodys = (await other.get("/agenda/holds", params=window)).json()["items"]
        asked = {"seller_id": seller, "day": tuesday.isoformat(), "explain": wanted["starts_at"]}
        why = (await closer.get("/agenda/availability", params=asked)).json()["explanation"]
        refused = [await closer.post("/agenda/events", json=wanted | {"force": force}) for force in (False, True)]
        scene.api.clock.now = now + timedelta(minutes=11)
        expired = (await closer.get("/agenda/holds", params=window)).json()["items"]
        booked = await closer.post("/agenda/events", json=wanted)
    (held,) = own
    until = now + timedelta(minutes=10)
    assert (held["lead_name"], datetime.fromisoformat(held["held_until"])) == ("Ana Ruiz", until)
    assert [(one["id"], one["lead_id"], one["conversation_id"]) for one in of_others] == [(held["id"], None, None)]
    assert (nobodys, expired) == ([], [])
    assert [(one.status_code, one.json()["code"], one.json()["rule"]) for one in refused] == [
        (409, "slot_taken", "held")
    ] * 2
    assert datetime.fromisoformat(refused[0].json()["held_until"]) == until
    assert why["rule"] == "held"
    assert booked.status_code == 201
    assert [event.owner_user_id for event in told] == [luz.user_id]
