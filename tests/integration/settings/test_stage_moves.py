"""Stages that come and go, and moves that a company does not want: refused at every door, kept by the database."""

from __future__ import annotations

import httpx
import pytest

from core.database_errors import ConstraintViolated
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.conversion.convert import NotConverted, convert_to_client
from orchestrator_service.leads.advance import advance_lead
from tests.integration.api.scene import make_scene
from tests.integration.reports import random_company
from tests.support.api import Api
from tests.support.factories import make_event, make_qualification, make_seller

SQL = sibling_statements(random_company.__file__)
PATH = "/crm/pipeline/stages"


async def save(browser: httpx.AsyncClient, stages: list[JsonObject]) -> httpx.Response:
    version = (await browser.get(PATH)).json()["version"]
    return await browser.put(PATH, json={"version": version, "stages": stages})


async def stages_of(browser: httpx.AsyncClient) -> list[JsonObject]:
    return [{"id": one["id"], "name": one["name"]} for one in (await browser.get(PATH)).json()["items"]]


async def test_a_stage_is_added_used_and_removed(api: Api) -> None:
    scene = await make_scene(api)
    _, browser = await scene.browser()
    talk = await scene.talk()
    async with browser:
        found = await stages_of(browser)
        added = await save(browser, [found[0], {"name": "Visita técnica", "probability": 70}, *found[1:]])
        assert added.status_code == 200, added.text
        visit = added.json()["items"][1]
        assert (visit["key"], visit["kind"], visit["position"], visit["probability"]) == (
            "visita_tecnica",
            "open",
            2,
            70,
        )
        await browser.patch(f"/crm/leads/{talk.lead_id}", json={"stage_key": "visita_tecnica"})
        closed = [{**one, "closed_to": ["visita_tecnica"]} for one in found[:1]]
        await save(browser, [*closed, {"id": visit["id"], "name": visit["name"]}, *found[1:]])
        won = found[5]["id"]
        refused = [
            await browser.delete(f"{PATH}/{found[0]['id']}", params={"move_to": str(visit["id"])}),
            await browser.delete(f"{PATH}/{won}", params={"move_to": str(found[6]["id"])}),
            await browser.delete(f"{PATH}/{visit['id']}", params={"move_to": str(visit["id"])}),
            await browser.delete(f"{PATH}/{visit['id']}", params={"move_to": 10**12}),
        ]
        assert [one.json()["code"] for one in refused] == [
            "stage_needed",
            "stage_other_kind",
            "stage_needed",
            "not_found",
        ]
        left = await browser.delete(f"{PATH}/{visit['id']}", params={"move_to": str(found[1]["id"])})
        assert left.status_code == 200, left.text
        assert [one["position"] for one in left.json()["items"]] == [1, 2, 3, 4, 5, 6, 7]
        assert left.json()["items"][0]["closed_to"] == []
        lead = (await browser.get(f"/crm/leads/{talk.lead_id}")).json()
        timeline = (await browser.get(f"/crm/leads/{talk.lead_id}/timeline")).json()["items"]
    assert lead["stage_key"] == "contacted"
    assert timeline[0]["detail"]["became"] == "contacted"
    told = [event.payload["changed"] for event in await scene.events("LEAD_UPDATED")]
    assert told == [["stage_key"], ["stage_key"]]


async def test_what_breaks_the_pipeline_is_refused(api: Api) -> None:
    scene = await make_scene(api)
    _, browser = await scene.browser()
    async with browser:
        found = await stages_of(browser)
        asked: dict[str, list[JsonObject]] = {
            "stage_needed": [*found[:5], {**found[5], "kind": "lost"}, found[6]],
            "stage_order": [{"name": "After", "kind": "lost"}, *found],
            "other_stages": [{**found[0], "closed_to": ["no_such"]}, *found[1:]],
        }
        for code, wanted in asked.items():
            answer = await save(browser, wanted)
            assert (answer.status_code, answer.json()["code"]) == (409, code)
        assert await stages_of(browser) == found


async def test_a_move_that_is_closed_is_refused_at_every_door(api: Api) -> None:
    scene = await make_scene(api)
    _, browser = await scene.browser()
    elsewhere = await make_scene(api)
    talk, foreign = await scene.talk(), await elsewhere.talk()
    async with api.db.tenant(scene.tenant) as tx:
        for became in ("meeting", "won", "lost"):
            await tx.run(SQL["close_move"], was="new", became=became)
    async with browser:
        patched = await browser.patch(f"/crm/leads/{talk.lead_id}", json={"stage_key": "won"})
        bulk = await browser.post("/crm/leads/bulk", json={"lead_ids": [talk.lead_id], "stage_key": "meeting"})
    assert (patched.status_code, patched.json()["code"]) == (409, "stage_move_closed")
    assert (patched.json()["from"], patched.json()["to"]) == ("new", "won")
    assert (bulk.status_code, bulk.json()["code"]) == (409, "stage_move_closed")
    with pytest.raises(ConstraintViolated, match="conflicts") as caught:
        async with api.db.tenant(scene.tenant) as tx:
            await tx.run(SQL["force_move"], lead_id=talk.lead_id, stage="won")
    assert caught.value.constraint == "lead_stage_moves"
    async with api.db.tenant(elsewhere.tenant) as tx:
        await tx.run(SQL["force_move"], lead_id=foreign.lead_id, stage="won")

    await make_qualification(api.db, scene.tenant, talk)
    seller, starts = await make_seller(api.db, scene.tenant), api.clock()
    await make_event(api.db, scene.tenant, seller, starts, starts.replace(year=starts.year + 1), lead_id=talk.lead_id)
    async with api.db.tenant(scene.tenant) as tx:  # what the agent does stays calm: nothing is raised, nothing moves
        await tx.run(SQL["force_move"], lead_id=talk.lead_id, stage="qualified")
        await tx.run(SQL["close_move"], was="qualified", became="won")
        await tx.run(SQL["close_move"], was="qualified", became="meeting")
        assert not await advance_lead(tx, talk.lead_id, "meeting")
        assert await convert_to_client(tx, lead_id=talk.lead_id, now=starts) == NotConverted((), closed=True)
        assert await tx.value(SQL["stage_of"], str, lead_id=talk.lead_id) == "qualified"


async def test_nobody_is_given_up_without_a_reason(api: Api) -> None:
    scene = await make_scene(api)
    _, browser = await scene.browser()
    talk = await scene.talk()
    async with browser:
        refused = await browser.patch(f"/crm/leads/{talk.lead_id}", json={"stage_key": "lost"})
        lost = await browser.patch(f"/crm/leads/{talk.lead_id}", json={"stage_key": "lost", "lost_reason": "Precio"})
    assert (refused.status_code, refused.json()["code"]) == (409, "lost_reason_wanted")
    assert (lost.status_code, lost.json()["lost_reason"]) == (200, "Precio")
