"""What logging in and being recognised need, made once in the lifespan and passed on."""

from __future__ import annotations

from dataclasses import dataclass

from core.alarm import Alarm
from core.client_address import Network
from core.clock import Clock
from core.credentials import Keyring
from core.database import Database
from core.directory import Directory
from core.rate_limit import RateLimiter
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.auth.tokens import SessionCookie, SessionTokens


@dataclass(frozen=True, slots=True)
class AccessDoor:
    """The resources behind every request of a person; `app.state.access`. Closed by who made them."""

    database: Database
    directory: Directory
    keyring: Keyring
    passwords: PasswordHasherPool
    tokens: SessionTokens
    cookie: SessionCookie
    limiter: RateLimiter
    alarm: Alarm
    clock: Clock
    trusted_proxies: tuple[Network, ...] = ()
