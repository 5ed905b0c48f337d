"""Who forgot a password gets one answer; only those who may make the link learn who asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import httpx
import pytest

from core.contracts import ResetAsked
from core.request_id import current_request_id
from core.statements import Statement
from orchestrator_service.accounts.reset_asked import tell_of_request
from tests.integration.accounts.company import NEW_PASSWORD, SQL, company, log_in, token_in, use
from tests.support.api import Api, fresh_address, fresh_email


@dataclass(frozen=True)
class Job:
    name: str
    args: str


async def forgot(api: Api, email: str, address: str | None = None) -> httpx.Response:
    async with api.browser(address=address) as browser:
        return await browser.post("/auth/forgot", json={"email": email})


async def jobs(api: Api) -> list[Job]:
    async with api.db.system() as tx:
        return await tx.all(SQL["jobs_waiting"], Job)


async def test_the_ceo_is_told_makes_the_link_and_the_person_comes_in_again(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        assert (await forgot(api, ana.email)).status_code == 202
        await tell_of_request(api.db, ResetAsked(here.tenant, ana.user_id))
        assert [told.kind for told in await here.told(here.boss)] == ["reset_asked"]
        assert await here.told(ana) == []
        users = (await here.ceo.get("/admin/core/users")).json()["items"]
        assert [user["id"] for user in users if user["reset_asked_at"]] == [ana.user_id]
        token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        users = (await here.ceo.get("/admin/core/users")).json()["items"]
        assert not any(user["reset_asked_at"] for user in users)
        assert (await use(api, "/auth/reset", token)).status_code == 204
        assert await log_in(api, ana.email, NEW_PASSWORD) == 204


async def test_a_request_can_be_put_aside(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        await forgot(api, ana.email)
        place = f"/admin/core/users/{ana.user_id}/reset-request"
        assert [(await here.ceo.delete(place)).status_code for _ in range(2)] == [204, 404]
        await tell_of_request(api.db, ResetAsked(here.tenant, ana.user_id))
        assert await here.told(here.boss) == [], "answered before the worker came to it"


async def test_whoever_asks_for_whomever_gets_the_same_bytes_for_the_same_statements(api: Api) -> None:
    """Counted, not clocked: the same statements in the same order, and one job, for everybody."""
    async with company(api) as here:
        emails = {
            "known": (await api.member(here.tenant, "closer")).email,
            "pending": (await api.member(here.tenant, "closer", status="pending")).email,
            "suspended": (await api.member(here.tenant, "closer", status="suspended")).email,
            "unknown": fresh_email(),
        }
        for mails in (False, True):
            api.app.state.access = replace(api.door, mails=mails)
            seen = {who: await watched(api, email) for who, email in emails.items()}
            assert len(seen["unknown"].statements) >= 2
            assert [one for one in seen.values() if one != seen["unknown"]] == []
        assert [token.origin for token in await here.tokens()] == ["person"], "for the one who may come in"


@dataclass(frozen=True)
class Watched:
    status: int
    body: bytes
    headers: tuple[str, ...]
    statements: tuple[str, ...]
    jobs: int


async def watched(api: Api, email: str) -> Watched:
    before = len(await jobs(api))
    statements: list[str] = []
    arguments = Statement.arguments

    def noted(self: Statement, tenant_id: int | None, params: Mapping[str, object]) -> tuple[object, ...]:
        if current_request_id() is not None:  # what works in the background is nobody's request
            statements.append(self.name)
        return arguments(self, tenant_id, params)

    with pytest.MonkeyPatch.context() as spying:
        spying.setattr(Statement, "arguments", noted)
        answer = await forgot(api, email)
    names = tuple(sorted(answer.headers))
    return Watched(answer.status_code, answer.content, names, tuple(statements), len(await jobs(api)) - before)


async def test_a_company_that_is_shut_has_nobody_who_forgot(api: Api) -> None:
    async with company(api) as here:
        async with api.db.tenant(here.tenant) as tx:
            await tx.run(SQL["suspend_tenant"])
        assert (await forgot(api, here.boss.email)).status_code == 202
        assert await here.tokens() == []


async def test_an_address_asks_three_times_a_minute(api: Api) -> None:
    address = fresh_address()
    codes = [(await forgot(api, fresh_email(), address)).status_code for _ in range(4)]
    assert codes == [202, 202, 202, 429]


async def test_an_account_is_asked_for_three_times_an_hour_and_nobody_is_told(api: Api) -> None:
    api.app.state.access = replace(api.door, mails=True)
    async with company(api) as here:
        answers = [await forgot(api, here.boss.email) for _ in range(5)]
        assert {(answer.status_code, answer.content) for answer in answers} == {(202, b'{"status":"accepted"}')}
        assert len(await here.tokens()) == 3


async def test_a_stranger_who_asks_makes_the_ceos_link_not_worthless(api: Api) -> None:
    async with company(api) as here:
        ana = await api.member(here.tenant, "closer")
        token = token_in(await here.ceo.post(f"/admin/core/users/{ana.user_id}/reset-link"))
        await forgot(api, ana.email)
        assert (await use(api, "/auth/reset", token)).status_code == 204
        users = (await here.ceo.get("/admin/core/users")).json()["items"]
        assert not any(user["reset_asked_at"] for user in users), "a new password answers the request"
