"""Where Google is reached: its own addresses, or those the operator sets (a test server, an emulator, a proxy)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

# Where Google posts that a calendar changed, below the address that providers reach us at.
NOTICES_PATH: Final = "/webhook/google/calendar"


@dataclass(frozen=True, slots=True)
class GoogleAddresses:
    """`api` ends before `/calendars`; `consent` is a page for people, the others are for us. Without a last slash."""

    api: str = "https://www.googleapis.com/calendar/v3"
    consent: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    revoke: str = "https://oauth2.googleapis.com/revoke"

    @property
    def all(self) -> tuple[str, ...]:
        """Every one."""
        return (self.api, self.consent, self.token, self.revoke)

    @classmethod
    def at(cls, base_url: str) -> GoogleAddresses:
        """All four at one server, on Google's paths: the local server's."""
        base = base_url.rstrip("/")
        return cls(f"{base}/calendar/v3", f"{base}/o/oauth2/v2/auth", f"{base}/token", f"{base}/revoke")


GOOGLE: Final = GoogleAddresses()


def read_addresses(environment: Mapping[str, str]) -> GoogleAddresses:
    """`NEXUS_GOOGLE_API_URL`, `…_CONSENT_URL`, `…_TOKEN_URL` and `…_REVOKE_URL`, each Google's own where not set."""
    read: dict[str, str] = {}
    for one in fields(GoogleAddresses):
        set_to = environment.get(f"NEXUS_GOOGLE_{one.name.upper()}_URL", "").strip().rstrip("/")
        read[one.name] = set_to or getattr(GOOGLE, one.name)
    return GoogleAddresses(**read)
