"""`Idempotency-Key` (PRODUCT §15, ADR 0038): the same creation asked for twice happens once and is answered alike."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi.routing import APIRoute

from core.database import Database
from core.errors import Unavailable
from core.json_types import JsonObject
from orchestrator_service.idempotency import middleware
from orchestrator_service.idempotency.keys import NO_KEY, takes_key
from orchestrator_service.idempotency.repository import forget_answers
from orchestrator_service.pruning.hourly import prune
from orchestrator_service.routers import ROUTES
from tests.support.api import Api, Member
from tests.support.factories import make_tenant

if TYPE_CHECKING:
    from core.principal import TenantId

ANA: JsonObject = {"full_name": "Ana Keyed"}
SECRET_WORDS = {"secret", "token", "link", "password", "codes"}


async def keyed(browser: httpx.AsyncClient, key: str, body: JsonObject, path: str = "/crm/leads") -> httpx.Response:
    return await browser.post(path, json=body, headers={"Idempotency-Key": key})


async def ceo_of(api: Api, tenant: TenantId) -> tuple[Member, httpx.AsyncClient]:
    member = await api.member(tenant, "ceo")
    return member, api.browser(await api.session(member))


async def leads_named(browser: httpx.AsyncClient, name: str) -> int:
    found = await browser.get("/crm/leads", params={"q": name})
    return len(found.json()["items"])


async def test_a_key_is_answered_alike_counts_for_one_person_on_one_route_and_is_forgotten(api: Api) -> None:
    tenant, other = await make_tenant(api.db), await make_tenant(api.db)
    _, ceo = await ceo_of(api, tenant)
    async with ceo:
        first, again = await keyed(ceo, "k1", ANA), await keyed(ceo, "k1", ANA)
        assert (first.status_code, again.status_code) == (201, 201)
        assert again.content == first.content
        assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")
        assert again.headers["content-type"] == first.headers["content-type"]
        assert await leads_named(ceo, "Ana Keyed") == 1

        reused = await keyed(ceo, "k1", {"full_name": "Another"})
        assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")
        bad = await keyed(ceo, "x" * 256, ANA)
        assert (bad.status_code, bad.json()["code"]) == (422, "bad_idempotency_key")
        view = await keyed(ceo, "k1", {"name": "Mine", "filters": {}}, "/crm/views")
        assert view.status_code == 201, "a key counts on one route"

        refused = await keyed(ceo, "k2", {"full_name": "Nowhere", "stage_key": "nowhere"})
        assert refused.status_code == 409
        assert (await keyed(ceo, "k2", ANA)).status_code == 201, "a refusal is not kept"
        lines = await ceo.get("/admin/core/audit/logs", params={"action": "leads.create"})
        subjects = Counter(line["subject"] for line in lines.json()["items"])
        assert subjects[f"lead:{first.json()['id']}"] == 2, "the repeated request is a line of its own"

    for company in (tenant, other):  # the same key of somebody else, here and elsewhere
        _, browser = await ceo_of(api, company)
        async with browser:
            made = await keyed(browser, "k1", ANA)
            assert (made.status_code, "idempotency-replayed" in made.headers) == (201, False)

    await prune(api.db, tenant, api.clock() + timedelta(hours=25))
    async with api.db.tenant(tenant) as tx:
        assert await forget_answers(tx) == 0, "a day after nothing is kept"
    async with api.db.tenant(other) as tx:
        assert await forget_answers(tx) == 1


async def test_thirty_at_once_make_one_lead(api: Api) -> None:
    await many_at_once(api, 30)


@pytest.mark.slow
async def test_a_thousand_at_once_make_one_lead(api: Api) -> None:
    await many_at_once(api, 1000)


async def many_at_once(api: Api, times: int) -> None:
    _, ceo = await ceo_of(api, await make_tenant(api.db))
    async with ceo:
        answers = await asyncio.gather(*(keyed(ceo, "same", ANA) for _ in range(times)))
        counted = Counter((answer.status_code, answer.headers.get("idempotency-replayed")) for answer in answers)
        assert counted[201, None] == 1
        assert set(counted) <= {(201, None), (201, "true"), (409, None), (503, None)}
        if times <= 30:
            assert counted[503, None] == 0, "so many find a connection"
        waiting = [answer for answer in answers if answer.status_code == 409]
        assert {(one.json()["code"], one.headers["retry-after"]) for one in waiting} <= {
            ("idempotency_key_in_use", "1")
        }
        assert await leads_named(ceo, "Ana Keyed") == 1


async def test_what_dies_before_the_commit_leaves_nothing_and_is_done_once(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lead, its events and its answer are one transaction: cut between, none of them is there."""
    _, ceo = await ceo_of(api, await make_tenant(api.db))

    def cut(moment: str) -> None:
        if moment == "answered":
            raise Unavailable("cut")

    async with ceo:
        monkeypatch.setattr(middleware, "reached", cut)
        assert (await keyed(ceo, "k", ANA)).status_code == 503
        assert await leads_named(ceo, "Ana Keyed") == 0
        monkeypatch.undo()
        made = await keyed(ceo, "k", ANA)
        assert (made.status_code, "idempotency-replayed" in made.headers) == (201, False)
        assert await leads_named(ceo, "Ana Keyed") == 1


