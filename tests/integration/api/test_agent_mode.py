"""Whether the agent answers, proposes or is silent: set for the company, and for one conversation."""

from __future__ import annotations

import pytest

from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


async def test_the_ceo_lets_the_agent_propose_and_everyone_hears_of_it(scene: Scene, api: Api) -> None:
    other = await make_scene(api)
    _, browser = await scene.browser()
    _, elsewhere = await other.browser()
    async with browser, elsewhere:
        assert (await browser.get("/agent/settings")).json()["agent_mode"] == "autopilot"
        changed = await browser.patch("/agent/settings", json={"agent_mode": "draft"})
        told = changed.json()
        assert (told["agent_name"], told["agent_mode"], told["takeover_hours"]) == ("Sofía", "draft", 24)
        await browser.patch("/agent/settings", json={"agent_mode": "draft"})
        tenant = (await browser.get("/auth/me")).json()["tenant"]
        assert (tenant["agent_name"], tenant["agent_mode"], tenant["takeover_hours"]) == ("Sofía", "draft", 24)
        assert (await elsewhere.get("/agent/settings")).json()["agent_mode"] == "autopilot"
    told = await scene.events("AGENT_UPDATED")
    assert [event.payload for event in told] == [{"agent_name": "Sofía", "agent_mode": "draft"}]
    assert await other.events("AGENT_UPDATED") == []


async def test_only_the_ceo_changes_the_agent(scene: Scene) -> None:
    _, browser = await scene.browser("secretary")
    async with browser:
        assert (await browser.patch("/agent/settings", json={"agent_mode": "off"})).status_code == 403
        assert (await browser.get("/agent/settings")).status_code == 403


async def test_a_conversation_has_its_own_mode_until_it_is_given_back(scene: Scene) -> None:
    talk = await scene.talk()
    _, browser = await scene.browser("secretary")
    path = f"/chat/conversations/{talk.conversation_id}"
    async with browser:
        assert (await browser.get(path)).json()["agent_mode"] is None
        assert (await browser.patch(path, json={"agent_mode": "draft"})).json()["agent_mode"] == "draft"
        assert (await browser.get(path)).json()["agent_mode"] == "draft"
        assert (await browser.patch(path, json={"agent_mode": None})).json()["agent_mode"] is None
        assert (await browser.patch(path, json={})).status_code == 422
        assert (await browser.patch(path, json={"agent_mode": "loud"})).status_code == 422
    told = [event.payload["agent_mode"] for event in await scene.events("CONVERSATION_UPDATED")]
    assert told == ["draft", None]
