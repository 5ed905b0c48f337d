"""The API service in the test's own process and loop, on a fresh database, and browsers that talk to it."""

import base64
import contextlib
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
from fastapi import FastAPI

from core.config import Settings
from core.database import Database
from core.principal import Principal, Role, TenantId, UserId
from core.rate_limit import RateLimiter
from core.secret import Secret
from orchestrator_service.auth import repository
from orchestrator_service.auth.create_user import create_user
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.models import NewUser, UserStatus
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.auth.throttle import LoginThrottle
from orchestrator_service.auth.tokens import SessionClaims
from orchestrator_service.main import create_app
from tests.support import servers
from tests.support.factories import DIRECTORY, DIRECTORY_KEY

ORIGIN = "http://127.0.0.1:8000"
PASSWORD = Secret("nine purple lanterns drift")
LIFETIME = timedelta(days=1)


class CountedPasswords(PasswordHasherPool):
    """Cheap Argon2, and how often it was asked to work: what an attacker would measure with a clock."""

    def __init__(self) -> None:
        super().__init__(memory_kib=64, rounds=1)
        self.verified = 0
        self.hashed = 0

    async def hash(self, password: Secret) -> str:
        self.hashed += 1
        return await super().hash(password)

    async def verify_or_burn(self, stored: str | None, password: Secret) -> bool:
        self.verified += 1
        return await super().verify_or_burn(stored, password)


@dataclass
class StillClock:
    """Time that the test moves."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Api:
    """A running API service. `naps` are the seconds for which answers to logins were held back: nobody waits here."""

    app: FastAPI
    passwords: CountedPasswords
    clock: StillClock
    naps: list[float] = field(default_factory=list[float])

    @property
    def door(self) -> AccessDoor:
        door = self.app.state.access
        assert isinstance(door, AccessDoor)
        return door

    @property
    def db(self) -> Database:
        return self.door.database

    def browser(self, cookie: str | None = None, *, address: str | None = None) -> httpx.AsyncClient:
        """A browser with an address of its own, so that the limits of one test do not count for another."""
        transport = httpx.ASGITransport(self.app, client=(address or fresh_address(), 4711))
        headers = {"Origin": ORIGIN, "X-Nexus-CSRF": "1"}
        cookies = {self.door.cookie.name: cookie} if cookie else {}
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers, cookies=cookies)

    async def member(
        self, tenant_id: TenantId, role: Role, *, status: UserStatus = "active", name: str = "Ana Pérez"
    ) -> "Member":
        """An account of a company, with an e-mail of its own."""
        email = fresh_email()
        user = NewUser(email, name, role, status, await PasswordHasherPool.hash(self.passwords, PASSWORD))
        async with self.db.tenant(tenant_id) as tx:
            user_id = await create_user(tx, DIRECTORY, user)
        return Member(tenant_id, user_id, role, email)

    async def session(self, member: "Member") -> str:
        """A cookie's value for a session of that account, whatever its status."""
        claims = SessionClaims(member.tenant_id, member.user_id, uuid4())
        now = self.clock()
        async with self.db.tenant(member.tenant_id) as tx:
            await repository.create_session(
                tx,
                claims.session_id,
                member.user_id,
                now=now,
                expires_at=now + LIFETIME,
                address=None,
                user_agent=None,
            )
        return self.door.tokens.issue(claims, now=now, lifetime=LIFETIME)


@dataclass(frozen=True)
class Member:
    """Somebody of a company."""

    tenant_id: TenantId
    user_id: UserId
    role: Role
    email: str

    @property
    def principal(self) -> Principal:
        return Principal(self.tenant_id, self.user_id, self.role)


def fresh_email() -> str:
    return f"u{uuid4().hex[:12]}@example.com"


def fresh_address() -> str:
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"  # noqa: S311 - no secret


def settings_for(database: servers.Database, redis_url: str) -> Settings:
    key = base64.b64encode(b"k" * 32).decode()
    return Settings(
        database_url=database.app_url,
        redis_url=redis_url,
        vault_keys=Secret(f"test:{key}"),
        jwt_keys=Secret(f"test:{key}"),
        directory_key=DIRECTORY_KEY,
        audit_keys=Secret(""),
        audit_checkpoints=None,
        public_url=ORIGIN,
        allowed_origins=(ORIGIN,),
        trusted_proxies=(),
        ycloud_url="http://127.0.0.1:1",
        simulator_url=None,
        api_docs=True,
    )


@contextlib.asynccontextmanager
async def running_api(
    settings: Settings, *, changed: Callable[[AccessDoor], AccessDoor] | None = None
) -> AsyncGenerator[Api]:
    """The service between start and stop of its lifespan, with cheap passwords and a clock that stands still."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        api = Api(app, passwords := CountedPasswords(), StillClock())

        async def nap(seconds: float) -> None:
            api.naps.append(seconds)

        app.state.access.passwords.close()
        limiter = RateLimiter(settings.redis_url, namespace=settings.database_url)  # ids begin anew in each database
        throttle = LoginThrottle(limiter, sleep=nap)
        door = replace(app.state.access, passwords=passwords, clock=api.clock, limiter=limiter, throttle=throttle)
        app.state.rate_limiter = limiter
        app.state.access = changed(door) if changed else door
        try:
            yield api
        finally:
            passwords.close()
            await limiter.aclose()
