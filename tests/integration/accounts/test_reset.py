"""A new password: by a link of the ceo, or knowing the old one; and what ends with it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.secret import Secret
from orchestrator_service.accounts.issue import LinkMaker
from orchestrator_service.accounts.reset_link import make_reset_link
from orchestrator_service.auth.link_tokens import LIFETIMES, issue_link, read_link
from tests.integration.accounts.company import NEW_PASSWORD, company, log_in, look, token_in, use
from tests.support.api import PASSWORD, Api


async def test_the_ceos_link_gives_a_new_password_ends_every_session_and_tells_the_person(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer", name="Ana Ruiz")
        async with api.browser(await api.session(ana)) as browser:
            token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
            assert (await browser.get("/auth/me")).status_code == 200, "asking for a link ends nothing"
            assert (await look(api, "reset", token)).json()["email"] == ana.email
            assert (await use(api, "/auth/reset", token)).status_code == 204
            assert (await browser.get("/auth/me")).status_code == 401
        assert [await log_in(api, ana.email, word) for word in (PASSWORD.reveal(), NEW_PASSWORD)] == [401, 204]
        assert (await use(api, "/auth/reset", token)).json()["code"] == "link_invalid"
        (told,) = await here.told(ana)
        assert told.kind == "password_reset"
        assert told.data.items() >= {"link_by": "ceo", "by_user_id": here.boss.user_id}.items()
        assert told.data["link_at"] is not None
        assert await here.told(here.boss) == []


async def test_of_fifty_who_use_a_link_at_once_exactly_one_does(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        passwords = [f"{NEW_PASSWORD} {number}" for number in range(50)]
        answers = await asyncio.gather(*(use(api, "/auth/reset", token, password) for password in passwords))
    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [204, *[403] * 49]
    assert await log_in(api, ana.email, passwords[codes.index(204)]) == 204


async def test_a_link_works_for_an_hour(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        api.clock.now += LIFETIMES["reset"] - timedelta(seconds=5)
        assert (await look(api, "reset", token)).status_code == 200
        api.clock.now += timedelta(seconds=6)
        assert (await look(api, "reset", token)).status_code == 403
        assert (await use(api, "/auth/reset", token)).status_code == 403


async def test_another_link_and_a_change_make_the_earlier_ones_worthless(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        place = f"/admin/core/users/{ana.user_id}/reset-link"
        first, second = token_in(await here.ceo.post(place)), token_in(await here.ceo.post(place))
        assert (await look(api, "reset", first)).status_code == 403
        async with api.browser(await api.session(ana)) as browser:
            body = {"old": PASSWORD.reveal(), "new": NEW_PASSWORD}
            assert (await browser.post("/auth/password", json=body)).status_code == 204
        assert (await use(api, "/auth/reset", second)).status_code == 403


@pytest.mark.parametrize("status", ["pending", "suspended"])
async def test_who_may_not_come_in_gets_no_link_and_one_that_is_shut_out_loses_it(api: Api, status: str) -> None:
    async with company(api) as here:
        shut = await api.member(here.tenant, "closer", status="pending" if status == "pending" else "suspended")
        answer = await here.ceo.post(f"/admin/core/users/{shut.user_id}/reset-link")
        assert (answer.status_code, answer.json()["code"]) == (409, "account_not_active")
        ana = await api.member(here.tenant, "closer")
        token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        verb = "hold" if status == "pending" else "suspend"
        assert (await here.ceo.post(f"/admin/core/users/{ana.user_id}/{verb}")).status_code == 200
        assert (await use(api, "/auth/reset", token)).status_code == 403
        assert (await here.ceo.post(f"/admin/core/users/{ana.user_id}/activate")).status_code == 200
        assert await log_in(api, ana.email) == 204


async def test_a_ceo_makes_no_link_for_themselves_or_another_company(api: Api) -> None:
    async with company(api) as here, company(api) as there:
        own = await here.ceo.post(f"/admin/core/users/{here.boss.user_id}/reset-link")
        foreign = await here.ceo.post(f"/admin/core/users/{there.boss.user_id}/reset-link")
    assert (own.json()["code"], foreign.json()["code"]) == ("own_account", "not_found")


async def test_links_stand_in_for_nothing_else(api: Api) -> None:
    """A link is no session, a session no link, one purpose not the other, one company not the other."""
    async with company(api) as here, company(api) as there:
        ana = await api.member(here.tenant, "closer")
        reset = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        invitation = token_in(await here.invite())
        async with api.browser(reset) as browser:
            assert (await browser.get("/auth/me")).status_code == 401
        assert (await use(api, "/auth/reset", await api.session(ana))).status_code == 403
        assert (await use(api, "/auth/invitation", reset)).status_code == 403
        assert (await use(api, "/auth/reset", invitation)).status_code == 403
        asked = [("reset", reset), ("reset", invitation), ("invitation", invitation), ("invitation", reset)]
        assert [(await look(api, purpose, token)).status_code for purpose, token in asked] == [200, 403, 200, 403]
        link = read_link(api.door.signer, Secret(reset), now=api.clock())
        foreign = type(link)(there.tenant, link.jti, link.purpose)
        moved = issue_link(api.door.signer, foreign, now=api.clock()).reveal()
        assert (await use(api, "/auth/reset", moved)).status_code == 403
        head, payload, signature = reset.split(".")
        for forged in (
            f"{head}.{payload}.{signature[:-4]}AAAA",
            f"{head}.{payload}.",
            f"{head}.{payload}x.{signature}",
        ):
            assert (await use(api, "/auth/reset", forged)).status_code == 403
        assert (await use(api, "/auth/reset", reset)).status_code == 204, "none of that has used it up"


async def test_a_link_that_does_not_work_is_told_of_once_a_minute(api: Api) -> None:
    async with api.browser() as browser:
        for _ in range(3):
            await browser.post("/auth/reset", json={"token": "nonsense", "password": NEW_PASSWORD})
    async with api.db.tenant(0) as tx:
        assert [row["action"] for row in await tx.connection.fetch("SELECT action FROM system_events")] == [
            "auth.link_refused"
        ]


async def test_the_operators_link_is_told_as_his(api: Api) -> None:
    async with company(api) as here:
        maker = LinkMaker(api.door.signer, api.door.keyring, "https://crm.example", mails=False)
        async with api.db.tenant(here.tenant) as tx:
            issued = await make_reset_link(tx, maker, here.boss.user_id, api.clock(), by=None)
        assert issued.link is not None
        address, _, token = issued.link.reveal().partition("#token=")
        assert address == "https://crm.example/reset"
        assert (await use(api, "/auth/reset", token)).status_code == 204
        (told,) = await here.told(here.boss)
        assert (told.data["link_by"], told.data.get("by_user_id")) == ("operator", None)


async def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        async with api.browser(await api.session(ana)) as this, api.browser(await api.session(ana)) as other:
            changed = await this.post("/auth/password", json={"old": PASSWORD.reveal(), "new": NEW_PASSWORD})
            assert changed.status_code == 204
            assert [(await browser.get("/auth/me")).status_code for browser in (this, other)] == [200, 401]
        assert [await log_in(api, ana.email, word) for word in (PASSWORD.reveal(), NEW_PASSWORD)] == [401, 204]


async def test_a_login_with_the_old_password_that_is_under_way_opens_no_session_any_more(api: Api) -> None:
    """The password is reset between its verification and the session that it would open."""
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        verify = api.passwords.verify_or_burn

        async def overtaken(stored: str | None, password: Secret) -> bool:
            right = await verify(stored, password)
            assert (await use(api, "/auth/reset", token)).status_code == 204
            return right

        with pytest.MonkeyPatch.context() as racing:
            racing.setattr(api.passwords, "verify_or_burn", overtaken)
            assert await log_in(api, ana.email) == 401
        assert await log_in(api, ana.email, NEW_PASSWORD) == 204


async def test_changing_wants_the_old_password_a_good_new_one_and_few_tries(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        async with api.browser(await api.session(ana)) as browser:
            wrong = await browser.post("/auth/password", json={"old": "none of them", "new": NEW_PASSWORD})
            weak = await browser.post("/auth/password", json={"old": PASSWORD.reveal(), "new": "password1234"})
            assert [answer.json()["code"] for answer in (wrong, weak)] == ["wrong_password", "weak_password"]
            codes = [
                (await browser.post("/auth/password", json={"old": "none of them", "new": NEW_PASSWORD})).status_code
                for _ in range(9)
            ]
        assert codes == [403] * 8 + [429]
        assert await log_in(api, ana.email) == 204
        logs = (await here.ceo.get("/admin/core/audit/logs", params={"user_id": ana.user_id})).json()["items"]
        assert "auth.password_refused" in {line["action"] for line in logs}
