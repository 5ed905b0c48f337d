"""What the local Google is told at its start: who may control it, its people, their calendars and who may ask."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

import msgspec

from core.loopback import is_loopback

if TYPE_CHECKING:
    from pathlib import Path

MIN_TOKEN_LENGTH: Final = 16


class LocalGoogleConfigError(Exception):
    """The configuration cannot be used; the message says why and names no secret."""


class CalendarConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One calendar; `id` is its address."""

    id: str
    summary: str = ""
    zone: str = "UTC"


class PersonConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One account. The first calendar is the primary one; without any it is called like the address."""

    email: str
    name: str = ""
    zone: str = "UTC"
    calendars: tuple[CalendarConfig, ...] = ()
    refresh_tokens: tuple[str, ...] = ()


class ClientConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One OAuth client. With no redirect addresses any is taken, as long as it is this machine's."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"ClientConfig({self.client_id!r})"


class ServiceAccountConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service account, its public key (PEM) and the calendars shared with it."""

    email: str
    public_key: str
    calendars: tuple[str, ...] = ()


class LocalGoogleConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`token` opens the control surface. `token_seconds` is how long access tokens live."""

    token: str
    people: tuple[PersonConfig, ...] = ()
    clients: tuple[ClientConfig, ...] = ()
    service_accounts: tuple[ServiceAccountConfig, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8098
    token_seconds: int = 3599
    page_size: int = 2500

    def __post_init__(self) -> None:
        if not is_loopback(self.host):
            raise LocalGoogleConfigError("the local Google listens on loopback only")
        if len(self.token) < MIN_TOKEN_LENGTH:
            raise LocalGoogleConfigError(f"the token has at least {MIN_TOKEN_LENGTH} characters")

    def __repr__(self) -> str:
        return f"LocalGoogleConfig({self.base_url!r})"

    @property
    def base_url(self) -> str:
        """Where it is reached, without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def load(path: Path) -> LocalGoogleConfig:
    """Read a JSON file that only its owner may read (0600). Raises LocalGoogleConfigError."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise LocalGoogleConfigError(f"{path} holds secrets: chmod 600")
    try:
        return msgspec.json.decode(path.read_bytes(), type=LocalGoogleConfig)
    except msgspec.MsgspecError:
        raise LocalGoogleConfigError(f"{path} is not a configuration") from None
