"""What reaching Google needs, made once by a process and passed on."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import Request

from core.clock import Clock
from core.config import Settings
from core.credentials import Keyring
from core.egress import Egress
from core.google.calendar import GoogleCalendar, GoogleConsent
from core.google.client import GoogleCalendarClient
from core.google.consent import GoogleConsentClient
from core.google.transport import reaching
from core.loopback import is_loopback


@dataclass(frozen=True, slots=True)
class GoogleDoor:
    """The calendar API, the consent page, the vault's keys and the time.

    `local`: what answers is a server on this machine, so that demo companies may ask it too.
    """

    calendar: GoogleCalendar
    consent: GoogleConsent
    keyring: Keyring
    clock: Clock
    local: bool = False


@asynccontextmanager
async def open_google_door(
    settings: Settings, keyring: Keyring, clock: Clock, egress: Egress | None = None
) -> AsyncGenerator[GoogleDoor]:
    """The door of a process for its life; nothing is asked until somebody does."""
    egress = egress or Egress.under(settings.egress)
    async with reaching(egress, settings.google) as http:
        local = all(is_loopback(urlsplit(address).hostname or "") for address in settings.google.all)
        yield GoogleDoor(
            GoogleCalendarClient(http, settings.google),
            GoogleConsentClient(http, settings.google),
            keyring,
            clock,
            local=local,
        )


async def google_door(request: Request) -> GoogleDoor:
    """The one that the lifespan opened."""
    door = request.app.state.google
    assert isinstance(door, GoogleDoor)
    return door


Google = Annotated[GoogleDoor, Depends(google_door)]
