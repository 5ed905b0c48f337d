"""Why leads are lost: a list that the company keeps, asked of every door, and followed by the leads that have it."""

from __future__ import annotations

from orchestrator_service.pipeline.defaults import LOST_REASONS
from tests.support.api import Api
from tests.support.factories import make_tenant

REASONS = "/crm/pipeline/lost-reasons"


async def test_a_lead_is_lost_for_a_reason_of_the_list_or_in_ones_own_words(api: Api) -> None:
    company = await make_tenant(api.db)
    ceo, seller = await api.member(company, "ceo"), await api.member(company, "setter")
    browser, other = api.browser(await api.session(ceo)), api.browser(await api.session(seller))
    kept = (await browser.get(REASONS)).json()["items"]
    assert [one["name"] for one in kept] == list(LOST_REASONS["es"])
    leads = [(await other.post("/crm/leads", json={"full_name": name})).json()["id"] for name in ("Ana", "Luz", "Eva")]
    first, second, third = leads

    async def lose(lead: int, **why: object) -> tuple[int, object]:
        answer = await other.patch(f"/crm/leads/{lead}", json={"stage_key": "lost", **why})
        told = answer.json()
        return answer.status_code, told["lost_reason"] if answer.status_code == 200 else told["code"]

    assert await lose(first) == (409, "lost_reason_wanted")
    assert await lose(first, lost_reason="Se mudó") == (422, "unknown_lost_reason")
    assert await lose(first, lost_reason="precio") == (200, "Precio")
    assert await lose(second, lost_reason_other="Se mudó") == (200, "Se mudó")
    both = {"stage_key": "lost", "lost_reason": "Precio", "lost_reason_other": "Se mudó"}
    assert (await other.patch(f"/crm/leads/{third}", json=both)).status_code == 422
    new = {"full_name": "Beto", "stage_key": "lost"}
    assert (await other.post("/crm/leads", json=new)).json()["code"] == "lost_reason_wanted"
    assert (await other.post("/crm/leads", json={**new, "lost_reason": "PRECIO"})).json()["lost_reason"] == "Precio"
    many = {"lead_ids": leads, "stage_key": "lost"}
    assert (await other.post("/crm/leads/bulk", json={**many, "lost_reason": "Nada"})).status_code == 422
    done = (await other.post("/crm/leads/bulk", json={**many, "lost_reason": "No respondió"})).json()
    assert {lead["lost_reason"] for lead in done["items"]} == {"No respondió"}
    back = (await other.post(f"/crm/leads/bulk/{done['bulk_id']}/undo")).json()["items"]
    assert [(one["stage_key"], one["lost_reason"]) for one in back] == [
        ("lost", "Precio"), ("lost", "Se mudó"), ("new", None),
    ]  # fmt: skip

    price = kept[0]["id"]
    assert (await other.patch(f"{REASONS}/{price}", json={"name": "Caro"})).status_code == 403
    assert (await browser.patch(f"{REASONS}/{price}", json={"name": "no RESPONDIÓ"})).json()["code"] == "reason_taken"
    assert (await browser.patch(f"{REASONS}/{price}", json={"name": "Muy caro"})).status_code == 200
    assert (await browser.get(f"/crm/leads/{first}")).json()["lost_reason"] == "Muy caro", "its leads follow"
    assert (await browser.post(REASONS, json={"name": "muy caro"})).json()["code"] == "reason_taken"
    added = (await browser.post(REASONS, json={"name": "Se mudó"})).json()
    ids = [added["id"], *(one["id"] for one in kept)]
    assert [one["id"] for one in (await browser.put(f"{REASONS}/order", json={"ids": ids})).json()["items"]] == ids
    assert (await browser.put(f"{REASONS}/order", json={"ids": ids[1:]})).json()["code"] == "reasons_changed"
    await browser.patch(f"{REASONS}/{price}", json={"archived": True})
    assert await lose(third, lost_reason="Muy caro") == (422, "unknown_lost_reason")
    assert await lose(first, lost_reason="Muy caro") == (200, "Muy caro"), "who has it keeps it"
    stranger = api.browser(await api.session(await api.member(await make_tenant(api.db), "ceo")))
    assert (await stranger.patch(f"{REASONS}/{price}", json={"name": "X"})).status_code == 404
    assert [one["name"] for one in (await stranger.get(REASONS)).json()["items"]] == list(LOST_REASONS["es"])
