"""`/crm/views`: everybody keeps their own, under names of their own, and no more than fifty."""

from __future__ import annotations

import pytest

from core.json_types import JsonObject
from orchestrator_service.views.keep import MOST_VIEWS
from orchestrator_service.views.repository import add_view
from tests.support.api import Api
from tests.support.factories import make_tenant

HOT: JsonObject = {"interest": "hot", "unassigned": True}


async def test_a_view_is_kept_renamed_changed_and_forgotten(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "setter")
    async with api.browser(await api.session(ana)) as browser:
        made = await browser.post("/crm/views", json={"name": " Calientes ", "filters": HOT})
        view = made.json()
        assert (made.status_code, view["name"]) == (201, "Calientes")
        assert (view["filters"]["interest"], view["filters"]["unassigned"], view["filters"]["q"]) == ("hot", True, None)
        path = f"/crm/views/{view['id']}"
        renamed = (await browser.patch(path, json={"name": "Ya"})).json()
        assert renamed == {**view, "name": "Ya"}
        changed = (await browser.patch(path, json={"filters": {"stage": "new"}})).json()
        assert (changed["name"], changed["filters"]["stage"], changed["filters"]["interest"]) == ("Ya", "new", None)
        assert (await browser.get("/crm/views")).json() == {"items": [changed]}
        assert (await browser.delete(path)).status_code == 204
        assert (await browser.delete(path)).status_code == 404
        assert (await browser.get("/crm/views")).json() == {"items": []}


async def test_a_view_is_in_nobody_elses_sight(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana, ceo = await api.member(tenant, "closer"), await api.member(tenant, "ceo")
    stranger = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(ana)) as browser:
        view = (await browser.post("/crm/views", json={"name": "Mine", "filters": {}})).json()
    for other in (ceo, stranger):
        async with api.browser(await api.session(other)) as browser:
            assert (await browser.get("/crm/views")).json() == {"items": []}
            refused = [
                await browser.patch(f"/crm/views/{view['id']}", json={"name": "Taken"}),
                await browser.delete(f"/crm/views/{view['id']}"),
            ]
            assert [answer.status_code for answer in refused] == [404, 404]
            assert (await browser.post("/crm/views", json={"name": "Mine", "filters": {}})).status_code == 201
    async with api.browser(await api.session(ana)) as browser:
        assert (await browser.get("/crm/views")).json() == {"items": [view]}


async def test_a_name_is_kept_once_and_fifty_views_are_the_most(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "ceo")
    async with api.db.tenant(ana.tenant_id) as tx:
        for number in range(MOST_VIEWS - 1):
            await add_view(tx, ana.user_id, f"View {number}", {})
    async with api.browser(await api.session(ana)) as browser:
        again = await browser.post("/crm/views", json={"name": "View 3", "filters": {}})
        last = await browser.post("/crm/views", json={"name": "Last", "filters": {}})
        more = await browser.post("/crm/views", json={"name": "More", "filters": {}})
        renamed = await browser.patch(f"/crm/views/{last.json()['id']}", json={"name": "View 3"})
    assert (again.status_code, again.json()["code"]) == (409, "view_name_taken")
    assert (more.status_code, more.json()["code"]) == (409, "too_many_views")
    assert (renamed.status_code, renamed.json()["code"]) == (409, "view_name_taken")
    assert last.status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "filters": {}},
        {"name": "x" * 61, "filters": {}},
        {"name": "x", "filters": {"tenant_id": 2}},
        {"name": "x", "filters": {"interest": "burning"}},
        {"name": "x", "filters": {"limit": 5}},
        {"name": "x", "filters": []},
        {"name": "x"},
    ],
)
async def test_what_is_no_filter_is_not_kept(api: Api, body: JsonObject) -> None:
    ana = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(ana)) as browser:
        assert (await browser.post("/crm/views", json=body)).status_code == 422
        assert (await browser.get("/crm/views")).json() == {"items": []}
