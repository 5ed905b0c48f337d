"""A company of a test's own, beside the demo one: what it demands of its people concerns nobody else."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
from playwright.async_api import BrowserContext
from pyotp.totp import TOTP

from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.acceptance.running import nexus
from tests.browser.instance import Instance, browser_headers

PASSWORD = "nine purple lanterns drift"
_addresses = itertools.count(1)


@dataclass
class Person:
    """Somebody of it. `secret` is their app's, once they have one; `session` a cookie of theirs."""

    url: str
    email: str
    password: str = field(repr=False)
    session: str = ""
    secret: str = ""
    codes: list[str] = field(default_factory=list[str], repr=False)

    def code(self, *, ahead: int = 1) -> str:
        """What the app will show in a moment: the one of now may be used already, and the next one fits too."""
        return code_of(self.secret, ahead=ahead)

    async def protect(self) -> None:
        """Set a second factor up."""
        async with _client(self.url, self.session) as client:
            begun = (await client.post("/auth/totp", json={"password": self.password})).raise_for_status().json()
            self.secret = begun["secret"]
            body = {"code": self.code(ahead=0)}
            self.codes = (
                (await client.post("/auth/totp/confirm", json=body)).raise_for_status().json()["recovery_codes"]
            )

    async def enter(self, context: BrowserContext) -> None:
        """Be logged in in that window."""
        cookie = {"name": LOOPBACK_COOKIE, "value": self.session, "url": self.url, "httpOnly": True}
        await context.add_cookies([cookie])  # pyright: ignore[reportArgumentType] - a literal of its typed dict


async def make_company(instance: Instance) -> Person:
    """Its ceo, logged in."""
    email = f"ceo-{uuid4().hex[:8]}@dos-pasos.example"
    named = ("--name", "Dos Pasos", "--ceo-email", email, "--ceo-name", "Rita Molina")
    made = nexus("tenant", "create", "--demo", *named, "--state", instance.state)
    assert made.returncode == 0, made.stderr
    return await _logged_in(Person(instance.url, email, made.stdout.rpartition(": ")[2].strip()))


async def ask_to_join(ceo: Person, name: str) -> Person:
    """Somebody who waits to be let in."""
    email = f"{uuid4().hex[:10]}@dos-pasos.example"
    async with _client(ceo.url, ceo.session) as boss, _client(ceo.url) as stranger:
        code = (await boss.get("/admin/core/join-code")).raise_for_status().json()["code"]
        wanted = {"join_code": code, "email": email, "name": name, "role": "closer", "password": PASSWORD}
        (await stranger.post("/auth/register", json=wanted)).raise_for_status()
    return Person(ceo.url, email, PASSWORD)


async def add_member(ceo: Person, name: str) -> Person:
    """Somebody who asked to join, was let in, and is logged in."""
    asked = await ask_to_join(ceo, name)
    async with _client(ceo.url, ceo.session) as boss:
        (waiting,) = (await boss.get("/admin/core/users", params={"status": "pending"})).json()["items"]
        (await boss.post(f"/admin/core/users/{waiting['id']}/activate")).raise_for_status()
    return await _logged_in(asked)


async def demand(ceo: Person, *, required: bool) -> None:
    """Whether the company wants a second factor of everybody."""
    async with _client(ceo.url, ceo.session) as boss:
        (await boss.put("/admin/core/security", json={"require_totp": required})).raise_for_status()


def code_of(secret: str, *, ahead: int = 1) -> str:
    """A code of the app, some steps ahead."""
    totp = TOTP(secret)
    return totp.generate_otp(totp.timecode(time.time()) + ahead)


async def _logged_in(person: Person) -> Person:
    async with _client(person.url) as client:
        login = {"email": person.email, "password": person.password}
        (await client.post("/auth/login", json=login)).raise_for_status()
        person.session = client.cookies[LOOPBACK_COOKIE]
    return person


def _client(url: str, session: str | None = None) -> httpx.AsyncClient:
    cookies = {LOOPBACK_COOKIE: session} if session else None
    headers = browser_headers(url, f"2001:db8:5afe:{next(_addresses):x}::1")
    return httpx.AsyncClient(base_url=url, headers=headers, cookies=cookies, trust_env=False, timeout=20)
