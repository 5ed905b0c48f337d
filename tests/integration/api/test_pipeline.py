"""Leads as the team works on them: the board's stages, filters, many at once, and what happened with one."""

from __future__ import annotations

import pytest

from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify
from orchestrator_service.leads.tasks import add_task
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


async def test_the_summary_counts_and_sums_by_stage_and_currency_within_the_scope(scene: Scene) -> None:
    closer, own = await scene.browser("closer")
    _, all_of_them = await scene.browser()
    _, stranger = await (await make_scene(scene.api)).browser()
    mine = [(await scene.talk(f"Lead {number}", owner=closer)).lead_id for number in range(3)]
    other = (await scene.talk("Other")).lead_id
    async with own, all_of_them, stranger:
        for lead, value, currency in ((mine[0], "1000.50", "USD"), (mine[1], "20", "USD"), (mine[2], "5", "ARS")):
            await own.patch(f"/crm/leads/{lead}", json={"value": value, "currency": currency, "stage_key": "proposal"})
        await all_of_them.patch(f"/crm/leads/{other}", json={"value": "7", "currency": "USD", "stage_key": "proposal"})
        seen = (await own.get("/crm/pipeline/summary")).json()["items"]
        every = (await all_of_them.get("/crm/pipeline/summary")).json()["items"]
        found = (await all_of_them.get("/crm/pipeline/summary", params={"unassigned": "true"})).json()["items"]
        nothing = (await stranger.get("/crm/pipeline/summary")).json()["items"]
    ars = {"currency": "ARS", "value": "5.00"}
    assert seen == [{"stage_key": "proposal", "leads": 3, "values": [ars, {"currency": "USD", "value": "1020.50"}]}]
    assert every == [{"stage_key": "proposal", "leads": 4, "values": [ars, {"currency": "USD", "value": "1027.50"}]}]
    assert found == [{"stage_key": "proposal", "leads": 1, "values": [{"currency": "USD", "value": "7.00"}]}]
    assert nothing == []


async def test_a_lead_tells_since_when_it_stands_in_its_stage_and_who_waits(scene: Scene) -> None:
    _, browser = await scene.browser()
    talk, calm = await scene.talk("Ana Ruiz"), await scene.talk("Luis Paz")
    async with browser:
        before = (await browser.get(f"/crm/leads/{talk.lead_id}")).json()
        assert before["stage_since"] == before["created_at"]
        assert before["phone_shown"].replace(" ", "").replace("-", "") == before["phone"]
        renamed = (await browser.patch(f"/crm/leads/{talk.lead_id}", json={"full_name": "Ana"})).json()
        moved = (await browser.patch(f"/crm/leads/{talk.lead_id}", json={"stage_key": "proposal"})).json()
        assert renamed["stage_since"] == before["stage_since"] < moved["stage_since"]
        async with scene.api.db.tenant(scene.tenant) as tx:
            await add_task(tx, "person_requested", talk.conversation_id, talk.lead_id, "asked for a person")
        waiting = {lead["id"]: lead["needs_person"] for lead in (await browser.get("/crm/leads")).json()["items"]}
    assert waiting == {talk.lead_id: True, calm.lead_id: False}
    told = (await scene.events("LEAD_UPDATED"))[-1].payload["lead"]
    assert isinstance(told, dict)
    assert (told["needs_person"], told["stage_key"]) == (True, "proposal")


async def test_why_a_lead_was_lost_is_kept_and_told_and_undone(scene: Scene) -> None:
    _, browser = await scene.browser()
    lead = (await scene.talk()).lead_id
    async with browser:
        lost = {"lead_ids": [lead], "stage_key": "lost", "lost_reason_other": "Muy caro"}
        (told,) = (await browser.post("/crm/leads/bulk", json=lost)).json()["items"]
        assert (told["stage_key"], told["lost_reason"]) == ("lost", "Muy caro")
        timeline = (await browser.get(f"/crm/leads/{lead}/timeline", params={"kind": "change"})).json()["items"]
        assert [item["detail"]["field"] for item in timeline] == ["lost_reason", "stage_key"]
        undo = {"lead_ids": [lead], "stage_key": "new", "lost_reason": None}
        (told,) = (await browser.post("/crm/leads/bulk", json=undo)).json()["items"]
        assert (told["stage_key"], told["lost_reason"]) == ("new", None)
        alone = await browser.post("/crm/leads/bulk", json={"lead_ids": [lead], "lost_reason": "x"})
        long = await browser.patch(f"/crm/leads/{lead}", json={"lost_reason": "x" * 201})
    assert (alone.status_code, long.status_code) == (422, 422)


async def test_the_timeline_keeps_to_the_kinds_that_are_wanted(scene: Scene) -> None:
    _, browser = await scene.browser()
    talk = await scene.talk()
    await scene.says(talk, "uno")
    async with browser:
        await browser.post(f"/chat/conversations/{talk.conversation_id}/notes", json={"text": "call"})
        await browser.patch(f"/crm/leads/{talk.lead_id}", json={"stage_key": "proposal"})
        path = f"/crm/leads/{talk.lead_id}/timeline"
        said = (await browser.get(path, params={"kind": ["message", "note"]})).json()["items"]
        changed = (await browser.get(path, params={"kind": "change"})).json()["items"]
        wrong = await browser.get(path, params={"kind": "secret"})
    assert [item["kind"] for item in said] == ["note", "message"]
    assert [item["kind"] for item in changed] == ["change"]
    assert wrong.status_code == 422
