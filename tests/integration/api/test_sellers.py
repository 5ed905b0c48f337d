"""`/crm/sellers` and `/admin/core/settings/holidays`: hours, skills, days off, and whose word counts."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from core.errors import NotFound
from core.principal import Principal
from orchestrator_service.sellers.change import SellerChange, change_seller
from tests.integration.api.scene import Scene, make_scene
from tests.integration.settings.saving import save
from tests.support.api import Api
from tests.support.factories import make_seller

WEEK = {"0": [{"start": "10:00", "end": "12:00"}]}
HOLIDAYS = "/admin/core/settings/holidays"


@pytest.fixture
async def scene(api: Api) -> Scene:
    """On a Sunday evening: the Monday is the 23rd of November, which Argentina keeps as the day of its sovereignty."""
    api.clock.now = datetime(2026, 11, 22, 20, tzinfo=UTC)
    return await make_scene(api)


async def free(browser: httpx.AsyncClient, seller: int, day: str = "2026-11-23") -> int:
    answer = await browser.get("/agenda/availability", params={"seller_id": seller, "day": day})
    assert answer.status_code == 200, answer.text
    return len(answer.json()["slots"])


async def why(browser: httpx.AsyncClient, seller: int, at: str = "2026-11-23T15:00:00Z") -> str | None:
    asked = {"seller_id": seller, "day": at[:10], "explain": at}
    return (await browser.get("/agenda/availability", params=asked)).json()["explanation"]["rule"]


async def test_a_change_of_hours_is_what_is_free_and_is_told_and_undone(scene: Scene) -> None:
    seller = await make_seller(scene.api.db, scene.tenant)
    _, browser = await scene.browser()
    async with browser:
        path = f"/crm/sellers/{seller}"
        before = (await browser.get(path)).json()["seller"]["working_hours"]
        assert await free(browser, seller) == 18
        saved = await browser.patch(path, json={"working_hours": WEEK, "zone": "America/Lima", "skills": ["Inglés"]})
        assert saved.status_code == 200
        told = saved.json()["seller"]
        assert (told["working_hours"]["0"], told["working_hours"]["1"]) == (WEEK["0"], [])
        assert (told["zone"], told["skills"], told["name"]) == ("America/Lima", ["Inglés"], "Ana Pérez")
        assert await free(browser, seller) == 4
        await browser.patch(path, json={"working_hours": before, "zone": "America/Argentina/Buenos_Aires"})
        assert await free(browser, seller) == 18
    assert [event.payload for event in await scene.events("SETTINGS_UPDATED")] == [{"section": "sellers"}] * 2


@pytest.mark.parametrize(
    "body",
    [
        {"working_hours": {"0": [{"start": "10:00", "end": "09:00"}]}},
        {"working_hours": {"0": [{"start": "09:00", "end": "12:00"}, {"start": "11:00", "end": "13:00"}]}},
        {"working_hours": {"7": []}},
        {"working_hours": {"0": [{"start": "9", "end": "12:00"}]}},
        {"zone": "America/Atlantis"},
        {"name": " "},
        {"skills": ["x"] * 31},
        {"user_id": 4},
    ],
)
async def test_what_is_no_week_zone_or_name_is_refused(scene: Scene, body: dict[str, object]) -> None:
    seller = await make_seller(scene.api.db, scene.tenant)
    _, browser = await scene.browser()
    async with browser:
        assert (await browser.patch(f"/crm/sellers/{seller}", json=body)).status_code == 422


async def test_a_closer_keeps_their_own_hours_but_not_what_they_are_given(scene: Scene) -> None:
    closer, browser = await scene.browser("closer")
    own = await make_seller(scene.api.db, scene.tenant, "Beto", user_id=closer.user_id)
    other = await make_seller(scene.api.db, scene.tenant)
    async with browser:
        assert (await browser.patch(f"/crm/sellers/{own}", json={"working_hours": WEEK})).status_code == 200
        for body in ({"skills": ["x"]}, {"active": False}):
            assert (await browser.patch(f"/crm/sellers/{own}", json=body)).status_code == 403
        theirs = f"/crm/sellers/{other}"
        days = {"first_day": "2026-12-01", "last_day": "2026-12-02"}
        assert (await browser.get(theirs)).status_code == 404
        assert (await browser.patch(theirs, json={"working_hours": WEEK})).status_code == 404
        assert (await browser.post(f"{theirs}/days-off", json=days)).status_code == 404
        assert (await browser.post("/crm/sellers", json={"name": "X"})).status_code == 403


async def test_a_profile_out_of_reach_is_never_locked_for_a_change(scene: Scene) -> None:
    """The answer to a change would not show it either, and take it back: two walls, so one is asked alone."""
    closer, browser = await scene.browser("closer")
    await browser.aclose()
    other = await make_seller(scene.api.db, scene.tenant)
    asking = Principal(scene.tenant, closer.user_id, "closer")
    with pytest.raises(NotFound):
        async with scene.api.db.tenant(scene.tenant) as tx:
            await change_seller(tx, asking, other, SellerChange(name="Mine"))


async def test_a_vacation_closes_its_days_and_taken_back_opens_them(scene: Scene) -> None:
    seller = await make_seller(scene.api.db, scene.tenant)
    other = await make_seller(scene.api.db, scene.tenant, "Beto")
    _, browser = await scene.browser()
    async with browser:
        days = {"first_day": "2026-11-23", "last_day": "2026-11-24", "note": "Bariloche"}
        made = await browser.post(f"/crm/sellers/{seller}/days-off", json=days)
        assert made.status_code == 201
        (told,) = made.json()["days_off"]
        assert [await free(browser, seller, f"2026-11-{day}") for day in (23, 24, 25)] == [0, 0, 18]
        assert await free(browser, other) == 18
        assert await why(browser, seller) == "holiday"
        foreign = await browser.delete(f"/crm/sellers/{other}/days-off/{told['id']}")
        assert foreign.status_code == 404
        back = await browser.delete(f"/crm/sellers/{seller}/days-off/{told['id']}")
        assert (back.status_code, back.json()["days_off"]) == (200, [])
        assert await free(browser, seller) == 18
        refused = await browser.post(
            f"/crm/sellers/{seller}/days-off", json={"first_day": "2026-11-24", "last_day": "2026-11-23"}
        )
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_days")


async def test_public_holidays_are_kept_and_the_company_and_a_seller_say_otherwise(scene: Scene, api: Api) -> None:
    other = await make_scene(api)
    theirs = await make_seller(api.db, other.tenant)
    seller = await make_seller(scene.api.db, scene.tenant)
    _, browser = await scene.browser()
    _, elsewhere = await other.browser()
    async with browser, elsewhere:
        assert await free(browser, seller) == 18
        assert (await save(browser, "meetings", holiday_country="AR")).status_code == 200
        assert await free(browser, seller) == 0
        assert await why(browser, seller) == "holiday"
        shown = (await browser.get(HOLIDAYS, params={"year": 2026})).json()
        day = next(one for one in shown["days"] if one["day"] == "2026-11-23")
        assert (day["public"], day["closed"]) == (True, True)
        assert "Soberanía" in day["name"]
        assert {"AR", "BR", "ES", "MX"} <= set(shown["countries"])
        opened = await browser.put(f"{HOLIDAYS}/2026-11-23", json={"closed": False})
        assert opened.status_code == 200
        assert await free(browser, seller) == 18
        await browser.put(f"{HOLIDAYS}/2026-11-23", json={"closed": True})
        assert await free(browser, seller) == 0
        await browser.put(f"{HOLIDAYS}/2026-11-24", json={"closed": True, "name": "Mudanza"})
        assert await free(browser, seller, "2026-11-24") == 0
        works = {"first_day": "2026-11-23", "last_day": "2026-11-24", "works": True}
        await browser.post(f"/crm/sellers/{seller}/days-off", json=works)
        assert [await free(browser, seller, f"2026-11-{day}") for day in (23, 24)] == [18, 18]
        assert [await free(elsewhere, theirs, f"2026-11-{day}") for day in (23, 24)] == [18, 18]
        assert (await elsewhere.get(HOLIDAYS, params={"year": 2026})).json()["days"] == []
        regions = (await browser.get(HOLIDAYS, params={"year": 2026, "country": "ES"})).json()["regions"]
        assert {"code": "CT", "name": "Catalunya"} in regions or any(one["code"] == "CT" for one in regions)


async def test_the_company_closes_a_stretch_of_days_and_opens_it(scene: Scene) -> None:
    seller = await make_seller(scene.api.db, scene.tenant)
    _, browser = await scene.browser()
    stretch = f"{HOLIDAYS}/2026-11-24"

    async def frees() -> list[int]:
        return [await free(browser, seller, f"2026-11-{day}") for day in (24, 25, 26, 27)]

    async with browser:
        body = {"closed": True, "last_day": "2026-11-26", "name": "Mudanza"}
        shown = (await browser.put(stretch, json=body)).json()["days"]
        days = [f"2026-11-{day}" for day in (24, 25, 26)]
        assert [(one["day"], one["name"], one["closed"]) for one in shown] == [(day, "Mudanza", True) for day in days]
        assert await frees() == [0, 0, 0, 18]
        await browser.put(f"{HOLIDAYS}/2026-11-25", json={"closed": False})
        assert await frees() == [0, 18, 0, 18], "one day within it may be worked after all"
        await browser.put(stretch, json={"closed": False, "last_day": "2026-11-26"})
        assert await frees() == [18] * 4
        for last_day in ("2026-11-23", "2027-11-26"):
            refused = await browser.put(stretch, json={"closed": True, "last_day": last_day})
            assert (refused.status_code, refused.json()["code"]) == (422, "bad_days")


async def test_a_public_holiday_within_a_closed_stretch_needs_no_word(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        assert (await save(browser, "meetings", holiday_country="AR")).status_code == 200
        await browser.put(
            f"{HOLIDAYS}/2026-12-24", json={"closed": True, "last_day": "2027-01-02", "name": "Vacaciones"}
        )
        shown = (await browser.get(HOLIDAYS, params={"year": 2026})).json()["days"]
        named = {one["day"]: (one["name"], one["public"]) for one in shown if one["day"] >= "2026-12-24"}
        assert named["2026-12-24"] == named["2026-12-31"] == ("Vacaciones", False)
        assert named["2026-12-25"][1]
        next_year = (await browser.get(HOLIDAYS, params={"year": 2027})).json()["days"]
        assert next_year[1]["name"] == "Vacaciones"
        assert next_year[0]["public"]


async def test_whoever_is_let_in_to_sell_can_be_booked_and_whoever_is_shut_out_cannot(scene: Scene) -> None:
    newcomer = await scene.api.member(scene.tenant, "closer", status="pending", name="Caro")
    clerk = await scene.api.member(scene.tenant, "secretary", status="pending", name="Sara")
    _, browser = await scene.browser()
    async with browser:
        for user in (newcomer, clerk):
            assert (await browser.post(f"/admin/core/users/{user.user_id}/activate")).status_code == 200
        (seller,) = (await browser.get("/crm/sellers")).json()["items"]
        assert (seller["name"], seller["user_id"], seller["active"]) == ("Caro", newcomer.user_id, True)
        assert await free(browser, seller["id"]) == 18
        await browser.post(f"/admin/core/users/{newcomer.user_id}/suspend")
        refused = await browser.get("/agenda/availability", params={"seller_id": seller["id"], "day": "2026-11-23"})
        assert refused.status_code == 404
        await browser.post(f"/admin/core/users/{newcomer.user_id}/activate")
        assert len((await browser.get("/crm/sellers")).json()["items"]) == 1
        await browser.patch(f"/admin/core/users/{clerk.user_id}", json={"role": "professional"})
        assert [one["name"] for one in (await browser.get("/crm/sellers")).json()["items"]] == ["Caro", "Sara"]


async def test_somebody_without_an_account_is_entered_and_an_account_once(scene: Scene) -> None:
    boss, browser = await scene.browser()
    async with browser:
        made = await browser.post("/crm/sellers", json={"name": "Dra. Paz"})
        assert made.status_code == 201
        assert made.json()["seller"]["zone"] == "America/Argentina/Buenos_Aires"
        assert (await browser.post("/crm/sellers", json={"name": "Yo", "user_id": boss.user_id})).status_code == 201
        again = await browser.post("/crm/sellers", json={"name": "Yo", "user_id": boss.user_id})
        assert (again.status_code, again.json()["code"]) == (409, "already_sells")
        assert (await browser.post("/crm/sellers", json={"name": "X", "user_id": 10**9})).status_code == 404


async def test_whoever_is_given_a_role_that_does_not_sell_is_offered_no_more_and_keeps_their_meetings(
    scene: Scene,
) -> None:
    _, browser = await scene.browser()
    closer = await scene.api.member(scene.tenant, "closer", name="Bruno Díaz")
    role = f"/admin/core/users/{closer.user_id}"
    async with browser:
        made = (await browser.post("/crm/sellers", json={"name": "Bruno Díaz", "user_id": closer.user_id})).json()
        seller = made["seller"]["id"]
        meeting = {"seller_id": seller, "starts_at": "2026-11-24T13:00:00Z", "ends_at": "2026-11-24T13:30:00Z"}
        booked = await browser.post("/agenda/events", json=meeting)
        assert booked.status_code == 201
        for other in ("professional", "secretary", "setter"):
            assert (await browser.patch(role, json={"role": other})).status_code == 200
            shown = (await browser.get(f"/crm/sellers/{seller}")).json()["seller"]
            assert shown["active"] == (other == "professional")
        asked = {"seller_id": seller, "day": "2026-11-24"}
        assert (await browser.get("/agenda/availability", params=asked)).status_code == 404
        later = {**meeting, "starts_at": "2026-11-24T15:00:00Z", "ends_at": "2026-11-24T15:30:00Z"}
        assert (await browser.post("/agenda/events", json=later)).status_code == 404
        window = {"from": "2026-11-24T00:00:00Z", "to": "2026-11-25T00:00:00Z"}
        standing = (await browser.get("/agenda/events", params=window)).json()["items"]
        assert [(one["id"], one["status"]) for one in standing] == [(booked.json()["id"], "confirmed")]
        assert (await browser.patch(role, json={"role": "closer"})).status_code == 200
        assert (await browser.get("/agenda/availability", params=asked)).json()["slots"]


async def test_a_role_that_stays_of_its_kind_leaves_a_seller_as_they_were(scene: Scene) -> None:
    _, browser = await scene.browser()
    secretary = await scene.api.member(scene.tenant, "secretary", name="Lía Gil")
    async with browser:
        made = (await browser.post("/crm/sellers", json={"name": "Lía Gil", "user_id": secretary.user_id})).json()
        path = f"/crm/sellers/{made['seller']['id']}"
        await browser.patch(f"/admin/core/users/{secretary.user_id}", json={"role": "setter"})
        assert (await browser.get(path)).json()["seller"]["active"]
        await browser.patch(path, json={"active": False})
        await browser.patch(f"/admin/core/users/{secretary.user_id}", json={"role": "secretary"})
        assert not (await browser.get(path)).json()["seller"]["active"]