async def test_control_an_answer_kept_after_the_commit_is_done_twice(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def late(*_: object) -> None:
        raise Unavailable("it died after the commit, before it kept the answer")

    async def settled_late(self: middleware._Attempt, _answer: object) -> None:  # pyright: ignore[reportPrivateUsage]
        joined = self._joined  # pyright: ignore[reportPrivateUsage]
        assert joined is not None
        await joined.commit()
        await late()

    _, ceo = await ceo_of(api, await make_tenant(api.db))
    async with ceo:
        with monkeypatch.context() as broken:
            broken.setattr(middleware._Attempt, "settle", settled_late)  # pyright: ignore[reportPrivateUsage]
            assert (await keyed(ceo, "k", ANA)).status_code == 503
        await keyed(ceo, "k", ANA)
        assert await leads_named(ceo, "Ana Keyed") == 2, "the test above would see it"


async def test_without_a_key_nothing_more_is_asked_of_the_database(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    _, ceo = await ceo_of(api, await make_tenant(api.db))
    opened: list[int] = []
    before, entering, here = Database.tenant, Database.entering, asyncio.current_task()

    def counted(self: Database, tenant_id: int, *, snapshot: bool = False) -> object:
        if asyncio.current_task() is here:  # not what tells the sockets of it meanwhile
            opened.append(tenant_id)
        return before(self, tenant_id, snapshot=snapshot)

    def entered(self: Database, tenant_id: int) -> object:
        if asyncio.current_task() is here:
            opened.append(tenant_id)
        return entering(self, tenant_id)

    def unwanted(*_: object, **__: object) -> None:
        raise AssertionError("there is no key")

    async with ceo:
        monkeypatch.setattr(Database, "tenant", counted)
        monkeypatch.setattr(Database, "entering", entered)
        monkeypatch.setattr(middleware, "JoinedDatabase", unwanted)
        assert (await ceo.post("/crm/leads", json=ANA)).status_code == 201
    assert len(opened) == 3, "who asks, the lead, the audit"


def test_every_route_that_creates_takes_a_key_or_has_a_reason() -> None:
    routes = [route for route in ROUTES if isinstance(route, APIRoute)]
    creating = {route.path for route in routes if route.status_code == 201 and route.methods == {"POST"}}
    assert {*NO_KEY} <= creating, "the list holds nothing that is gone"
    taking = [route for route in routes if takes_key("POST", route.status_code, route.path)]
    shown = {route.path: set(getattr(route.response_model, "model_fields", {})) for route in taking}
    secret = {path: names for path, names in shown.items() if any(SECRET_WORDS & set(n.split("_")) for n in names)}
    assert secret == {}, "an answer with a secret is not kept: NO_KEY"
