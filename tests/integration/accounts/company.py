"""A company with its ceo at the browser, and what links of it become."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import httpx

from core.json_types import JsonObject
from core.principal import TenantId
from core.statements import sibling_statements
from tests.support.api import PASSWORD, Api, Member, fresh_email
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)
NEW_PASSWORD = "seven copper kettles whistle"
INVITATIONS = "/admin/core/invitations"


@dataclass(frozen=True)
class Token:
    id: int
    purpose: str
    origin: str
    mail: str | None
    sealed: str | None
    used: bool
    voided: bool


@dataclass(frozen=True)
class Told:
    kind: str
    data: JsonObject


@dataclass(frozen=True)
class Standing:
    id: int
    name: str
    role: str
    status: str


@dataclass
class Company:
    api: Api
    tenant: TenantId
    boss: Member
    ceo: httpx.AsyncClient

    async def invite(self, email: str | None = None, **changed: str) -> httpx.Response:
        wanted = {"email": email or fresh_email(), "name": "Nora Díaz", "role": "closer", **changed}
        return await self.ceo.post(INVITATIONS, json=wanted)

    async def open_invitations(self) -> list[dict[str, object]]:
        items: list[dict[str, object]] = (await self.ceo.get(INVITATIONS)).json()["items"]
        return items

    async def tokens(self) -> list[Token]:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.all(SQL["tokens"], Token)

    async def told(self, member: Member) -> list[Told]:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.all(SQL["notices"], Told, user_id=member.user_id)

    async def standing(self, email: str) -> Standing | None:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.one(SQL["accounts_of"], Standing, email=email)


@asynccontextmanager
async def company(api: Api, name: str = "Acme") -> AsyncGenerator[Company]:
    tenant = await make_tenant(api.db, name)
    boss = await api.member(tenant, "ceo", name="Carla Ríos")
    async with api.browser(await api.session(boss)) as ceo:
        yield Company(api, tenant, boss, ceo)


def token_in(answer: httpx.Response) -> str:
    """The token of the link that a ceo was shown."""
    body = answer.json()
    link = cast("str", (body.get("issued") or body)["link"])
    address, _, token = link.partition("#token=")
    assert address.endswith(("/reset", "/invitation"))
    assert "?" not in link
    return token


async def use(api: Api, path: str, token: str, password: str = NEW_PASSWORD) -> httpx.Response:
    async with api.browser() as browser:
        return await browser.post(path, json={"token": token, "password": password})


async def look(api: Api, purpose: str, token: str) -> httpx.Response:
    async with api.browser() as browser:
        return await browser.post("/auth/link", json={"purpose": purpose, "token": token})


async def log_in(api: Api, email: str, password: str = PASSWORD.reveal()) -> int:
    async with api.browser() as browser:
        return (await browser.post("/auth/login", json={"email": email, "password": password})).status_code
