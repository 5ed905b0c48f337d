"""The second step of a login: once, in time, five wrong codes; and nothing else stands in for it (ADR 0011)."""

from __future__ import annotations

import asyncio

from core.system_events import NO_TENANT
from tests.integration.auth.second_factor import SQL, WORD, answer, move, protect, told
from tests.support.api import Api
from tests.support.factories import make_tenant


async def test_the_password_alone_opens_nothing_and_the_code_does(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    async with api.browser() as browser:
        challenge = await ana.first_step(browser)
        assert (await browser.get("/auth/me")).status_code == 401
        done = await answer(browser, challenge, ana.code())
        assert (done.status_code, done.content) == (204, b"")
        assert "HttpOnly" in done.headers["set-cookie"]
        assert (await browser.get("/auth/me")).json()["user"]["email"] == ana.member.email


async def test_a_challenge_is_no_session_and_a_session_no_challenge(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    async with api.browser() as browser:
        challenge = await ana.first_step(browser)
        refused = await answer(browser, ana.cookie, ana.code())
        assert (refused.status_code, refused.json()["code"]) == (401, "challenge_invalid")
    async with api.browser(challenge) as forger:
        assert (await forger.get("/auth/me")).status_code == 401
    async with api.browser(ana.cookie) as control:
        assert (await control.get("/auth/me")).status_code == 200


async def test_a_challenge_is_answered_once_and_within_five_minutes(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    async with api.browser() as browser:
        challenge, late = await ana.first_step(browser), await ana.first_step(browser)
        assert (await answer(browser, challenge, ana.code())).status_code == 204
        move(api, 30)
        assert (await answer(browser, challenge, ana.code())).json()["code"] == "challenge_invalid"
        move(api, 300)
        assert (await answer(browser, late, ana.code())).json()["code"] == "challenge_invalid"
        fresh = await ana.first_step(browser)
        assert (await answer(browser, fresh, ana.code())).status_code == 204
    async with api.db.tenant(ana.member.tenant_id) as tx:
        assert await tx.value(SQL["challenges_of"], int, user_id=ana.member.user_id) == 0, "none is left to lie around"


async def test_a_code_counts_once_and_none_from_before_it(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    move(api, 30)
    async with api.browser() as browser:
        first, second, third = [await ana.first_step(browser) for _ in range(3)]
        assert (await answer(browser, first, ana.code())).status_code == 204
        assert (await answer(browser, second, ana.code())).json()["code"] == "wrong_code"
        assert (await answer(browser, second, ana.code(-1))).json()["code"] == "wrong_code", "an earlier step"
        move(api, 30)
        assert (await answer(browser, third, ana.code())).status_code == 204


async def test_of_eight_answers_with_one_code_one_gets_in(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    browsers = [api.browser() for _ in range(8)]
    challenges = [await ana.first_step(browser) for browser in browsers]
    pairs = zip(browsers, challenges, strict=True)
    done = await asyncio.gather(*(answer(browser, challenge, ana.code()) for browser, challenge in pairs))
    assert sorted(each.status_code for each in done) == [204, *[403] * 7]
    for browser in browsers:
        await browser.aclose()


async def test_five_wrong_codes_void_the_challenge_and_the_owner_is_told(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    eva = await api.member(ana.member.tenant_id, "ceo")
    async with api.browser() as browser:
        challenge, other = await ana.first_step(browser), await ana.first_step(browser)
        codes = [(await answer(browser, challenge, ana.wrong())).json()["code"] for _ in range(5)]
        assert codes == ["wrong_code"] * 4 + ["challenge_invalid"]
        assert (await answer(browser, challenge, ana.code())).json()["code"] == "challenge_invalid"
        assert (await answer(browser, other, ana.code())).status_code == 204, "the control: another one counts"
    refused = [line for line in await ana.events() if line.action == "auth.code_refused"]
    assert [line.detail["reason"] for line in refused] == ["wrong_code"] * 4 + ["challenge_invalid"] * 2
    assert await told(api, ana.member) == ["codes_refused"]
    assert await told(api, eva) == []


async def test_ten_tries_of_an_account_from_anywhere_are_enough(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    eva = await protect(api, ana.member.tenant_id)
    statuses: list[int] = []
    for _ in range(2):
        async with api.browser() as browser:
            challenge = await ana.first_step(browser)
            statuses += [(await answer(browser, challenge, ana.wrong())).status_code for _ in range(5)]
    async with api.browser() as browser:
        throttled = await answer(browser, await ana.first_step(browser), ana.code())
        assert (throttled.status_code, throttled.json()["code"]) == (429, "rate_limited")
        assert (await answer(browser, await eva.first_step(browser), eva.code())).status_code == 204
    # The code that confirmed it was the first of the ten.
    assert statuses == [403, 403, 403, 403, 401, 403, 403, 403, 403, 429]


async def test_a_recovery_code_gets_in_once_is_written_down_and_told(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    eva = await protect(api, ana.member.tenant_id)
    async with api.browser() as browser:
        used = ana.codes[0].upper().replace("-", " ")
        assert (await answer(browser, await ana.first_step(browser), used)).status_code == 204
        assert (await browser.get("/auth/totp")).json()["recovery_codes_left"] == 9
        again = await ana.first_step(browser)
        assert (await answer(browser, again, ana.codes[0])).json()["code"] == "wrong_code"
        assert (await answer(browser, again, eva.codes[1])).json()["code"] == "wrong_code", "a colleague's"
        assert (await answer(browser, again, ana.codes[1])).status_code == 204
    lines = [line for line in await ana.events() if line.action == "auth.recovery_code_used"]
    assert len(lines) == 2
    written = repr(await ana.events())
    assert not any(code in written for code in ana.codes)
    assert await told(api, ana.member) == ["recovery_code_used"]


async def test_the_code_of_another_companys_account_is_worth_nothing(api: Api) -> None:
    ours, theirs = await protect(api, await make_tenant(api.db)), await protect(api, await make_tenant(api.db))
    async with api.browser() as browser:
        challenge = await ours.first_step(browser)
        for code in (theirs.code(), theirs.codes[0]):
            assert (await answer(browser, challenge, code)).json()["code"] == "wrong_code"
        assert (await answer(browser, challenge, ours.code())).status_code == 204


async def test_a_suspension_between_the_steps_counts(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana, boss = await protect(api, tenant), await api.member(tenant, "ceo")
    async with api.browser() as browser, api.browser(await api.session(boss)) as ceo:
        challenge = await ana.first_step(browser)
        assert (await ceo.post(f"/admin/core/users/{ana.member.user_id}/suspend")).status_code == 200
        assert (await answer(browser, challenge, ana.code())).json()["code"] == "challenge_invalid"
        assert (await ceo.post(f"/admin/core/users/{ana.member.user_id}/activate")).status_code == 200
        assert (await answer(browser, challenge, ana.code())).json()["code"] == "challenge_invalid", "it is void"
        assert (await answer(browser, await ana.first_step(browser), ana.code())).status_code == 204


async def test_a_stranger_does_not_learn_who_has_one(api: Api) -> None:
    ana = await protect(api, await make_tenant(api.db))
    plain = await api.member(ana.member.tenant_id, "closer")
    answers: list[tuple[int, bytes]] = []
    for email in (ana.member.email, plain.email):
        async with api.browser() as browser:
            refused = await browser.post("/auth/login", json={"email": email, "password": "another long password"})
            answers.append((refused.status_code, refused.content))
    assert answers[0] == answers[1]


async def test_both_steps_are_in_the_audit_log_and_forged_challenges_ring(api: Api) -> None:
    boss = await protect(api, await make_tenant(api.db), "ceo")
    async with api.browser() as browser:
        await answer(browser, await boss.first_step(browser), boss.code())
        logs = (await browser.get("/admin/core/audit/logs", params={"user_id": boss.member.user_id})).json()["items"]
        found = {line["action"]: line for line in logs}
        assert found["auth.login"]["detail"] == {"second_factor": "totp"}
        assert found["auth.code_asked"]["address"].startswith("10.")
        assert WORD not in str(logs)
        for _ in range(2):
            assert (await answer(browser, "forged", "123456")).status_code == 401
    async with api.db.tenant(NO_TENANT) as tx:
        assert await tx.value(SQL["forged"], int) == 1, "one a minute of an address"
