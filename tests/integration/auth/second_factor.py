"""Somebody with a second factor, their app, and their two steps of a login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
from pyotp.totp import TOTP

from core.contracts import AccountNotice
from core.json_types import JsonObject
from core.principal import Role, TenantId
from core.statements import sibling_statements
from orchestrator_service.notifications.account_notice import tell_owner
from tests.support.api import PASSWORD, Api, Member

SQL = sibling_statements(__file__)
WORD = PASSWORD.reveal()


@dataclass(frozen=True)
class Kept:
    """One stored value, as text."""

    kept: str


@dataclass(frozen=True)
class Line:
    """One event of an account."""

    action: str
    severity: str
    user_id: int | None
    subject: str
    detail: JsonObject


@dataclass(frozen=True)
class Told:
    """A notification."""

    kind: str


@dataclass(frozen=True)
class Waiting:
    """The payload of a job."""

    args: dict[str, Any]


@dataclass
class Protected:
    """A member with a second factor. `cookie` is of the session that set it up; `codes` their recovery codes."""

    api: Api
    member: Member
    cookie: str
    secret: str
    codes: list[str]

    def code(self, steps: int = 0) -> str:
        """What the app shows now, or that many steps from now."""
        return TOTP(self.secret).at(self.api.clock(), counter_offset=steps)

    def wrong(self) -> str:
        """Six digits that are no code of the moment."""
        good = {self.code(steps) for steps in range(-2, 3)}
        return next(text for text in (f"{number:06d}" for number in range(10)) if text not in good)

    async def events(self) -> list[Line]:
        """What was written down of the account."""
        async with self.api.db.tenant(self.member.tenant_id) as tx:
            return await tx.all(SQL["own_events"], Line, user_id=str(self.member.user_id))

    async def first_step(self, browser: httpx.AsyncClient) -> str:
        """Log in with the password: the challenge."""
        answer = await browser.post("/auth/login", json={"email": self.member.email, "password": WORD})
        assert answer.status_code == 200, answer.text
        assert "nexus_session" not in answer.headers["set-cookie"], "the browser is known from now on, and not in"
        assert answer.json()["expires_in"] == 300
        challenge = answer.json()["challenge"]
        assert isinstance(challenge, str)
        return challenge


async def protect(api: Api, tenant: TenantId, role: Role = "closer", name: str = "Ana Pérez") -> Protected:
    """A new member who has set one up; the clock is a step further then, so that the app shows a fresh code."""
    member = await api.member(tenant, role, name=name)
    cookie = await api.session(member)
    async with api.browser(cookie) as browser:
        begun = (await browser.post("/auth/totp", json={"password": WORD})).json()
        secret = str(begun["secret"])
        confirmed = await browser.post("/auth/totp/confirm", json={"code": TOTP(secret).at(api.clock())})
        assert confirmed.status_code == 200, confirmed.text
    move(api, 30)
    return Protected(api, member, cookie, secret, confirmed.json()["recovery_codes"])


def move(api: Api, seconds: int) -> None:
    """Let time pass."""
    api.clock.now = api.clock.now.fromtimestamp(api.clock.now.timestamp() + seconds, api.clock.now.tzinfo)


async def answer(browser: httpx.AsyncClient, challenge: str, code: str) -> httpx.Response:
    """The second step."""
    return await browser.post("/auth/login/code", json={"challenge": challenge, "code": code})


async def told(api: Api, member: Member) -> list[str]:
    """Do what waits to be told, and what the member was told."""
    async with api.db.system() as jobs:
        waiting = await jobs.all(SQL["notices_waiting"], Waiting)
    for job in waiting:
        await tell_owner(api.db, AccountNotice(**job.args))
    async with api.db.tenant(member.tenant_id) as tx:
        return [line.kind for line in await tx.all(SQL["notices_of"], Told, user_id=member.user_id)]
