"""API keys over HTTP: made once, held to scope and role, and worth nothing from the moment they are ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import httpx

from core.json_types import JsonObject
from core.principal import Role, TenantId
from core.statements import sibling_statements
from orchestrator_service.auth.bearer import PER_KEY
from tests.support.api import ORIGIN, Api, Member, fresh_address
from tests.support.factories import make_channel, make_conversation, make_tenant

SQL = sibling_statements(__file__)
PATH = "/admin/core/api-keys"


@dataclass(frozen=True)
class Line:
    action: str
    user_id: int | None
    subject: str | None
    api_key: str | None


def program(api: Api, key: str, *, address: str | None = None, **headers: str) -> httpx.AsyncClient:
    """A program with a key: no cookie, no page, no header of ours."""
    transport = httpx.ASGITransport(api.app, client=(address or fresh_address(), 4711))
    return httpx.AsyncClient(
        transport=transport, base_url=ORIGIN, headers={"Authorization": f"Bearer {key}", **headers}
    )


async def issue(api: Api, ceo: Member, *scopes: str, **more: object) -> JsonObject:
    async with api.browser(await api.session(ceo)) as browser:
        answer = await browser.post(PATH, json={"name": "Sheets", "scopes": list(scopes), **more})
    assert answer.status_code == 201, answer.text
    issued: JsonObject = answer.json()
    return issued


async def lines(api: Api, tenant: TenantId) -> list[Line]:
    async with api.db.tenant(tenant) as tx:
        return await tx.all(SQL["lines"], Line)


async def people(api: Api, *roles: Role) -> tuple[TenantId, list[Member]]:
    tenant = await make_tenant(api.db)
    return tenant, [await api.member(tenant, role) for role in roles]


async def test_a_key_is_shown_once_stored_hashed_and_named_in_the_log(api: Api) -> None:
    tenant, (ceo,) = await people(api, "ceo")
    issued = await issue(api, ceo, "leads.read", "leads.write", "leads.read")
    secret, key = str(issued["secret"]), issued["key"]
    assert isinstance(key, dict)
    assert secret.startswith("nxk_")
    assert len(secret) == 47
    assert key["scopes"] == ["leads.read", "leads.write"]
    assert key["hint"] == secret[-4:]
    async with program(api, secret) as client:
        created = await client.post("/crm/leads", json={"full_name": "By a program"})
        assert created.status_code == 201, "no cookie, so nothing to forge"
    async with api.browser(await api.session(ceo)) as browser:
        listed = await browser.get(PATH)
    assert secret not in listed.text
    assert listed.json()["items"][0]["last_used_at"] is not None
    async with api.db.tenant(tenant) as tx:
        stored = await tx.value(SQL["everything_stored"], str)
    assert stored is not None
    assert "Sheets" in stored
    assert secret not in stored
    assert secret[4:] not in stored
    logged = {line.action: line for line in await lines(api, tenant)}
    assert logged["leads.create"] == Line("leads.create", ceo.user_id, f"lead:{created.json()['id']}", str(key["id"]))
    assert logged["api_keys.create"].subject == f"api_key:{key['id']}"
    assert logged["api_keys.create"].api_key is None


async def test_a_key_may_what_its_scopes_and_its_users_role_both_allow(api: Api) -> None:
    tenant, (ceo, closer) = await people(api, "ceo", "closer")
    channel = (await make_channel(api.db, tenant)).channel_id
    mine = await make_conversation(api.db, tenant, channel, name="Mine", owner_user_id=closer.user_id)
    other = await make_conversation(api.db, tenant, channel, name="Other", owner_user_id=ceo.user_id)
    issued = await issue(api, ceo, "leads.read", user_id=closer.user_id)
    async with program(api, str(issued["secret"])) as client:
        names = [lead["full_name"] for lead in (await client.get("/crm/leads")).json()["items"]]
        assert names == ["Mine"], "own scope stays own"
        assert (await client.get(f"/crm/leads/{mine.lead_id}")).status_code == 200
        assert (await client.get(f"/crm/leads/{other.lead_id}")).status_code == 404
        refused = await client.patch(f"/crm/leads/{mine.lead_id}", json={"company": "Acme"})
        assert (refused.status_code, refused.json()["permission"]) == (403, "leads.write")
        assert (await client.get("/auth/me")).json()["code"] == "session_required"
        async with api.browser(await api.session(ceo)) as browser:
            await browser.patch(f"/admin/core/users/{closer.user_id}", json={"role": "secretary"})
            assert len((await client.get("/crm/leads")).json()["items"]) == 2, "the role of this moment"
            assert (await browser.post(f"/admin/core/users/{closer.user_id}/suspend")).status_code == 200
        assert (await client.get("/crm/leads")).json()["code"] == "key_invalid"
    async with api.browser(await api.session(ceo)) as browser:
        beyond = await browser.post(PATH, json={"name": "x", "scopes": ["reports.read"], "user_id": closer.user_id})
        assert beyond.json()["code"] == "owner_inactive"
        never = await browser.post(PATH, json={"name": "x", "scopes": ["vault.read"]})
        assert (never.status_code, never.json()["code"]) == (422, "unknown_scope")


async def test_a_key_that_is_ended_in_any_way_opens_nothing_at_once(api: Api) -> None:
    tenant, (ceo, setter) = await people(api, "ceo", "setter")
    ends = (api.clock() + timedelta(hours=1)).isoformat()
    issued = [await issue(api, ceo, "leads.read", **more) for more in ({}, {}, {"expires_at": ends})]
    ids = [one["key"]["id"] for one in issued if isinstance(one["key"], dict)]
    secrets = [str(one["secret"]) for one in issued]
    async with api.browser(await api.session(ceo)) as browser:
        for secret in secrets:
            assert await status_of(api, secret) == 200
        assert (await browser.delete(f"{PATH}/{ids[0]}")).status_code == 204
        rotated = (await browser.post(f"{PATH}/{ids[1]}/rotate")).json()
        assert rotated["key"]["id"] == ids[1]
        assert rotated["key"]["rotated_at"] is not None
        assert [await status_of(api, secret) for secret in (*secrets, rotated["secret"])] == [401, 401, 200, 200]
        api.clock.now += timedelta(hours=2)
        assert await status_of(api, secrets[2]) == 401
        again = await browser.post(f"{PATH}/{ids[0]}/rotate")
        assert (again.status_code, again.json()["code"]) == (409, "key_revoked")
        past = await browser.post(PATH, json={"name": "x", "scopes": ["leads.read"], "expires_at": ends})
        assert past.json()["code"] == "expires_in_past"
        too_much = await browser.post(
            PATH, json={"name": "x", "scopes": ["reports.read", "leads.read"], "user_id": setter.user_id}
        )
        assert (too_much.status_code, too_much.json()["scopes"]) == (409, ["reports.read"])
    told = [line for line in await lines(api, tenant) if line.action == "auth.key_refused"]
    assert {line.subject for line in told} == {f"api_key:{key_id}" for key_id in ids}, "its company is told"


async def status_of(api: Api, key: str) -> int:
    async with program(api, key) as client:
        return (await client.get("/crm/leads")).status_code


async def test_guesses_are_slowed_down_and_a_key_never_comes_with_a_cookie(api: Api) -> None:
    _, (ceo,) = await people(api, "ceo")
    secret = str((await issue(api, ceo, "leads.read"))["secret"])
    address = fresh_address()
    for wrong in ("nxk_" + "A" * 43, "no key at all"):
        async with program(api, wrong, address=address) as guesser:
            answers = [(await guesser.get("/crm/leads")).status_code for _ in range(11)]
    assert answers[8:] == [401, 429, 429]
    async with program(api, secret, Cookie=f"{api.door.cookie.name}={await api.session(ceo)}") as both:
        answer = await both.get("/crm/leads")
        assert (answer.status_code, answer.json()["code"]) == (400, "two_credentials")
    async with api.browser(await api.session(ceo)) as browser:
        key_id = (await browser.get(PATH)).json()["items"][0]["id"]
    for _ in range(599):
        await api.door.limiter.check_limits(PER_KEY, f"{ceo.tenant_id}:{key_id}")
    assert [await status_of(api, secret) for _ in range(2)] == [200, 429], "each key has its own measure"


async def test_the_description_says_which_operations_take_a_key(api: Api) -> None:
    document = api.app.openapi()
    assert document["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
    named = {
        path: document["paths"][path][method].get("security")
        for path, method in (("/crm/leads", "get"), (PATH, "post"), ("/auth/me", "get"), ("/auth/login", "post"))
    }
    assert named == {
        "/crm/leads": [{"session": []}, {"apiKey": []}],
        PATH: [{"session": [], "csrf": []}],
        "/auth/me": [{"session": []}],
        "/auth/login": [],
    }
