"""The Gatekeeper: register with the join code, wait for the ceo, log in; strangers learn nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from core.json_types import JsonObject
from core.principal import ROLES, TenantId
from core.statements import sibling_statements
from orchestrator_service.auth.govern import UNDO_TIME
from orchestrator_service.auth.join_code import rotate_join_code
from orchestrator_service.auth.permissions import Permission, scope_of
from tests.support.api import PASSWORD, Api, fresh_address, fresh_email
from tests.support.factories import DIRECTORY, KEYRING, make_tenant

SQL = sibling_statements(__file__)


@dataclass(frozen=True)
class Announced:
    """A row of the outbox."""

    name: str
    audience: str
    payload: JsonObject


async def code_of(api: Api, tenant: TenantId) -> str:
    async with api.db.tenant(tenant) as tx:
        return (await rotate_join_code(tx, DIRECTORY, KEYRING)).reveal()


def form(code: str, email: str, /, **changed: str) -> dict[str, str]:
    person = {"join_code": code, "email": email, "name": "Ana", "role": "closer", "password": PASSWORD.reveal()}
    return person | changed


async def register(api: Api, body: dict[str, str]) -> httpx.Response:
    async with api.browser() as browser:
        return await browser.post("/auth/register", json=body)


async def status_of(api: Api, tenant: TenantId, email: str) -> str | None:
    async with api.db.tenant(tenant) as tx:
        return await tx.value(SQL["status_of"], str, email=email)


async def test_a_person_registers_waits_is_let_in_and_logs_in(api: Api) -> None:
    tenant = await make_tenant(api.db)
    boss = await api.member(tenant, "ceo")
    email = fresh_email()
    async with api.browser(await api.session(boss)) as ceo:
        assert (await ceo.get("/admin/core/join-code")).json() == {"code": None}
        code = (await ceo.post("/admin/core/join-code")).json()["code"]
        assert (await ceo.get("/admin/core/join-code")).json() == {"code": code}
        assert (await register(api, form(code, email))).status_code == 202
        waiting = (await ceo.get("/admin/core/users", params={"status": "pending"})).json()["items"]
        assert [(user["email"], user["role"]) for user in waiting] == [(email, "closer")]
        async with api.browser() as browser:
            login = {"email": email, "password": PASSWORD.reveal()}
            assert (await browser.post("/auth/login", json=login)).json()["code"] == "account_pending"
            assert (await ceo.post(f"/admin/core/users/{waiting[0]['id']}/activate")).json()["status"] == "active"
            assert (await browser.post("/auth/login", json=login)).status_code == 204
            assert (await browser.get("/auth/me")).json()["user"]["email"] == email


async def heard(api: Api, tenant: TenantId) -> list[tuple[str, str, object, object]]:
    """What was announced of accounts, to whom; an account that sells is announced as a seller, too."""
    async with api.db.tenant(tenant) as tx:
        events = await tx.all(SQL["announced"], Announced)
    return [
        (event.name, event.audience, event.payload["id"], event.payload["status"])
        for event in events
        if event.name == "USER_UPDATED"
    ]


async def test_a_request_and_its_answer_are_announced_to_those_who_read_accounts(api: Api) -> None:
    tenant = await make_tenant(api.db)
    boss, email = await api.member(tenant, "ceo"), fresh_email()
    await register(api, form(await code_of(api, tenant), email))
    await register(api, form(await code_of(api, tenant), email))  # known by now: nothing to announce
    async with api.browser(await api.session(boss)) as ceo:
        [waiting] = (await ceo.get("/admin/core/users", params={"status": "pending"})).json()["items"]
        for verb in ("activate", "suspend"):
            await ceo.post(f"/admin/core/users/{waiting['id']}/{verb}")
    states = ("pending", "active", "suspended")
    assert await heard(api, tenant) == [("USER_UPDATED", "accounts", waiting["id"], state) for state in states]


async def test_a_hasty_answer_is_taken_back(api: Api) -> None:
    tenant = await make_tenant(api.db)
    boss, email = await api.member(tenant, "ceo"), fresh_email()
    await register(api, form(await code_of(api, tenant), email))
    async with api.browser(await api.session(boss)) as ceo:
        [waiting] = (await ceo.get("/admin/core/users", params={"status": "pending"})).json()["items"]
        for verb in ("activate", "suspend"):
            await ceo.post(f"/admin/core/users/{waiting['id']}/{verb}")
            held = await ceo.post(f"/admin/core/users/{waiting['id']}/hold")
            assert held.json() == {**waiting, "status": "pending", "activated_at": None}
        async with api.browser() as browser:
            login = {"email": email, "password": PASSWORD.reveal()}
            assert (await browser.post("/auth/login", json=login)).json()["code"] == "account_pending"


async def test_taking_it_back_ends_the_sessions_and_is_no_way_to_forget_a_colleague(api: Api) -> None:
    tenant = await make_tenant(api.db)
    boss, closer = await api.member(tenant, "ceo"), await api.member(tenant, "closer")
    cookie = await api.session(closer)
    async with api.browser(await api.session(boss)) as ceo:
        assert (await ceo.post(f"/admin/core/users/{boss.user_id}/hold")).json()["code"] == "own_account"
        assert (await ceo.post(f"/admin/core/users/{closer.user_id}/hold")).status_code == 200
        async with api.browser(cookie) as browser:
            assert (await browser.get("/auth/me")).status_code == 401
        await ceo.post(f"/admin/core/users/{closer.user_id}/activate")
        api.clock.now = datetime.now(UTC) + UNDO_TIME + timedelta(seconds=5)
        late = await ceo.post(f"/admin/core/users/{closer.user_id}/hold")
        assert (late.status_code, late.json()["code"]) == (409, "known_account")


async def test_the_roles_are_the_permission_table(api: Api) -> None:
    tenant = await make_tenant(api.db)
    async with api.browser(await api.session(await api.member(tenant, "ceo"))) as ceo:
        table = (await ceo.get("/auth/roles")).json()
    assert table["roles"] == list(ROLES)
    shown = {row["permission"]: row["scopes"] for row in table["items"]}
    assert list(shown) == [permission.value for permission in Permission]
    for permission in Permission:
        assert shown[permission.value] == {role: scope_of(role, permission).name.lower() for role in ROLES}


async def test_a_known_e_mail_and_an_unknown_code_get_the_same_bytes_for_the_same_work(api: Api) -> None:
    here, there = await make_tenant(api.db), await make_tenant(api.db)
    code = await code_of(api, here)
    ana, eva = await api.member(here, "closer"), await api.member(there, "closer")
    new, lost = fresh_email(), fresh_email()
    answers: list[tuple[bytes, list[str], int]] = []
    for body in (form(code, new), form(code, ana.email), form(code, eva.email), form("no such code", lost)):
        before = api.passwords.hashed
        answer = await register(api, body)
        assert answer.status_code == 202
        answers.append((answer.content, sorted(answer.headers), api.passwords.hashed - before))
    assert answers == [answers[0]] * 4
    assert [await status_of(api, here, email) for email in (new, eva.email, lost)] == ["pending", None, None]


async def test_a_rotated_code_leads_nowhere(api: Api) -> None:
    tenant = await make_tenant(api.db)
    old = await code_of(api, tenant)
    await code_of(api, tenant)
    email = fresh_email()
    assert (await register(api, form(old, email))).status_code == 202
    assert await status_of(api, tenant, email) is None


async def test_the_code_of_a_company_joins_that_company_alone(api: Api) -> None:
    here, there = await make_tenant(api.db), await make_tenant(api.db)
    await code_of(api, there)
    email = fresh_email()
    await register(api, form(await code_of(api, here), email))
    assert (await status_of(api, here, email), await status_of(api, there, email)) == ("pending", None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"role": "ceo"}, "malformed"),
        ({"role": "admin"}, "malformed"),
        ({"password": "tiny-8421"}, "weak_password"),
        ({"password": "password1234"}, "weak_password"),
        ({"email": "no address"}, "malformed"),
        ({"tenant_id": "1"}, "malformed"),
    ],
)
async def test_nobody_registers_as_ceo_or_with_a_bad_form(api: Api, changed: dict[str, str], code: str) -> None:
    tenant = await make_tenant(api.db)
    email = fresh_email()
    answer = await register(api, form(await code_of(api, tenant), email, **changed))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert changed.get("password", "tiny-8421") not in answer.text
    assert await status_of(api, tenant, email) is None


async def test_register_takes_three_a_minute_from_one_address(api: Api) -> None:
    async with api.browser(address=fresh_address()) as browser:
        codes = [(await browser.post("/auth/register", json=form("x", fresh_email()))).status_code for _ in range(4)]
    assert codes == [202, 202, 202, 429]
