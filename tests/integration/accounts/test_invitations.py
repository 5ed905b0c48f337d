"""An invitation by the ceo is the activation given in advance: by a link that works once, for one person."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from orchestrator_service.accounts import repository
from orchestrator_service.auth.link_tokens import LIFETIMES
from tests.integration.accounts.company import (
    INVITATIONS,
    NEW_PASSWORD,
    SQL,
    Company,
    company,
    log_in,
    look,
    token_in,
    use,
)
from tests.support.api import Api, fresh_email


async def test_the_ceo_invites_and_the_invited_chooses_a_password_and_is_in(api: Api) -> None:
    email = fresh_email()
    async with company(api, "Clínica Sur") as here:
        answer = await here.invite(email.upper(), name="Nora Díaz", role="setter")
        assert answer.status_code == 201
        assert answer.json()["invitation"].items() >= {"email": email, "role": "setter", "mail": None}.items()
        token = token_in(answer)
        assert await here.standing(email) is None, "no account before somebody accepts"
        target = (await look(api, "invitation", token)).json()
        assert (target["email"], target["name"], target["company"]) == (email, "Nora Díaz", "Clínica Sur")
        assert (await use(api, "/auth/invitation", token)).status_code == 204
        assert await log_in(api, email, NEW_PASSWORD) == 204
        standing = await here.standing(email)
        assert standing is not None
        assert (standing.name, standing.role, standing.status) == ("Nora Díaz", "setter", "active")
        assert await here.open_invitations() == []


async def test_of_fifty_who_accept_at_once_exactly_one_does(api: Api) -> None:
    email = fresh_email()
    async with company(api) as here:
        token = token_in(await here.invite(email))
        passwords = [f"{NEW_PASSWORD} {number}" for number in range(50)]
        answers = await asyncio.gather(*(use(api, "/auth/invitation", token, password) for password in passwords))
    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [204, *[403] * 49]
    assert {answer.json()["code"] for answer in answers if answer.status_code != 204} == {"link_invalid"}
    winner = passwords[codes.index(204)]
    assert await log_in(api, email, winner) == 204


async def test_control_without_the_one_statement_several_would_win(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked up and marked in two steps: what the statement that uses a link up is there to prevent."""
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        seen = await here.tokens()
        used = repository.UsedLink(ana.user_id, None, "ceo", None, api.clock())

        async def looked(*_: object) -> repository.UsedLink:
            await asyncio.sleep(0)
            return used

        monkeypatch.setattr(repository, "use_token", looked)
        answers = await asyncio.gather(*(use(api, "/auth/reset", token) for _ in range(5)))
    assert len(seen) == 1
    assert sum(answer.status_code == 204 for answer in answers) > 1


async def test_an_invitation_ends_after_seven_days_and_can_be_sent_again(api: Api) -> None:
    email = fresh_email()
    async with company(api) as here:
        made = await here.invite(email)
        api.clock.now += LIFETIMES["invitation"] - timedelta(minutes=1)
        assert (await look(api, "invitation", token_in(made))).status_code == 200
        api.clock.now += timedelta(minutes=2)
        assert (await use(api, "/auth/invitation", token_in(made))).json()["code"] == "link_invalid"
        place = f"{INVITATIONS}/{made.json()['invitation']['id']}/resend"
        async with api.browser(await api.session(here.boss)) as ceo:  # the first session has ended by now
            again = await ceo.post(place)
            latest = await ceo.post(place)
        assert (again.status_code, latest.status_code) == (200, 200)
        assert (await use(api, "/auth/invitation", token_in(again))).status_code == 403
        assert (await use(api, "/auth/invitation", token_in(latest))).status_code == 204
        assert await log_in(api, email, NEW_PASSWORD) == 204


async def test_an_invitation_that_was_taken_back_leads_nowhere_and_frees_the_e_mail(api: Api) -> None:
    email = fresh_email()
    async with company(api) as here:
        made = await here.invite(email)
        place = f"{INVITATIONS}/{made.json()['invitation']['id']}"
        assert (await here.invite(email)).json()["code"] == "already_invited"
        assert (await here.ceo.delete(place)).status_code == 204
        assert (await here.ceo.delete(place)).status_code == 404
        assert (await here.ceo.post(f"{place}/resend")).status_code == 404
        assert (await look(api, "invitation", token_in(made))).status_code == 403
        assert (await use(api, "/auth/invitation", token_in(made))).status_code == 403
        assert (await here.invite(email)).status_code == 201


async def test_inviting_tells_a_ceo_nothing_about_who_is_known_elsewhere(api: Api) -> None:
    async with company(api) as here, company(api) as there:
        eva = await api.member(there.tenant, "closer")
        known, unknown = await here.invite(eva.email), await here.invite()
        assert (known.status_code, set(known.json())) == (unknown.status_code, set(unknown.json()))
        shown = [set(line) for line in await here.open_invitations()]
        assert shown == [shown[0]] * 2
        # That it cannot be accepted is told to whoever holds the link, and changes nothing there.
        refused = await use(api, "/auth/invitation", token_in(known))
        assert (refused.status_code, refused.json()["code"]) == (409, "email_taken")
        assert await here.standing(eva.email) is None
        assert await log_in(api, eva.email) == 204
        # Refused is not used up: once the e-mail is free the link works.
        assert (await look(api, "invitation", token_in(known))).status_code == 200


