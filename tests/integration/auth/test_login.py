"""The login story: who gets in, what strangers learn (nothing), and when a session ends (at once)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.auth.login import LIFETIME
from orchestrator_service.auth.passwords import PasswordHasherPool
from tests.support.api import PASSWORD, Api, fresh_address, fresh_email
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)


def credentials(email: str, password: str = PASSWORD.reveal()) -> dict[str, str]:
    return {"email": email, "password": password}


async def log_in(api: Api, email: str, password: str = PASSWORD.reveal()) -> httpx.Response:
    async with api.browser() as browser:
        return await browser.post("/auth/login", json=credentials(email, password))


async def test_a_login_opens_a_session_that_a_logout_ends_for_good(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db, "Acme"), "closer")
    async with api.browser() as browser:
        answer = await browser.post("/auth/login", json=credentials(ana.email.upper()))
        assert answer.status_code == 204
        cookie = answer.headers["set-cookie"]
        me = (await browser.get("/auth/me")).json()
        assert (me["user"]["email"], me["user"]["role"], me["tenant"]["name"]) == (ana.email, "closer", "Acme")
        assert {"permission": "leads.read", "scope": "own"} in me["permissions"]
        assert not any(right["permission"] == "users.read" for right in me["permissions"])
        left = await browser.post("/auth/logout")
        assert left.status_code == 204
        assert "Max-Age=0" in left.headers["set-cookie"]
    stolen = cookie.partition("=")[2].partition(";")[0]
    async with api.browser(stolen) as thief:
        assert (await thief.get("/auth/me")).status_code == 401


async def test_the_cookie_is_for_this_host_and_no_script(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "ceo")
    cookie = (await log_in(api, ana.email)).headers.get_list("set-cookie")[0]
    attributes = {part.strip() for part in cookie.split(";")[1:]}
    assert cookie.startswith("nexus_session=")
    assert attributes == {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={int(LIFETIME.total_seconds())}"}


async def test_unknown_wrong_and_suspended_company_are_one_answer_and_one_work(api: Api) -> None:
    here, shut = await make_tenant(api.db), await make_tenant(api.db)
    ana, eva = await api.member(here, "closer"), await api.member(shut, "ceo")
    async with api.db.tenant(shut) as tx:
        await tx.run(SQL["suspend_tenant"])
    answers: list[tuple[int, bytes]] = []
    for email, password in [
        (fresh_email(), PASSWORD.reveal()),
        (ana.email, "another long password"),
        (eva.email, PASSWORD.reveal()),
        (ana.email, "x" * 1000),
    ]:
        before = api.passwords.verified, api.passwords.hashed
        answer = await log_in(api, email, password)
        assert (api.passwords.verified, api.passwords.hashed) == (before[0] + 1, before[1])
        assert "set-cookie" not in answer.headers
        answers.append((answer.status_code, answer.content))
    assert {status for status, _ in answers} == {401}
    assert len({body for _, body in answers}) == 1


@pytest.mark.parametrize("status", ["pending", "suspended"])
async def test_a_status_is_told_only_after_the_right_password(api: Api, status: str) -> None:
    assert status in {"pending", "suspended"}
    tenant = await make_tenant(api.db)
    ana = await api.member(tenant, "closer", status="pending" if status == "pending" else "suspended")
    wrong = await log_in(api, ana.email, "another long password")
    right = await log_in(api, ana.email)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "bad_credentials")
    assert (right.status_code, right.json()["code"]) == (403, f"account_{status}")
    assert "set-cookie" not in right.headers


async def test_suspension_and_another_role_end_every_session_at_once(api: Api) -> None:
    tenant = await make_tenant(api.db)
    boss, ana = await api.member(tenant, "ceo"), await api.member(tenant, "closer")
    async with api.browser(await api.session(boss)) as ceo:
        for request in (
            ("POST", f"/admin/core/users/{ana.user_id}/suspend", None),
            ("PATCH", f"/admin/core/users/{ana.user_id}", {"role": "setter"}),
        ):
            async with api.browser(await api.session(ana)) as browser:
                assert (await browser.get("/auth/me")).status_code == 200
                assert (await ceo.request(request[0], request[1], json=request[2])).status_code == 200
                assert (await browser.get("/auth/me")).status_code == 401
            assert (await ceo.post(f"/admin/core/users/{ana.user_id}/activate")).status_code == 200
            async with api.browser(await api.session(ana)) as browser:
                assert (await browser.get("/auth/me")).status_code == 200


async def test_a_suspended_user_is_out_even_where_a_session_was_left(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer", status="suspended")
    async with api.browser(await api.session(ana)) as browser:
        assert (await browser.get("/auth/me")).status_code == 401


async def test_a_ceo_cannot_suspend_or_demote_themselves(api: Api) -> None:
    boss = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(boss)) as ceo:
        suspended = await ceo.post(f"/admin/core/users/{boss.user_id}/suspend")
        demoted = await ceo.patch(f"/admin/core/users/{boss.user_id}", json={"role": "setter"})
    assert [answer.json()["code"] for answer in (suspended, demoted)] == ["own_account", "own_account"]


async def test_a_session_ends_with_its_time(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    async with api.browser() as browser:
        await browser.post("/auth/login", json=credentials(ana.email))
        api.clock.now += LIFETIME - timedelta(seconds=30)
        assert (await browser.get("/auth/me")).status_code == 200
        api.clock.now += timedelta(minutes=1)
        assert (await browser.get("/auth/me")).status_code == 401


async def test_one_ends_ones_own_sessions_and_nobody_elses(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana, eva = await api.member(tenant, "closer"), await api.member(tenant, "closer")
    lost, mine = await api.session(ana), await api.session(ana)
    async with api.browser(mine) as browser, api.browser(await api.session(eva)) as other:
        listed = (await browser.get("/auth/sessions")).json()["items"]
        assert sorted(session["current"] for session in listed) == [False, True]
        gone = next(session["id"] for session in listed if not session["current"])
        assert (await other.delete(f"/auth/sessions/{gone}")).status_code == 404
        assert (await browser.delete(f"/auth/sessions/{gone}")).status_code == 204
        assert (await browser.delete(f"/auth/sessions/{gone}")).status_code == 404
    async with api.browser(lost) as browser:
        assert (await browser.get("/auth/me")).status_code == 401


async def test_login_takes_five_a_minute_from_one_address(api: Api) -> None:
    address = fresh_address()
    async with api.browser(address=address) as browser:
        codes = [(await browser.post("/auth/login", json=credentials(fresh_email()))).status_code for _ in range(5)]
        sixth = await browser.post("/auth/login", json=credentials(fresh_email()))
    assert codes == [401] * 5
    assert (sixth.status_code, sixth.json()["code"]) == (429, "rate_limited")
    assert 1 <= int(sixth.headers["retry-after"]) <= 60


@pytest.mark.parametrize("missing", ["X-Nexus-CSRF", "Origin"])
@pytest.mark.parametrize("path", ["/auth/login", "/auth/register"])
async def test_a_login_that_another_site_sends_is_refused(api: Api, path: str, missing: str) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    async with api.browser() as browser:
        del browser.headers[missing]
        answer = await browser.post(path, json=credentials(ana.email))
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_refused")
    assert "set-cookie" not in answer.headers


async def test_an_old_hash_is_renewed_by_the_next_login(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    weak = PasswordHasherPool(memory_kib=32, rounds=2)
    old = await weak.hash(Secret(PASSWORD.reveal()))
    weak.close()
    async with api.db.tenant(ana.tenant_id) as tx:
        await tx.run(SQL["set_hash"], user_id=ana.user_id, password_hash=old)
    assert (await log_in(api, ana.email)).status_code == 204
    async with api.db.tenant(ana.tenant_id) as tx:
        new = await tx.value(SQL["hash_of"], str, user_id=ana.user_id)
    assert new is not None
    assert new != old
    assert not api.passwords.needs_rehash(new)
    assert (await log_in(api, ana.email)).status_code == 204


async def test_every_login_and_refusal_is_in_the_audit_log(api: Api) -> None:
    boss = await api.member(await make_tenant(api.db), "ceo")
    await log_in(api, boss.email, "another long password")
    await log_in(api, boss.email)
    async with api.browser(await api.session(boss)) as ceo:
        logs = (await ceo.get("/admin/core/audit/logs", params={"user_id": boss.user_id})).json()["items"]
    found = {line["action"]: line for line in logs}
    assert found["auth.login"]["address"].startswith("10.")
    assert found["auth.login_refused"]["detail"] == {"reason": "wrong_credentials"}
    assert PASSWORD.reveal() not in str(logs)
