"""Doors to Google for tests that have none, or one of their own."""

from typing import cast

from core.clock import Clock, system_clock
from core.google.calendar import GoogleCalendar, GoogleConsent
from orchestrator_service.google_calendar.door import GoogleDoor
from tests.support.factories import KEYRING
from tests.support.local_google import LocalGoogle


def unreachable_google() -> GoogleDoor:
    """For companies of which nobody has connected a calendar: whoever asks it anything fails."""
    return GoogleDoor(cast("GoogleCalendar", None), cast("GoogleConsent", None), KEYRING, system_clock)


def door_to(google: LocalGoogle, clock: Clock = system_clock) -> GoogleDoor:
    """The local Google, for companies of every mode."""
    return GoogleDoor(google.calendar, google.consent, KEYRING, clock, local=True)
