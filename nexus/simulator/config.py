"""What the simulator is told at its start: who may control it, and the accounts it plays."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from core.loopback import is_loopback
from core.secret import Secret
from core.whatsapp import ProviderName

if TYPE_CHECKING:
    from pathlib import Path

MIN_TOKEN_LENGTH: Final = 16


class ConfigError(Exception):
    """The configuration cannot be used; the message says why and names no secret."""


@dataclass(frozen=True, slots=True)
class TemplateConfig:
    """A template; `{{1}}`, `{{2}}` … in header and body are its parameters, or names in braces.

    `buttons` are titles of quick replies; `samples` the examples of the body's parameters, in order.
    """

    name: str
    body: str
    language: str = "es"
    category: str = "UTILITY"
    status: str = "APPROVED"
    header: str = ""
    footer: str = ""
    buttons: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AccountConfig:
    """One account with one business number and, where `webhook_url` is set, one webhook endpoint.

    At Meta the number has a `phone_number_id`, `api_key` is the access token and `webhook_secret` the app's secret.
    """

    name: str
    business_number: str
    waba_id: str
    api_key: Secret
    webhook_url: str | None = None
    webhook_secret: Secret | None = None
    endpoint_id: str | None = None
    templates: tuple[TemplateConfig, ...] = ()
    provider: ProviderName = "ycloud"
    phone_number_id: str | None = None

    def __post_init__(self) -> None:
        if (self.provider == "meta") is not bool(self.phone_number_id):
            raise ConfigError("a number of Meta's has a phone_number_id, and no other number has one")


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """`clock_scale` multiplies every wait (retries, statuses): 0.001 turns 5 h 35 min of retries into 20 s.

    `status_delays` are the seconds from accepting to sent, from sent to delivered and from delivered to read.
    `retry_delays` are those before each new attempt at a webhook; None waits as the provider does.
    `frame_ancestors` are the origins that may show the phone page inside theirs.
    """

    token: Secret
    accounts: tuple[AccountConfig, ...]
    host: str = "127.0.0.1"
    port: int = 8099
    journal_path: Path | None = None
    clock_scale: float = 1.0
    status_delays: tuple[float, float, float] = (0.2, 0.4, 1.0)
    retry_delays: tuple[float, ...] | None = None
    frame_ancestors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not is_loopback(self.host):
            raise ConfigError("the simulator listens on loopback only")
        if len(self.token.reveal()) < MIN_TOKEN_LENGTH:
            raise ConfigError(f"the token has at least {MIN_TOKEN_LENGTH} characters")

    @property
    def base_url(self) -> str:
        """Where it is reached, without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


class _TemplateFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    body: str
    language: str = "es"
    category: str = "UTILITY"
    status: str = "APPROVED"
    header: str = ""
    footer: str = ""
    buttons: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    reason: str | None = None


class _AccountFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    business_number: Annotated[str, Field(pattern=r"^\+[0-9]{7,15}$")]
    waba_id: str
    api_key: str
    webhook_url: str | None = None
    webhook_secret: str | None = None
    endpoint_id: str | None = None
    templates: tuple[_TemplateFile, ...] = ()
    provider: ProviderName = "ycloud"
    phone_number_id: str | None = None

    def config(self) -> AccountConfig:
        return AccountConfig(
            name=self.name,
            business_number=self.business_number,
            waba_id=self.waba_id,
            api_key=Secret(self.api_key),
            webhook_url=self.webhook_url,
            webhook_secret=Secret(self.webhook_secret) if self.webhook_secret else None,
            endpoint_id=self.endpoint_id,
            templates=tuple(TemplateConfig(**template.model_dump()) for template in self.templates),
            provider=self.provider,
            phone_number_id=self.phone_number_id,
        )


class _ConfigFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    token: str
    accounts: tuple[_AccountFile, ...] = ()
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8099
    journal_path: str | None = None
    clock_scale: Annotated[float, Field(ge=0)] = 1.0
    status_delays: tuple[float, float, float] = (0.2, 0.4, 1.0)
    retry_delays: tuple[float, ...] | None = None
    frame_ancestors: tuple[str, ...] = ()


def load(path: Path) -> SimulatorConfig:
    """Read a JSON file that only its owner may read (0600). Raises ConfigError."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ConfigError(f"{path} holds secrets: chmod 600")
    try:
        file = _ConfigFile.model_validate_json(path.read_bytes())
    except ValueError as error:
        fields = getattr(error, "error_count", lambda: 1)()
        raise ConfigError(f"{path}: {fields} invalid fields") from None
    return SimulatorConfig(
        token=Secret(file.token),
        accounts=tuple(account.config() for account in file.accounts),
        host=file.host,
        port=file.port,
        journal_path=path.parent / file.journal_path if file.journal_path else None,
        clock_scale=file.clock_scale,
        status_delays=file.status_delays,
        retry_delays=file.retry_delays,
        frame_ancestors=file.frame_ancestors,
    )
