"""What logging in and being recognised need, made once in the lifespan and passed on."""

from __future__ import annotations

from dataclasses import dataclass, field

from redis.asyncio import Redis

from core.alarm import Alarm
from core.client_address import Network
from core.clock import Clock, system_clock
from core.config import Settings
from core.credentials import Keyring
from core.customer_links import CustomerLinks
from core.database import Database
from core.directory import Directory
from core.rare import Rare
from core.rate_limit import RateLimiter
from orchestrator_service.auth.api_keys import KeyPlaces
from orchestrator_service.auth.device import DeviceCookie
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.auth.signed import Signer
from orchestrator_service.auth.throttle import LoginThrottle
from orchestrator_service.auth.tokens import SessionCookie, SessionTokens
from orchestrator_service.auth.totp.challenge_tokens import ChallengeTokens


@dataclass(frozen=True, slots=True)
class AccessDoor:
    """The resources behind every request of a person; `app.state.access`. Closed by who made them.

    `public_url` is what links begin with, `webhook_url` where providers post; `mails` says whether links leave by mail,
    or are shown to the ceo.
    """

    database: Database
    directory: Directory
    keyring: Keyring
    passwords: PasswordHasherPool
    tokens: SessionTokens
    challenges: ChallengeTokens
    cookie: SessionCookie
    signer: Signer
    device: DeviceCookie
    limiter: RateLimiter
    throttle: LoginThrottle
    alarm: Alarm
    clock: Clock
    public_url: str
    webhook_url: str
    mails: bool
    meeting_links: CustomerLinks
    trusted_proxies: tuple[Network, ...] = ()
    key_places: KeyPlaces = field(default_factory=KeyPlaces)


def meeting_links(settings: Settings) -> CustomerLinks:
    """The links by which customers change their meetings; the API reads them, the worker's messages hold them."""
    return CustomerLinks(settings.directory_key, "meeting", "/m/", settings.customer_url)


def open_access_door(settings: Settings, database: Database, redis: Redis) -> AccessDoor:
    """The door of a process that serves people. Its limiter and its passwords are to be closed."""
    directory, signer = Directory(settings.directory_key), Signer(settings.jwt_keys)
    proxies = settings.trusted_proxies
    limiter = RateLimiter(settings.redis_url, trusted_proxies=proxies, namespace=settings.namespace)
    return AccessDoor(
        database=database,
        directory=directory,
        keyring=Keyring.from_text(settings.vault_keys),
        passwords=PasswordHasherPool(),
        tokens=SessionTokens(settings.jwt_keys),
        challenges=ChallengeTokens(settings.jwt_keys),
        cookie=SessionCookie(secure=settings.https),
        signer=signer,
        device=DeviceCookie(signer, directory, secure=settings.https),
        limiter=limiter,
        throttle=LoginThrottle(limiter),
        alarm=Alarm(database, Rare(redis, settings.namespace)),
        clock=system_clock,
        public_url=settings.public_url,
        webhook_url=settings.webhook_url,
        mails=settings.smtp is not None,
        meeting_links=meeting_links(settings),
        trusted_proxies=proxies,
    )
