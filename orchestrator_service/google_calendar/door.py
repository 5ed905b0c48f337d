"""What reaching Google needs, made once by a process and passed on."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.credentials import Keyring
from core.google.calendar import GoogleCalendar, GoogleConsent


from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class GoogleDoor:
    """The calendar API, the consent page, the vault's keys and the time."""

    calendar: GoogleCalendar
    consent: GoogleConsent
    keyring: Keyring
    clock: Clock


# A dependency that is no coroutine would cost a trip through the thread pool in every request.
async def google_door(request: Request) -> GoogleDoor:
    """The one that the lifespan made."""
    door = request.app.state.google
    assert isinstance(door, GoogleDoor)
    return door
