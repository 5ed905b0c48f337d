"""Whose Google calendar, and by which right it is read (PRODUCT §11.6). Values only; secrets do not print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from core.secret import Secret

PRIMARY: Final = "primary"
SCOPE_EVENTS: Final = "https://www.googleapis.com/auth/calendar.events"
SCOPE_CALENDARS: Final = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
# The least that lists, writes and watches events, and lets a seller choose the calendar by its name.
SCOPES: Final = (SCOPE_EVENTS, SCOPE_CALENDARS)


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The company's OAuth client (`google:client_id`, `google:client_secret` in the vault)."""

    client_id: str
    client_secret: Secret


@dataclass(frozen=True, slots=True)
class SellerGrant:
    """What a seller granted by the consent page: a refresh token, of use to this client alone."""

    client: OAuthClient
    refresh_token: Secret


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """A service account's key file as Google gives it out (JSON). `subject`: who it acts as, by domain-wide delegation.

    Of the file, only the address, the key and its id are used: where tokens come from is the operator's setting.
    """

    key_file: Secret
    subject: str | None = None


Credentials: TypeAlias = SellerGrant | ServiceAccount


@dataclass(frozen=True, slots=True)
class CalendarAccess:
    """One calendar and the right to it. `primary` is a seller's own; a service account needs the calendar's address."""

    credentials: Credentials
    calendar_id: str = PRIMARY


@dataclass(frozen=True, slots=True)
class Granted:
    """A consent that was exchanged. `scopes` are those the person left ticked, which may be fewer than asked for.

    `access_token` serves until `expires_at` (UTC); `GoogleConsent.revoke` takes the refresh token.
    """

    refresh_token: Secret
    scopes: frozenset[str]
    access_token: Secret = field(repr=False)
    expires_at: datetime

    @property
    def missing_scopes(self) -> frozenset[str]:
        """What was asked for and not granted: with any of it missing, the calendar cannot be used."""
        return frozenset(SCOPES) - self.scopes
