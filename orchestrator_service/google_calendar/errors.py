"""Why a calendar is not connected, as its page is told."""

from __future__ import annotations

from core.errors import BadInput, Conflict, Unavailable


class GoogleNotSetUp(Conflict):
    """The company's OAuth client, or its service account, is not in the vault yet."""

    code = "google_not_set_up"
    title = "Google Not Set Up"


class NotConnectedYet(Conflict):
    """There is no calendar to choose, or its right is gone."""

    code = "calendar_not_connected"
    title = "Calendar Not Connected"


class CalendarRefused(Conflict):
    """Google does not let us read or write that calendar; `reason` is its word."""

    code = "calendar_refused"
    title = "Calendar Refused"


class UnusableKeyFile(BadInput):
    """That is no key file of a service account, or Google knows it no more; nothing of it is repeated."""

    code = "unusable_key_file"
    title = "Unusable Key File"


class GoogleSilent(Unavailable):
    """Google did not answer, or not with what it documents: nothing was changed."""

    code = "google_silent"
    title = "Google Does Not Answer"
