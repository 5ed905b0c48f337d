"""What logging in and being recognised need, made once in the lifespan and passed on."""

from __future__ import annotations

from dataclasses import dataclass

from redis.asyncio import Redis

from core.alarm import Alarm
from core.client_address import Network
from core.clock import Clock, system_clock
from core.config import Settings
from core.credentials import Keyring
from core.database import Database
from core.directory import Directory
from core.rare import Rare
from core.rate_limit import RateLimiter
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.auth.tokens import SessionCookie, SessionTokens
from orchestrator_service.auth.totp.challenge_tokens import ChallengeTokens


@dataclass(frozen=True, slots=True)
class AccessDoor:
    """The resources behind every request of a person; `app.state.access`. Closed by who made them."""

    database: Database
    directory: Directory
    keyring: Keyring
    passwords: PasswordHasherPool
    tokens: SessionTokens
    challenges: ChallengeTokens
    cookie: SessionCookie
    limiter: RateLimiter
    alarm: Alarm
    clock: Clock
    trusted_proxies: tuple[Network, ...] = ()


def open_access_door(settings: Settings, database: Database, redis: Redis) -> AccessDoor:
    """The door of a process that serves people. Its limiter and its passwords are to be closed."""
    return AccessDoor(
        database=database,
        directory=Directory(settings.directory_key),
        keyring=Keyring.from_text(settings.vault_keys),
        passwords=PasswordHasherPool(),
        tokens=SessionTokens(settings.jwt_keys),
        challenges=ChallengeTokens(settings.jwt_keys),
        cookie=SessionCookie(secure=settings.https),
        limiter=RateLimiter(settings.redis_url, trusted_proxies=settings.trusted_proxies, namespace=settings.namespace),
        alarm=Alarm(database, Rare(redis, settings.namespace)),
        clock=system_clock,
        trusted_proxies=settings.trusted_proxies,
    )
