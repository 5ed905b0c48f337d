"""`/crm/leads`: create, edit, find, page; one lead per number, every change announced, scope everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
import pytest

from core.json_types import JsonObject
from core.principal import TenantId
from core.statements import sibling_statements
from orchestrator_service.realtime.rooms import rooms_of_event, rooms_of_principal
from tests.support.api import Api, Member, fresh_address
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)
PHONE = "+54 9 11 5555-1234"


@dataclass(frozen=True)
class Event:
    name: str
    payload: JsonObject


async def events(api: Api, tenant: TenantId) -> list[Event]:
    async with api.db.tenant(tenant) as tx:
        return await tx.all(SQL["events"], Event)


async def browser_of(api: Api, member: Member) -> httpx.AsyncClient:
    return api.browser(await api.session(member))


async def test_a_new_lead_is_stored_announced_and_found_again(api: Api) -> None:
    tenant = await make_tenant(api.db)
    async with await browser_of(api, await api.member(tenant, "ceo")) as ceo:
        body = {
            "full_name": " Ana Gómez ",
            "phone": "011 15 5555-1234",
            "social_links": {"website": "https://a.example/"},
        }
        made = await ceo.post("/crm/leads", json=body)
        assert made.status_code == 201
        lead = made.json()
        assert (lead["full_name"], lead["phone"], lead["stage_key"]) == ("Ana Gómez", "+5491155551234", "new")
        assert (lead["owner_user_id"], lead["social_links"]) == (None, {"website": "https://a.example/"})
        assert (await ceo.get(f"/crm/leads/{lead['id']}")).json() == lead
        assert (await ceo.get("/crm/leads")).json() == {"items": [lead], "next_cursor": None}
    (event,) = await events(api, tenant)
    assert event.name == "NEW_LEAD"
    assert isinstance(event.payload["lead"], dict)
    assert event.payload["lead"]["id"] == lead["id"]


async def test_a_second_lead_with_the_number_names_the_first_to_whom_may_see_it(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana, eva = await api.member(tenant, "closer"), await api.member(tenant, "closer")
    async with await browser_of(api, ana) as own, await browser_of(api, eva) as other:
        lead = (await own.post("/crm/leads", json={"phone": PHONE})).json()
        mine = await own.post("/crm/leads", json={"phone": "+5411 5555 1234"})
        hers = await other.post("/crm/leads", json={"phone": PHONE})
    assert (mine.status_code, mine.json()["code"], mine.json()["lead_id"]) == (409, "duplicate_phone", lead["id"])
    assert (hers.status_code, hers.json()["code"], "lead_id" in hers.json()) == (409, "duplicate_phone", False)
    assert len(await events(api, tenant)) == 1


async def test_the_number_of_another_company_is_free(api: Api) -> None:
    for _ in range(2):
        async with await browser_of(api, await api.member(await make_tenant(api.db), "ceo")) as ceo:
            assert (await ceo.post("/crm/leads", json={"phone": PHONE})).status_code == 201


async def test_an_edit_writes_what_was_sent_and_announces_what_changed(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana = await api.member(tenant, "closer")
    async with await browser_of(api, ana) as own:
        lead = (await own.post("/crm/leads", json={"full_name": "Ana", "phone": PHONE, "company": "Acme"})).json()
        assert lead["owner_user_id"] == ana.user_id
        changes = {"company": None, "stage_key": "contacted", "value": "1500.50", "currency": "USD", "full_name": "Ana"}
        edited = (await own.patch(f"/crm/leads/{lead['id']}", json=changes)).json()
        assert (edited["company"], edited["stage_key"], edited["value"]) == (None, "contacted", "1500.50")
        assert (edited["phone"], edited["full_name"]) == (lead["phone"], "Ana")
        again = await own.patch(f"/crm/leads/{lead['id']}", json=changes)
        assert again.json() == edited
    found = await events(api, tenant)
    assert [event.name for event in found] == ["NEW_LEAD", "LEAD_UPDATED"]
    assert found[1].payload["changed"] == ["company", "stage_key", "value", "currency"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"stage_key": "no_such_stage"}, 409, "unknown_stage"),
        ({"phone": "12345 is none"}, 422, "bad_phone"),
        ({"value": "10"}, 422, "malformed"),
        ({"tenant_id": 1}, 422, "malformed"),
        ({"social_links": {"website": "http://a.example"}}, 422, "malformed"),
        ({"email": "none"}, 422, "malformed"),
    ],
)
async def test_what_no_rule_allows_changes_nothing(api: Api, body: JsonObject, status: int, code: str) -> None:
    tenant = await make_tenant(api.db)
    async with await browser_of(api, await api.member(tenant, "ceo")) as ceo:
        lead = (await ceo.post("/crm/leads", json={"full_name": "Ana"})).json()
        for answer in (
            await ceo.patch(f"/crm/leads/{lead['id']}", json=body),
            await ceo.post("/crm/leads", json={"full_name": "Eva", **body}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert (await ceo.get("/crm/leads")).json()["items"] == [lead]
    assert len(await events(api, tenant)) == 1


async def test_a_number_cannot_be_moved_onto_another_lead(api: Api) -> None:
    async with await browser_of(api, await api.member(await make_tenant(api.db), "ceo")) as ceo:
        first = (await ceo.post("/crm/leads", json={"phone": PHONE})).json()
        second = (await ceo.post("/crm/leads", json={"full_name": "Eva"})).json()
        answer = await ceo.patch(f"/crm/leads/{second['id']}", json={"phone": PHONE})
    assert (answer.status_code, answer.json()["lead_id"]) == (409, first["id"])


async def test_a_page_ends_where_the_next_begins_and_a_filter_holds(api: Api) -> None:
    async with await browser_of(api, await api.member(await make_tenant(api.db), "ceo")) as ceo:
        made = [(await ceo.post("/crm/leads", json={"full_name": f"Lead {n}"})).json()["id"] for n in range(5)]
        await ceo.patch(f"/crm/leads/{made[0]}", json={"stage_key": "contacted"})
        seen: list[int] = []
        cursor: str | None = ""
        while cursor is not None:
            answer = (await ceo.get("/crm/leads", params={"limit": 2, "cursor": cursor})).json()
            seen += [lead["id"] for lead in answer["items"]]
            cursor = answer["next_cursor"]
        staged = (await ceo.get("/crm/leads", params={"stage": "contacted"})).json()["items"]
        refused = [
            (await ceo.get("/crm/leads", params=query)).status_code for query in ({"limit": 101}, {"cursor": "x"})
        ]
    assert seen == made[::-1]
    assert [lead["id"] for lead in staged] == [made[0]]
    assert refused == [422, 422]


@pytest.mark.parametrize("path", ["/crm/leads", "/crm/clients", "/crm/patients"])
async def test_a_list_takes_a_hundred_a_minute_from_one_address(api: Api, path: str) -> None:
    cookie = await api.session(await api.member(await make_tenant(api.db), "ceo"))
    async with api.browser(cookie, address=fresh_address()) as ceo:
        codes = [(await ceo.get(path, params={"limit": 1})).status_code for _ in range(101)]
    assert codes == [200] * 100 + [429]


async def test_the_two_names_of_the_clients_share_their_hundred(api: Api) -> None:
    cookie = await api.session(await api.member(await make_tenant(api.db), "ceo"))
    async with api.browser(cookie, address=fresh_address()) as ceo:
        paths = ["/crm/clients", "/crm/patients"] * 50
        codes = [(await ceo.get(path, params={"limit": 1})).status_code for path in (*paths, *paths[:2])]
    assert codes == [200] * 100 + [429] * 2


async def test_who_loses_a_lead_hears_that_it_is_gone_and_nobody_else_does(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana, eva = await api.member(tenant, "closer"), await api.member(tenant, "closer")
    async with await browser_of(api, ana) as own, await browser_of(api, await api.member(tenant, "ceo")) as ceo:
        lead = (await own.post("/crm/leads", json={"full_name": "Lead"})).json()
        await ceo.patch(f"/crm/leads/{lead['id']}", json={"owner_user_id": eva.user_id})
    gone, now = (await events(api, tenant))[-2:]
    assert gone.payload == {"id": lead["id"], "visible": False, "owner_user_id": eva.user_id}
    assert isinstance(now.payload["lead"], dict)
    assert now.payload["lead"]["owner_user_id"] == eva.user_id
    heard = {member: set(rooms_of_principal(member.principal)) for member in (ana, eva)}
    left = set(rooms_of_event(int(tenant), "left", int(ana.user_id)))
    assert [bool(rooms & left) for rooms in heard.values()] == [True, False]
