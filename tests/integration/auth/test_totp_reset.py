"""A ceo takes the second factor off a colleague who lost it; the account sees who did, and another company nothing."""

from __future__ import annotations

from orchestrator_service.auth.totp.reset import reset_totp
from tests.integration.auth.second_factor import WORD, protect, told
from tests.support.api import Api
from tests.support.factories import make_tenant


async def test_it_ends_the_sessions_is_written_down_and_told(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana, boss = await protect(api, tenant), await api.member(tenant, "ceo")
    async with api.browser(await api.session(boss)) as ceo, api.browser(ana.cookie) as browser:
        listed = (await ceo.get("/admin/core/users")).json()["items"]
        assert {account["id"]: account["totp"] for account in listed} == {
            ana.member.user_id: True,
            boss.user_id: False,
        }
        waiting = await ana.first_step(browser)
        reset = await ceo.post(f"/admin/core/users/{ana.member.user_id}/totp/reset")
        assert (reset.status_code, reset.json()["totp"]) == (200, False)
        assert (await browser.get("/auth/me")).status_code == 401
        late = await browser.post("/auth/login/code", json={"challenge": waiting, "code": ana.code()})
        assert late.json()["code"] == "challenge_invalid"
        login = await browser.post("/auth/login", json={"email": ana.member.email, "password": WORD})
        assert login.status_code == 204
        assert (await ceo.post(f"/admin/core/users/{ana.member.user_id}/totp/reset")).status_code == 200
    lines = [line for line in await ana.events() if line.action == "auth.totp_reset"]
    assert [(line.user_id, line.severity) for line in lines] == [(boss.user_id, "warning")], (
        "the second changed nothing"
    )
    assert await told(api, ana.member) == ["totp_reset"]
    assert await told(api, boss) == []


async def test_not_ones_own_nor_another_companys(api: Api) -> None:
    boss = await protect(api, await make_tenant(api.db), "ceo")
    theirs = await protect(api, await make_tenant(api.db))
    async with api.browser(boss.cookie) as ceo, api.browser(theirs.cookie) as browser:
        own = await ceo.post(f"/admin/core/users/{boss.member.user_id}/totp/reset")
        assert (own.status_code, own.json()["code"]) == (409, "own_account")
        foreign = await ceo.post(f"/admin/core/users/{theirs.member.user_id}/totp/reset")
        missing = await ceo.post("/admin/core/users/999999/totp/reset")
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content
        assert (await browser.get("/auth/totp")).json()["active"] is True


async def test_the_operator_does_it_for_a_ceo_who_lost_both(api: Api) -> None:
    boss = await protect(api, await make_tenant(api.db), "ceo")
    async with api.db.tenant(boss.member.tenant_id) as tx:
        assert await reset_totp(tx, boss.member.user_id, by=None, detail={"uid": 1000})
        assert not await reset_totp(tx, boss.member.user_id, by=None), "there is none any more"
    lines = [line for line in await boss.events() if line.action == "auth.totp_reset"]
    assert [(line.user_id, line.detail) for line in lines] == [(None, {"uid": 1000})]
    assert await told(api, boss.member) == ["totp_reset"]
