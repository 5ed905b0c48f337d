"""Setting a second factor up, renewing its codes and turning it off: only with what one knows and has (ADR 0011)."""

from __future__ import annotations

import asyncio

import pytest
from pyotp.totp import TOTP

from core.secret import Secret
from orchestrator_service.auth.totp.recovery import code_hash
from tests.integration.auth.second_factor import SQL, WORD, Kept, move, protect
from tests.support.api import Api
from tests.support.factories import make_tenant


async def test_it_counts_only_once_a_right_code_was_given(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    async with api.browser(await api.session(ana)) as browser:
        begun = await browser.post("/auth/totp", json={"password": WORD})
        assert begun.status_code == 201
        assert begun.json()["uri"].startswith("otpauth://totp/")
        assert begun.json()["secret"] in begun.json()["uri"]
        assert (await browser.get("/auth/totp")).json()["active"] is False
        login = await browser.post("/auth/login", json={"email": ana.email, "password": WORD})
        assert login.status_code == 204, "a secret that waits protects nothing yet"
        wrong = await browser.post("/auth/totp/confirm", json={"code": "abcdef"})
        assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_code")
        right = await browser.post("/auth/totp/confirm", json={"code": TOTP(begun.json()["secret"]).at(api.clock())})
        assert len(right.json()["recovery_codes"]) == 10
        state = (await browser.get("/auth/totp")).json()
    assert (state["active"], state["recovery_codes_left"], state["required"]) == (True, 10, False)
    assert state["active_since"] is not None


async def test_beginning_asks_for_the_password_and_begins_anew(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    async with api.browser(await api.session(ana)) as browser:
        refused = await browser.post("/auth/totp", json={"password": "another long password"})
        assert (refused.status_code, refused.json()["code"]) == (403, "wrong_password")
        assert (await browser.get("/auth/me")).status_code == 200, "the session counts on"
        first = (await browser.post("/auth/totp", json={"password": WORD})).json()["secret"]
        second = (await browser.post("/auth/totp", json={"password": WORD})).json()["secret"]
        assert first != second
        old = await browser.post("/auth/totp/confirm", json={"code": TOTP(first).at(api.clock())})
        assert old.json()["code"] == "wrong_code"
        new = await browser.post("/auth/totp/confirm", json={"code": TOTP(second).at(api.clock())})
        assert new.status_code == 200
        again = await browser.post("/auth/totp", json={"password": WORD})
        assert (again.status_code, again.json()["code"]) == (409, "totp_active")
        twice = await browser.post("/auth/totp/confirm", json={"code": TOTP(second).at(api.clock())})
        assert twice.json()["code"] == "totp_missing"


async def test_the_password_is_tried_ten_times(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    cookie = await api.session(ana)
    statuses: list[int] = []
    for _ in range(11):
        async with api.browser(cookie) as browser:
            wrong = {"password": "another long password"}
            statuses.append((await browser.post("/auth/totp", json=wrong)).status_code)
    assert statuses == [403] * 10 + [429]


async def test_turning_it_on_or_off_ends_the_other_sessions_and_the_waiting_logins(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana = await api.member(tenant, "closer")
    before, mine = await api.session(ana), await api.session(ana)
    async with api.browser(mine) as browser, api.browser(before) as other:
        secret = (await browser.post("/auth/totp", json={"password": WORD})).json()["secret"]
        assert (await other.get("/auth/me")).status_code == 200
        await browser.post("/auth/totp/confirm", json={"code": TOTP(secret).at(api.clock())})
        assert (await other.get("/auth/me")).status_code == 401
        assert (await browser.get("/auth/me")).status_code == 200
    move(api, 30)
    async with api.browser(mine) as browser, api.browser(await api.session(ana)) as other:
        waiting = await other.post("/auth/login", json={"email": ana.email, "password": WORD})
        both = {"password": WORD, "code": TOTP(secret).at(api.clock())}
        assert (await browser.post("/auth/totp/off", json=both)).status_code == 204
        assert (await other.get("/auth/me")).status_code == 401
        assert (await browser.get("/auth/me")).status_code == 200
        move(api, 30)
        late = {"challenge": waiting.json()["challenge"], "code": TOTP(secret).at(api.clock())}
        assert (await other.post("/auth/login/code", json=late)).status_code == 401
        assert (await other.post("/auth/login", json={"email": ana.email, "password": WORD})).status_code == 204


@pytest.mark.parametrize("path", ["/auth/totp/off", "/auth/totp/recovery-codes"])
async def test_what_changes_it_asks_for_password_and_code(api: Api, path: str) -> None:
    ana = await protect(api, await make_tenant(api.db))
    async with api.browser(ana.cookie) as browser:
        for body, code in (
            ({"password": "another long password", "code": ana.code()}, "wrong_password"),
            ({"password": WORD, "code": ana.wrong()}, "wrong_code"),
            ({"password": WORD, "code": "0000-0000-0000-0000"}, "wrong_code"),
        ):
            refused = await browser.post(path, json=body)
            assert (refused.status_code, refused.json()["code"]) == (403, code)
        assert (await browser.get("/auth/totp")).json()["active"] is True
        done = await browser.post(path, json={"password": WORD, "code": ana.code()})
        assert done.status_code in {200, 204}
    assert [line.action for line in await ana.events() if line.severity == "warning"][:3] == [
        "auth.password_refused",
        "auth.code_refused",
        "auth.code_refused",
    ]


async def test_a_recovery_code_turns_it_off_too(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    async with api.browser(ana.cookie) as browser:
        off = await browser.post("/auth/totp/off", json={"password": WORD, "code": ana.codes[0]})
        assert off.status_code == 204
        state = (await browser.get("/auth/totp")).json()
    assert (state["active"], state["recovery_codes_left"]) == (False, 0)


async def test_without_one_there_is_nothing_to_change(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    async with api.browser(await api.session(ana)) as browser:
        for path in ("/auth/totp/off", "/auth/totp/recovery-codes"):
            refused = await browser.post(path, json={"password": WORD, "code": "123456"})
            assert (refused.status_code, refused.json()["code"]) == (409, "totp_missing")


async def test_new_recovery_codes_make_the_old_ones_worthless(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    async with api.browser(ana.cookie) as browser:
        fresh = await browser.post("/auth/totp/recovery-codes", json={"password": WORD, "code": ana.codes[3]})
        new = fresh.json()["recovery_codes"]
        assert not set(new) & set(ana.codes)
        old = await browser.post("/auth/totp/off", json={"password": WORD, "code": ana.codes[4]})
        assert old.json()["code"] == "wrong_code"
        assert (await browser.get("/auth/totp")).json()["recovery_codes_left"] == 10
        assert (await browser.post("/auth/totp/off", json={"password": WORD, "code": new[0]})).status_code == 204


async def test_neither_secret_nor_codes_lie_readable_and_answers_are_not_kept(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    async with api.db.tenant(ana.member.tenant_id) as tx:
        kept = " ".join(line.kept for line in await tx.all(SQL["stored_secrets"], Kept))
    assert "v2." in kept
    plain = [code.replace("-", "") for code in ana.codes]
    for secret in (ana.secret, ana.secret[-4:], *ana.codes, *plain):
        assert secret not in kept
    assert code_hash(ana.member.tenant_id, ana.member.user_id, Secret(ana.codes[0])).hex()
    written = repr(await ana.events())
    assert not any(secret in written for secret in (ana.secret, *ana.codes))
    async with api.browser(await api.session(await api.member(ana.member.tenant_id, "setter"))) as browser:
        begun = await browser.post("/auth/totp", json={"password": WORD})
    assert begun.headers["cache-control"] == "no-store"


async def test_a_secret_that_was_moved_to_another_account_does_not_open(api: Api) -> None:
    tenant = await make_tenant(api.db)
    thief, victim = await protect(api, tenant), await protect(api, tenant)
    async with api.db.tenant(tenant) as tx:
        await tx.run(SQL["drop_secret"], user_id=str(victim.member.user_id))
        ids = {"giver": str(thief.member.user_id), "receiver": str(victim.member.user_id)}
        assert await tx.run(SQL["move_secret"], **ids) == 1
    async with api.browser() as browser:
        challenge = await victim.first_step(browser)
        refused = await browser.post("/auth/login/code", json={"challenge": challenge, "code": thief.code()})
    assert (refused.status_code, refused.json()["code"]) == (503, "vault_unavailable")
    assert "vault.not_opened" in [line.action for line in await victim.events()]


async def test_of_two_confirmations_at_once_one_counts(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    async with api.browser(await api.session(ana)) as browser:
        secret = (await browser.post("/auth/totp", json={"password": WORD})).json()["secret"]
        body = {"code": TOTP(secret).at(api.clock())}
        done = await asyncio.gather(*(browser.post("/auth/totp/confirm", json=body) for _ in range(4)))
        assert sorted(answer.status_code for answer in done) == [200, 409, 409, 409]
