"""Leads as the team works on them: the board's stages, filters, many at once, and what happened with one."""

from __future__ import annotations

import pytest

from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


async def test_the_stages_come_in_order(scene: Scene) -> None:
    _, browser = await scene.browser("closer")
    async with browser:
        stages = (await browser.get("/crm/pipeline/stages")).json()["items"]
    assert [stage["key"] for stage in stages][:2] == ["new", "contacted"]
    assert [(stage["key"], stage["kind"]) for stage in stages][-2:] == [("won", "won"), ("lost", "lost")]


async def test_leads_are_filtered_and_searched(scene: Scene) -> None:
    owner, browser = await scene.browser()
    await scene.talk("Iván Peña", owner=owner)
    talk = await scene.talk("Ana Ruiz")
    async with scene.api.db.tenant(scene.tenant) as tx:
        hot = Qualification(interest="hot", score=82)
        await qualify(tx, hot, conversation_id=talk.conversation_id, lead_id=talk.lead_id, turn_id=None)

    async def found(**query: str) -> list[str]:
        return [lead["full_name"] for lead in (await browser.get("/crm/leads", params=query)).json()["items"]]

    async with browser:
        assert await found() == ["Ana Ruiz", "Iván Peña"]
        assert await found(interest="hot") == await found(stage="qualified") == ["Ana Ruiz"]
        assert await found(owner_user_id=str(owner.user_id)) == ["Iván Peña"]
        assert await found(unassigned="true") == ["Ana Ruiz"]
        assert await found(q="PENA") == ["Iván Peña"]
        assert await found(source="form") == []
        phone = (await browser.get(f"/crm/leads/{talk.lead_id}")).json()["phone"]
        assert await found(q=phone[-5:]) == ["Ana Ruiz"]


async def test_many_leads_move_at_once_or_none_does(scene: Scene) -> None:
    closer, browser = await scene.browser("closer")
    mine = [(await scene.talk(f"Lead {number}", owner=closer)).lead_id for number in range(3)]
    other = (await scene.talk("Other")).lead_id
    async with browser:
        refused = await browser.post("/crm/leads/bulk", json={"lead_ids": [*mine, other], "stage_key": "proposal"})
        assert refused.status_code == 404
        assert await scene.events("LEAD_UPDATED") == []
        moved = await browser.post("/crm/leads/bulk", json={"lead_ids": mine, "stage_key": "proposal"})
        nothing = await browser.post("/crm/leads/bulk", json={"lead_ids": mine})
        gone = await browser.post("/crm/leads/bulk", json={"lead_ids": mine, "stage_key": "no_such"})
    assert [lead["stage_key"] for lead in moved.json()["items"]] == ["proposal"] * 3
    assert (nothing.status_code, gone.status_code) == (422, 409)
    assert len(await scene.events("LEAD_UPDATED")) == 3


async def test_the_timeline_tells_everything_once_over_all_pages(scene: Scene) -> None:
    luz, browser = await scene.browser()
    talk = await scene.talk()
    for text in ("uno", "dos"):
        await scene.says(talk, text)
    async with scene.api.db.tenant(scene.tenant) as tx:
        hot = Qualification(interest="hot", score=82)
        await qualify(tx, hot, conversation_id=talk.conversation_id, lead_id=talk.lead_id, turn_id=None)
    seen: list[tuple[str, int]] = []
    changes: list[tuple[str, str, int | None]] = []
    async with browser:
        await browser.post(f"/chat/conversations/{talk.conversation_id}/notes", json={"text": "call"})
        await browser.patch(f"/crm/leads/{talk.lead_id}", json={"stage_key": "proposal"})
        cursor: str | None = ""
        while cursor is not None:
            query = {"limit": 2, "cursor": cursor}
            page = (await browser.get(f"/crm/leads/{talk.lead_id}/timeline", params=query)).json()
            seen += [(item["kind"], item["id"]) for item in page["items"]]
            changes += [
                (item["detail"]["was"], item["detail"]["became"], item["detail"]["user_id"])
                for item in page["items"]
                if item["kind"] == "change"
            ]
            cursor = page["next_cursor"]
    assert sorted(kind for kind, _ in seen) == ["change", "change", "message", "message", "note", "qualification"]
    assert len(set(seen)) == len(seen)
    assert changes == [("qualified", "proposal", luz.user_id), ("new", "qualified", None)]
