"""What ends sessions also ends the logins that are under way at that moment: none slips through in between."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from pyotp.totp import TOTP

from orchestrator_service.auth import login, repository
from orchestrator_service.auth.totp import login_code
from orchestrator_service.provisioning.tenants import set_tenant_status
from tests.integration.accounts.company import NEW_PASSWORD, Company, company, token_in, use
from tests.integration.auth.second_factor import WORD, Protected, answer, protect
from tests.support.api import PASSWORD, Api

HEAD_START = 0.5  # seconds in which the other one gets as far as it can
End = Callable[[Company, Protected], Awaitable[httpx.Response]]


async def reset(here: Company, ana: Protected) -> httpx.Response:
    link = await here.ceo.post(f"/admin/core/users/{ana.member.user_id}/reset-link")
    return await use(here.api, "/auth/reset", token_in(link))


async def changed_password(here: Company, ana: Protected) -> httpx.Response:
    async with here.api.browser(ana.cookie) as own:
        return await own.post("/auth/password", json={"old": PASSWORD.reveal(), "new": NEW_PASSWORD})


async def suspension(here: Company, ana: Protected) -> httpx.Response:
    return await here.ceo.post(f"/admin/core/users/{ana.member.user_id}/suspend")


async def another_role(here: Company, ana: Protected) -> httpx.Response:
    return await here.ceo.patch(f"/admin/core/users/{ana.member.user_id}", json={"role": "setter"})


ENDS: tuple[End, ...] = (reset, changed_password, suspension, another_role)


@pytest.mark.parametrize("end", ENDS)
async def test_a_login_that_waits_for_its_code_is_void(api: Api, end: End) -> None:
    async with company(api) as here, api.browser() as browser:
        ana = await protect(api, here.tenant)
        challenge = await ana.first_step(browser)
        assert (await end(here, ana)).status_code in {200, 204}
        assert (await answer(browser, challenge, ana.code())).json()["code"] == "challenge_invalid"


def slowed(work: Callable[..., Awaitable[Any]], meanwhile: Callable[[], Awaitable[object]]) -> tuple[Any, list[Any]]:
    """The same work, after which somebody else gets a head start; and whom to wait for in the end."""
    others: list[Any] = []

    async def then_wait(*args: Any, **kwargs: Any) -> Any:
        done = await work(*args, **kwargs)
        if not others:
            others.append(asyncio.ensure_future(meanwhile()))
            await asyncio.wait(others, timeout=HEAD_START)
        return done

    return then_wait, others


@pytest.mark.parametrize("end", ENDS)
async def test_a_session_that_a_code_opens_meanwhile_ends_too(
    api: Api, end: End, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with company(api) as here, api.browser() as browser:
        ana = await protect(api, here.tenant)
        challenge = await ana.first_step(browser)
        proving, others = slowed(login_code.prove, lambda: end(here, ana))
        monkeypatch.setattr(login_code, "prove", proving)
        assert (await answer(browser, challenge, ana.code())).status_code == 204
        assert (await others[0]).status_code in {200, 204}
        await here.ceo.post(f"/admin/core/users/{ana.member.user_id}/activate")
        assert (await browser.get("/auth/me")).status_code == 401


async def test_a_session_without_a_code_that_opens_while_a_second_factor_is_set_up_ends_too(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with company(api) as here, api.browser() as browser:
        member = await api.member(here.tenant, "closer")
        async with api.browser(await api.session(member)) as own:
            secret = (await own.post("/auth/totp", json={"password": WORD})).json()["secret"]
            body = {"code": TOTP(secret).at(api.clock())}
            asking, others = slowed(login.challenge, lambda: own.post("/auth/totp/confirm", json=body))
            monkeypatch.setattr(login, "challenge", asking)
            entered = await browser.post("/auth/login", json={"email": member.email, "password": WORD})
            assert entered.status_code == 204
            assert (await others[0]).status_code == 200
            assert (await own.get("/auth/me")).status_code == 200
        assert (await browser.get("/auth/me")).status_code == 401


@pytest.mark.parametrize("verb", ["suspend", "demote", "hold"])
async def test_of_two_ceos_who_shut_each_other_out_one_stays(
    api: Api, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with company(api) as here:
        other = await api.member(here.tenant, "ceo")
        both_came = asyncio.Barrier(2)
        lock = repository.lock_accounts

        async def together(*args: Any, **kwargs: Any) -> Any:
            await both_came.wait()
            return await lock(*args, **kwargs)

        monkeypatch.setattr(repository, "lock_accounts", together)

        async def shut(ceo: httpx.AsyncClient, whom: int) -> int:
            if verb == "demote":
                return (await ceo.patch(f"/admin/core/users/{whom}", json={"role": "closer"})).status_code
            return (await ceo.post(f"/admin/core/users/{whom}/{verb}")).status_code

        async with api.browser(await api.session(other)) as second:
            done = await asyncio.gather(shut(here.ceo, other.user_id), shut(second, here.boss.user_id))
        assert sorted(done) == [200, 403]
        async with api.db.tenant(here.tenant) as tx:
            users = await repository.list_users(tx, status="active", before_id=2**62, most=10)
        assert [user.role for user in users].count("ceo") == 1


async def test_a_company_that_was_shut_and_works_again_has_nobody_logged_in(api: Api) -> None:
    async with company(api) as here, company(api) as other, api.browser() as browser:
        ana = await protect(api, here.tenant)
        challenge = await ana.first_step(browser)
        await set_tenant_status(api.db, here.tenant, "suspended")
        assert (await here.ceo.get("/auth/me")).status_code == 401
        await set_tenant_status(api.db, here.tenant, "active")
        assert (await here.ceo.get("/auth/me")).status_code == 401
        assert (await answer(browser, challenge, ana.code())).json()["code"] == "challenge_invalid"
        assert (await answer(browser, await ana.first_step(browser), ana.code())).status_code == 204
        assert (await other.ceo.get("/auth/me")).status_code == 200
