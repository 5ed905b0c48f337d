"""Versions of the agent: written as a draft, published, restored; what is published never changes."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg
import httpx
import pytest

from core.json_types import JsonObject
from core.statements import sibling_statements
from tests.integration.api.scene import Scene, make_scene
from tests.integration.settings.saving import save
from tests.support.api import Api

SQL = sibling_statements(__file__)


@dataclass(frozen=True)
class Published:
    subject: str
    detail: JsonObject


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


async def write(browser: httpx.AsyncClient, **changed: object) -> httpx.Response:
    """Change the draft on what was just read."""
    seen = (await browser.get("/agent/script")).json()
    current = (seen["draft"] or {"script": seen["live"]})["script"]
    return await browser.put("/agent/script/draft", json={"version": seen["version"], "script": {**current, **changed}})


async def publish(browser: httpx.AsyncClient, **changed: object) -> httpx.Response:
    version = (await write(browser, **changed)).json()["version"]
    return await browser.post("/agent/script/publish", json={"version": version})


async def shown(scene: Scene) -> str | None:
    async with scene.api.db.tenant(scene.tenant) as tx:
        return await tx.value(SQL["shown"], str)


async def test_a_company_speaks_by_what_it_was_founded_with(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        seen = (await browser.get("/agent/script")).json()
        assert (seen["live"]["agent_name"], seen["live"]["offer"]) == ("Sofía", "Software for clinics")
        assert (seen["number"], seen["draft"]) == (None, None)
        assert (await browser.get("/agent/versions")).json()["items"] == []


async def test_a_draft_holds_for_nobody_until_it_is_published(scene: Scene, api: Api) -> None:
    other = await make_scene(api)
    _, browser = await scene.browser()
    _, elsewhere = await other.browser()
    async with browser, elsewhere:
        written = (await write(browser, agent_name="Alma", offer="Limpieza dental")).json()
        assert written["draft"]["script"]["agent_name"] == "Alma"
        assert written["live"]["agent_name"] == "Sofía"
        assert await shown(scene) == "Sofía: Software for clinics"
        done = await browser.post("/agent/script/publish", json={"version": written["version"]})
        assert (done.status_code, done.json()["number"], done.json()["draft"]) == (200, 2, None)
        assert await shown(scene) == "Alma: Limpieza dental"
        first, second = (await browser.get("/agent/versions")).json()["items"][::-1]
        assert (first["author"], first["script"]["agent_name"]) == (None, "Sofía"), "what was before is kept"
        assert second["script"]["agent_name"] == "Alma"
        assert (await elsewhere.get("/agent/script")).json()["live"]["agent_name"] == "Sofía"
        assert (await elsewhere.get("/agent/versions")).json()["items"] == []
    assert {"agent_name": "Alma", "agent_mode": "autopilot"} in [
        event.payload for event in await scene.events("AGENT_UPDATED")
    ]
    async with scene.api.db.tenant(scene.tenant) as tx:
        (line,) = await tx.all(SQL["published"], Published)
    assert line.detail == {"fields": ["agent_name", "offer"], "restored_from": None}


async def test_an_old_version_comes_back_as_a_new_one(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        await publish(browser, persona="Cercana")
        old = (await browser.get("/agent/versions")).json()["items"][-1]
        back = await browser.post(f"/agent/versions/{old['id']}/restore")
        assert (back.status_code, back.json()["number"], back.json()["live"]["persona"]) == (200, 3, "")
        newest = (await browser.get("/agent/versions")).json()["items"][0]
        assert newest["restored_from"] == 1
        again = await browser.post(f"/agent/versions/{old['id']}/restore")
        assert (again.status_code, again.json()["code"]) == (409, "nothing_to_publish")


async def test_whoever_wrote_on_old_words_is_told_what_stands_now(scene: Scene) -> None:
    _, browser = await scene.browser()
    _, colleague = await scene.browser()
    async with browser, colleague:
        seen = (await browser.get("/agent/script")).json()
        await write(colleague, persona="Cercana")
        late = await browser.put("/agent/script/draft", json={"version": seen["version"], "script": seen["live"]})
        assert (late.status_code, late.json()["code"]) == (409, "script_changed")
        assert late.json()["current"]["persona"] == "Cercana"
        early = await browser.post("/agent/script/publish", json={"version": seen["version"]})
        assert (early.status_code, early.json()["code"]) == (409, "script_changed")


async def test_a_draft_that_says_what_is_live_is_none(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        await write(browser, persona="Cercana")
        back = (await write(browser, persona="")).json()
        assert back["draft"] is None
        nothing = await browser.post("/agent/script/publish", json={"version": back["version"]})
        assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_publish")
        await write(browser, persona="Otra")
        assert (await browser.delete("/agent/script/draft")).json()["draft"] is None


async def test_a_name_given_in_the_settings_is_a_version_of_its_own(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        await publish(browser, persona="Cercana")
        assert (await save(browser, "agent", agent_name="Luz")).status_code == 200
        seen = (await browser.get("/agent/script")).json()
        assert (seen["live"]["agent_name"], seen["live"]["persona"], seen["number"]) == ("Luz", "Cercana", 3)


async def test_the_service_cannot_change_what_was_published(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        await publish(browser, persona="Cercana")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scene.api.db.tenant(scene.tenant) as tx:
            await tx.run(SQL["rewrite"])


@pytest.mark.parametrize(
    "changed",
    [
        {"languages": ["es"], "default_language": "en"},
        {"languages": []},
        {"questions": [{"topic": "need", "text": "a"}, {"topic": "need", "text": "b"}]},
        {"agent_name": " "},
        {"persona": "x" * 2001},
    ],
    ids=["default not allowed", "no language", "a topic twice", "no name", "too long"],
)
async def test_a_script_that_does_not_fit_together_is_refused(scene: Scene, changed: dict[str, object]) -> None:
    _, browser = await scene.browser()
    async with browser:
        assert (await write(browser, **changed)).status_code == 422


async def test_nobody_but_the_ceo_sees_or_writes_it(scene: Scene) -> None:
    _, browser = await scene.browser("secretary")
    async with browser:
        assert (await browser.get("/agent/script")).status_code == 403
        assert (await browser.get("/agent/versions")).status_code == 403