async def test_an_e_mail_is_free_elsewhere_while_it_is_only_invited(api: Api) -> None:
    email = fresh_email()
    async with company(api) as here, company(api) as there:
        first, second = await here.invite(email), await there.invite(email)
        assert (await use(api, "/auth/invitation", token_in(second))).status_code == 204
        assert (await use(api, "/auth/invitation", token_in(first))).json()["code"] == "email_taken"
        assert await here.standing(email) is None


async def test_who_works_here_already_is_not_invited(api: Api) -> None:
    async with company(api) as here:
        for status in ("active", "pending", "suspended"):
            colleague = await api.member(here.tenant, "closer", status=status)
            answer = await here.invite(colleague.email)
            assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_who_asked_to_join_meanwhile_is_let_in_by_the_invitation(api: Api) -> None:
    async with company(api) as here:
        email = fresh_email()
        token = token_in(await here.invite(email, role="secretary"))
        async with api.browser() as browser:
            code = (await here.ceo.post("/admin/core/join-code")).json()["code"]
            asked = {"join_code": code, "email": email, "name": "N", "role": "closer", "password": "of somebody else x"}
            assert (await browser.post("/auth/register", json=asked)).status_code == 202
        assert (await use(api, "/auth/invitation", token)).status_code == 204
        standing = await here.standing(email)
        assert standing is not None
        assert (standing.name, standing.role, standing.status) == ("Nora Díaz", "secretary", "active")
        assert [await log_in(api, email, word) for word in (NEW_PASSWORD, "of somebody else x")] == [204, 401]


async def test_a_weak_password_leaves_the_link_working(api: Api) -> None:
    async with company(api) as here:
        token = token_in(await here.invite())
        refused = await use(api, "/auth/invitation", token, "password1234")
        assert refused.json()["code"] == "weak_password"
        assert (await use(api, "/auth/invitation", token)).status_code == 204


@pytest.mark.parametrize("changed", [{"role": "ceo"}, {"role": "admin"}, {"email": "none"}, {"tenant_id": "1"}])
async def test_nobody_is_invited_as_ceo_or_with_a_bad_form(api: Api, changed: dict[str, str]) -> None:
    async with company(api) as here:
        email = changed.pop("email", None)
        assert (await here.invite(email, **changed)).json()["code"] == "malformed"


async def test_a_suspended_company_lets_nobody_in(api: Api) -> None:
    async with company(api) as here:
        token = token_in(await here.invite())
        async with api.db.tenant(here.tenant) as tx:
            await tx.run(SQL["suspend_tenant"])
        assert (await use(api, "/auth/invitation", token)).status_code == 403


async def test_all_of_it_is_in_the_audit_log_and_no_link_is(api: Api) -> None:
    async with company(api) as here:
        made = await here.invite()
        place = f"{INVITATIONS}/{made.json()['invitation']['id']}"
        again = await here.ceo.post(f"{place}/resend")
        await use(api, "/auth/invitation", token_in(again))
        await here.ceo.delete(f"{INVITATIONS}/{(await here.invite()).json()['invitation']['id']}")
        logs = (await here.ceo.get("/admin/core/audit/logs", params={"limit": 100})).json()["items"]
        assert {"invitations.created", "invitations.resent", "invitations.accepted", "invitations.revoked"} <= {
            line["action"] for line in logs
        }
        created = next(line for line in logs if line["action"] == "invitations.created")
        assert created["user_id"] == here.boss.user_id
        assert created["detail"] == {"role": "closer", "by": "shown link"}
        assert not any(token_in(answer) in str(logs) for answer in (made, again))
        assert [token.sealed for token in await here.tokens()] == [None, None, None]


async def test_another_company_neither_sees_nor_touches_it(api: Api) -> None:
    async with company(api) as here, company(api) as there:
        place = f"{INVITATIONS}/{(await here.invite()).json()['invitation']['id']}"
        assert await there.open_invitations() == []
        assert (await there.ceo.post(f"{place}/resend")).status_code == 404
        assert (await there.ceo.delete(place)).status_code == 404
        assert len(await here.open_invitations()) == 1


async def test_many_invitations_come_in_pages(api: Api) -> None:
    async with company(api) as here:
        ids = [(await here.invite()).json()["invitation"]["id"] for _ in range(3)]
        assert await _pages(here) == ids[::-1]


async def _pages(here: Company) -> list[int]:
    first = (await here.ceo.get(INVITATIONS, params={"limit": 2})).json()
    rest = (await here.ceo.get(INVITATIONS, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert rest["next_cursor"] is None
    return [line["id"] for line in (*first["items"], *rest["items"])]
