"""`ETag`, `If-None-Match`, `If-Match` (PRODUCT §15, ADR 0038): what was read is not asked again, nor written over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import APIRoute

from core.database import Database
from core.joined import JoinedDatabase
from orchestrator_service.leads import edit
from orchestrator_service.preconditions import middleware
from orchestrator_service.preconditions.twins import EDITING, NO_TWIN, SHOWN_AT
from orchestrator_service.routers import ROUTES, TWINS
from tests.support.api import Api
from tests.support.factories import make_tenant

if TYPE_CHECKING:
    import httpx

    from core.json_types import JsonObject

STALE = (412, "stale")


async def ceo_of(api: Api) -> httpx.AsyncClient:
    return api.browser(await api.session(await api.member(await make_tenant(api.db), "ceo")))


async def edited(browser: httpx.AsyncClient, path: str, body: JsonObject, tag: str) -> httpx.Response:
    return await browser.patch(path, json=body, headers={"If-Match": tag})


async def test_what_is_known_is_not_sent_again_and_what_is_stale_is_not_written(api: Api) -> None:
    async with await ceo_of(api) as ceo:
        lead = (await ceo.post("/crm/leads", json={"full_name": "Ana"})).json()
        path = f"/crm/leads/{lead['id']}"
        read = await ceo.get(path)
        tag = read.headers["etag"]
        known = await ceo.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
        assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
        assert (await ceo.get(path, headers={"If-None-Match": '"other"'})).content == read.content

        changed = await edited(ceo, path, {"company": "Acme"}, tag)
        assert changed.status_code == 200
        assert changed.headers["etag"] == (await ceo.get(path)).headers["etag"] != tag
        stale = await edited(ceo, path, {"company": "Lost"}, tag)
        assert (stale.status_code, stale.json()["code"]) == STALE
        assert stale.headers["etag"] == changed.headers["etag"]
        assert (await ceo.get(path)).json()["company"] == "Acme"
        assert (await edited(ceo, path, {"company": "Any"}, "*")).status_code == 200
        assert (await edited(ceo, path, {"company": "x", "stage_key": "nowhere"}, "*")).status_code == 409

        gone = await edited(ceo, "/crm/leads/999999", {"company": "x"}, tag)
        assert gone.content == (await ceo.get("/crm/leads/999999")).content
        settings = await ceo.get("/admin/core/security")
        kept = {"If-Match": settings.headers["etag"]}
        assert (await ceo.put("/admin/core/security", json=settings.json(), headers=kept)).status_code in {200, 422}
        none = await ceo.post("/crm/leads", json={"full_name": "x"}, headers={"If-Match": tag})
        assert (none.status_code, none.json()["code"]) == (422, "no_precondition")
        lines = (await ceo.get("/admin/core/audit/logs", params={"action": "leads.edit"})).json()["items"]
        assert [line["detail"]["status"] for line in lines] == [404, 409, 200, 412, 200]
    async with api.browser() as nobody:
        assert (await edited(nobody, path, {"company": "x"}, tag)).status_code == 401


async def test_of_thirty_edits_of_what_all_have_read_one_is_written(api: Api) -> None:
    async with await ceo_of(api) as ceo:
        lead = (await ceo.post("/crm/leads", json={"full_name": "Ana"})).json()
        path = f"/crm/leads/{lead['id']}"
        tag = (await ceo.get(path)).headers["etag"]
        answers = await asyncio.gather(*(edited(ceo, path, {"company": f"c{n}"}, tag) for n in range(30)))
        (won,) = [answer for answer in answers if answer.status_code == 200]
        lost = [(answer.status_code, answer.json()["code"]) for answer in answers if answer is not won]
        assert lost == [STALE] * 29
        now = await ceo.get(path)
        assert now.json()["company"] == won.json()["company"]
        assert {answer.headers["etag"] for answer in answers} <= {now.headers["etag"], tag}


@pytest.mark.parametrize("snapshot", [True, False], ids=["defended", "control"])
async def test_what_changes_between_the_look_and_the_write_is_seen(
    api: Api, monkeypatch: pytest.MonkeyPatch, *, snapshot: bool
) -> None:
    """Somebody else's edit commits after our look. Without the snapshot it is written over."""
    async with await ceo_of(api) as ceo:
        lead = (await ceo.post("/crm/leads", json={"full_name": "Ana"})).json()
        path = f"/crm/leads/{lead['id']}"
        tag = (await ceo.get(path)).headers["etag"]
        lock, between = edit.repository.lock_lead, [1]

        async def meanwhile(*given: object) -> object:
            if between:
                between.clear()
                assert (await ceo.patch(path, json={"company": "Theirs"})).status_code == 200
            return await lock(*given)  # pyright: ignore[reportArgumentType] - passed on as they come

        monkeypatch.setattr(edit.repository, "lock_lead", meanwhile)
        if not snapshot:
            monkeypatch.setattr(middleware, "JoinedDatabase", without_snapshot)
        ours = await edited(ceo, path, {"company": "Ours"}, tag)
        now = await ceo.get(path)
        assert (ours.status_code, now.json()["company"]) == ((412, "Theirs") if snapshot else (200, "Ours"))
        if snapshot:
            assert ours.headers["etag"] == now.headers["etag"]


def without_snapshot(inner: Database, *, snapshot: bool) -> JoinedDatabase:
    assert snapshot
    return JoinedDatabase(inner)


def test_every_edit_has_something_to_compare_with_or_a_reason() -> None:
    editing = {r.path for r in ROUTES if isinstance(r, APIRoute) and EDITING & (r.methods or set())}
    without = {path for path in editing if TWINS.of_path(path) is None}
    assert without == {*NO_TWIN}
    assert {*SHOWN_AT} <= editing
