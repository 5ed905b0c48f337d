"""What reaching Google needs, made once by a process and passed on."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.credentials import Keyring
from core.google.calendar import GoogleCalendar, GoogleConsent


@dataclass(frozen=True, slots=True)
class GoogleDoor:
    """The calendar API, the consent page, the vault's keys and the time."""

    calendar: GoogleCalendar
    consent: GoogleConsent
    keyring: Keyring
    clock: Clock
