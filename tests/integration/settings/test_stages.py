"""`PUT /crm/pipeline/stages`: named, ordered and limited at once, and what they mean to the code stays."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from core.json_types import JsonObject
from core.statements import sibling_statements
from tests.integration.api.scene import Scene, make_scene
from tests.integration.settings.test_settings import Line
from tests.support.api import Api

SQL = sibling_statements(__file__)
PATH = "/crm/pipeline/stages"


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


async def stages(browser: httpx.AsyncClient) -> tuple[str, list[JsonObject]]:
    told = (await browser.get(PATH)).json()
    return told["version"], [{"id": stage["id"], "name": stage["name"]} for stage in told["items"]]


async def test_names_and_order_are_seen_by_all_and_told(scene: Scene) -> None:
    _, browser = await scene.browser()
    _, closer = await scene.browser("closer")
    async with browser, closer:
        version, found = await stages(browser)
        found[0], found[1] = found[1], {**found[0], "name": " Recién llegado "}
        saved = await browser.put(PATH, json={"version": version, "stages": found})
        assert saved.status_code == 200
        told = [(item["key"], item["name"], item["own_name"], item["position"]) for item in saved.json()["items"]]
        assert told[:3] == [
            ("contacted", "Contactado", False, 1),
            ("new", "Recién llegado", True, 2),
            ("qualified", "Calificado", False, 3),
        ]
        assert (await closer.get(PATH)).json() == saved.json()
        made = await browser.post("/crm/leads", json={"full_name": "Ana"})
        assert made.json()["stage_key"] == "new"
    assert [event.payload for event in await scene.events("SETTINGS_UPDATED")] == [{"section": "stages"}]
    async with scene.api.db.tenant(scene.tenant) as tx:
        (line,) = await tx.all(SQL["events"], Line)
    assert line.subject == "settings:stages"
    assert "became': ['contacted: Contactado', 'new: Recién llegado'" in str(line.detail)


async def test_what_breaks_the_pipeline_is_refused(scene: Scene, api: Api) -> None:
    other = await make_scene(api)
    _, browser = await scene.browser()
    _, elsewhere = await other.browser()
    async with browser, elsewhere:
        version, found = await stages(browser)
        _, foreign = await stages(elsewhere)
        swapped = [*found[:-2], found[-1], found[-2]]
        twice = [{**found[0], "name": "contactado"}, *found[1:]]
        asked = {
            "settings_changed": ("0" * 16, [{**found[0], "name": "Other"}, *found[1:]]),
            "other_stages": (version, found[1:]),
            "stage_order": (version, swapped),
            "stage_limit": (version, [*found[:-1], {**found[-1], "day_limit": 3}]),
            "stage_name_twice": (version, twice),
        }
        for code, (seen, wanted) in asked.items():
            refused = await browser.put(PATH, json={"version": seen, "stages": wanted})
            assert (refused.status_code, refused.json()["code"]) == (409, code)
        theirs = await browser.put(PATH, json={"version": version, "stages": [*found[1:], foreign[0]]})
        assert (theirs.status_code, theirs.json()["code"]) == (409, "other_stages")
        repeated = await browser.put(PATH, json={"version": version, "stages": [*found, found[0]]})
        assert (repeated.status_code, repeated.json()["code"]) == (409, "other_stages")
        assert await stages(browser) == (version, found)
        assert (await stages(elsewhere))[1] == foreign


async def test_a_limit_of_days_is_kept_with_its_stage_and_taken_off(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        version, found = await stages(browser)
        limited = [found[0], {**found[1], "day_limit": 7}, *found[2:]]
        saved = await browser.put(PATH, json={"version": version, "stages": limited})
        assert [item["day_limit"] for item in saved.json()["items"]][:3] == [None, 7, None]
        assert saved.json()["version"] != version, "a limit is part of what was read"
        for days in (0, 366, "soon"):
            wrong = [{**found[0], "day_limit": days}, *found[1:]]
            refused = await browser.put(PATH, json={"version": saved.json()["version"], "stages": wrong})
            assert refused.status_code == 422
        stale = await browser.put(PATH, json={"version": version, "stages": found})
        assert (stale.status_code, stale.json()["current"][1]["day_limit"]) == (409, 7)
        taken = await browser.put(PATH, json={"version": saved.json()["version"], "stages": found})
        assert (taken.status_code, await stages(browser)) == (200, (version, found))


async def test_of_two_who_arrange_at_once_one_is_told(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        version, found = await stages(browser)

        async def named(name: str) -> int:
            wanted = [{**found[0], "name": name}, *found[1:]]
            return (await browser.put(PATH, json={"version": version, "stages": wanted})).status_code

        answers = await asyncio.gather(*(named(f"First {number}") for number in range(6)))
    assert sorted(answers) == [200] + [409] * 5
