"""Settings of a process, read once from the environment and passed on. Tenants' keys never live here (PRODUCT §4.1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from core.client_address import Network, trusted_networks
from core.demo import Demo, read_demo
from core.egress_rules import EgressPolicy
from core.errors import NexusError
from core.google.addresses import GOOGLE, GoogleAddresses, read_addresses
from core.loopback import is_loopback
from core.mail import Smtp, read_smtp
from core.push_key import PUBLIC, PushKey
from core.secret import Secret
from core.sending_limits import USUAL, SendingRates, read_rates

YCLOUD_URL: Final = "https://api.ycloud.com/v2"
META_URL: Final = "https://graph.facebook.com/v26.0"
SHORTEST_KEY: Final = 32
_SWITCH: Final = {"": False, "on": True, "1": True, "true": True, "off": False, "0": False, "false": False}


class MisconfiguredError(NexusError):
    """A setting is missing or wrong; the process must not start."""

    status = 500
    code = "misconfigured"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a process needs to know about its surroundings.

    `jwt_keys` is empty where nobody logs in: only the API has them. `audit_keys` is empty where nothing is chained:
    only the worker and the command line have them. `audit_checkpoints` is the file outside the database that the heads
    of the audit chains are noted in. `simulator_url` is where demo tenants send their WhatsApp messages; None on an
    installation without a demo. `demo` opens the demo company's door, in the API of a demo on this machine alone.
    `api_docs` serves the API's description and the page that shows it.
    `allowed_origins` are exact origins (`https://crm.example`) that browsers may come from. `egress` names the private
    or http hosts that the operator lets outgoing fetches reach. `media_url` is where files lie, in words of fsspec.
    `smtp` is how mail leaves, None where none does; only the worker has its password. `webhook_url` is where providers
    reach the WhatsApp service. `sending_rates` are what providers let a business number send. `push_key` signs web
    push, only the worker has it; `push_public` is its public half, for browsers. `google` is where
    Google's calendars and consent are. What holds a password or a key does not print.
    """

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    vault_keys: Secret
    jwt_keys: Secret
    directory_key: bytes = field(repr=False)
    audit_keys: Secret
    audit_checkpoints: Path | None
    public_url: str
    allowed_origins: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]
    ycloud_url: str
    simulator_url: str | None
    demo: Demo | None = None
    api_docs: bool = False
    egress: EgressPolicy = field(default_factory=EgressPolicy)
    smtp: Smtp | None = None
    media_url: str = "memory://media"
    meta_url: str = META_URL
    webhook_url: str = ""
    sending_rates: SendingRates = USUAL
    push_key: PushKey | None = None
    push_public: str | None = None
    google: GoogleAddresses = GOOGLE

    @property
    def namespace(self) -> str:
        """Tells this installation's keys and channels from another's on a shared Redis; the same in every process."""
        return hashlib.sha256(b"redis\0" + self.directory_key).hexdigest()[:16]

    @property
    def customer_url(self) -> str | None:
        """What links for customers begin with; None where `public_url` is this machine, which only a demo's reach."""
        is_here = is_loopback(urlsplit(self.public_url).hostname or "")
        return None if is_here and self.demo is None and self.simulator_url is None else self.public_url

    @property
    def https(self) -> bool:
        """Whether browsers reach the app over TLS: decides the cookie's name and its Secure flag."""
        return self.public_url.startswith("https://")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Parse the environment. Raises MisconfiguredError naming the first variable that is missing or wrong."""
    public_url = environment.get("NEXUS_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    origins = environment.get("NEXUS_ALLOWED_ORIGINS", public_url)
    demo = _demo(environment.get("NEXUS_DEMO", ""), public_url)
    return Settings(
        database_url=_required(environment, "DATABASE_URL"),
        redis_url=_required(environment, "REDIS_URL"),
        vault_keys=Secret(_required(environment, "NEXUS_VAULT_KEYS")),
        jwt_keys=Secret(environment.get("NEXUS_JWT_KEYS", "")),
        directory_key=_key(environment, "NEXUS_DIRECTORY_KEY"),
        audit_keys=Secret(environment.get("NEXUS_AUDIT_KEYS", "")),
        audit_checkpoints=Path(place) if (place := environment.get("NEXUS_AUDIT_CHECKPOINTS")) else None,
        public_url=public_url,
        allowed_origins=tuple(origin.strip().rstrip("/") for origin in origins.split(",") if origin.strip()),
        trusted_proxies=_networks(environment.get("NEXUS_TRUSTED_PROXIES", "")),
        ycloud_url=environment.get("NEXUS_YCLOUD_URL", YCLOUD_URL).rstrip("/"),
        meta_url=environment.get("NEXUS_META_URL", META_URL).rstrip("/"),
        simulator_url=environment.get("NEXUS_SIMULATOR_URL") or None,
        demo=demo,
        api_docs=_switch(environment, "NEXUS_API_DOCS", unset=demo is not None),
        egress=_egress(environment.get("NEXUS_EGRESS_ALLOW", "")),
        smtp=_smtp(environment),
        media_url=environment.get("NEXUS_MEDIA_URL") or Path(".nexus", "media").absolute().as_uri(),
        sending_rates=_rates(environment),
        webhook_url=environment.get("NEXUS_WEBHOOK_URL", public_url).rstrip("/"),
        push_key=_push_key(environment.get("NEXUS_PUSH_KEY", "")),
        push_public=_push_public(environment.get("NEXUS_PUSH_PUBLIC_KEY", "")),
        google=read_addresses(environment),
    )


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise MisconfiguredError(f"{name} is not set.")
    return value


def _key(environment: Mapping[str, str], name: str) -> bytes:
    try:
        key = base64.b64decode(_required(environment, name), validate=True)
    except binascii.Error as error:
        raise MisconfiguredError(f"{name} is not base64.") from error
    if len(key) < SHORTEST_KEY:
        raise MisconfiguredError(f"{name} has {len(key)} bytes; at least {SHORTEST_KEY} are needed.")
    return key


def _switch(environment: Mapping[str, str], name: str, *, unset: bool) -> bool:
    word = environment.get(name, "").strip().lower()
    if word not in _SWITCH:
        raise MisconfiguredError(f"{name} is neither on nor off.")
    return _SWITCH[word] if word else unset


def _demo(text: str, public_url: str) -> Demo | None:
    if not text:
        return None
    if not is_loopback(urlsplit(public_url).hostname or ""):
        raise MisconfiguredError("NEXUS_DEMO is for an installation whose NEXUS_PUBLIC_URL is this machine.")
    try:
        return read_demo(text)
    except ValueError as error:
        raise MisconfiguredError(f"NEXUS_DEMO is {error}.") from error


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return trusted_networks(text)
    except ValueError as error:
        raise MisconfiguredError(f"NEXUS_TRUSTED_PROXIES: {error}") from error


def _egress(text: str) -> EgressPolicy:
    try:
        return EgressPolicy.from_text(text)
    except ValueError as error:
        raise MisconfiguredError(f"NEXUS_EGRESS_ALLOW: {error}") from error


def _rates(environment: Mapping[str, str]) -> SendingRates:
    try:
        return read_rates(environment)
    except ValueError as error:
        raise MisconfiguredError(str(error)) from error


def _push_key(text: str) -> PushKey | None:
    if not text:
        return None
    try:
        return PushKey.from_text(Secret(text))
    except ValueError as error:
        raise MisconfiguredError(str(error)) from None


def _push_public(text: str) -> str | None:
    if text and not PUBLIC.fullmatch(text):
        raise MisconfiguredError("NEXUS_PUSH_PUBLIC_KEY is not the public half of a push key.")
    return text or None


def _smtp(environment: Mapping[str, str]) -> Smtp | None:
    try:
        return read_smtp(environment)
    except ValueError as error:
        raise MisconfiguredError(str(error)) from error
