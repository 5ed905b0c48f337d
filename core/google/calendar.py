"""Google Calendar as the rest of the system sees it: the port that booking, mirror and pages are written against.

Nothing here raises for Google, the network or the company's keys: every outcome is a value (`outcomes.py`). No call
may be made inside a database transaction. `client.py` is the port over HTTP; both hold no state but tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from core.google.access import CalendarAccess, Granted, OAuthClient
    from core.google.event import EventChange, NewEvent
    from core.google.outcomes import (
        AccessLost,
        CalendarEntries,
        CannotConfirm,
        Changes,
        Done,
        Events,
        GrantRefused,
        Refused,
        SyncExpired,
        Unknown,
        WatchChannel,
        Written,
    )
    from core.secret import Secret

LISTING_SECONDS: Final = 4.0  # PRODUCT §11.2: for one seller's whole window, all pages and retries
SYNC_SECONDS: Final = 30.0
WRITE_SECONDS: Final = 8.0


class GoogleCalendar(Protocol):
    """The calendar API. `seconds` is the deadline of a whole call: tokens, pages and retries included."""

    async def events(
        self, access: CalendarAccess, start: datetime, end: datetime, *, seconds: float = LISTING_SECONDS
    ) -> Events | CannotConfirm | AccessLost:
        """Every event that touches the window (aware times), free ones too, cancelled ones not.

        All or nothing: what cannot be read to its last page is CannotConfirm, never a shorter list.
        """
        ...

    async def changes(
        self,
        access: CalendarAccess,
        sync_token: str | None,
        *,
        since: datetime | None = None,
        seconds: float = SYNC_SECONDS,
    ) -> Changes | SyncExpired | CannotConfirm | AccessLost:
        """What changed since the token; without one, all events that end after `since`.

        `since` is for the first call alone: a token remembers it.
        """
        ...

    async def insert(
        self, access: CalendarAccess, event: NewEvent, *, event_id: str, seconds: float = WRITE_SECONDS
    ) -> Written:
        """Write a meeting under its id (`event_id_of`). Safe to call again: one event comes of it.

        If there is one with our id and our private properties already, it is Done with that one, brought back as asked
        where it was deleted. Its times may be others then (somebody moved it): compare. `duplicate` is a stranger's.
        """
        ...

    async def patch(
        self,
        access: CalendarAccess,
        event_id: str,
        change: EventChange,
        *,
        etag: str | None = None,
        seconds: float = WRITE_SECONDS,
    ) -> Written:
        """Change an event. With an etag, only if nobody changed it since (else Refused `conditionNotMet`)."""
        ...

    async def delete(self, access: CalendarAccess, event_id: str, *, seconds: float = WRITE_SECONDS) -> Written:
        """Delete an event; Done too where it was deleted before. `Refused.missing` where it never was."""
        ...

    async def get(self, access: CalendarAccess, event_id: str, *, seconds: float = WRITE_SECONDS) -> Written:
        """One event as it is now: Done with it. Deleted (even if Google still shows it) is Refused `deleted`."""
        ...

    async def watch(
        self, access: CalendarAccess, *, channel_id: str, address: str, token: Secret, seconds: float = WRITE_SECONDS
    ) -> WatchChannel | Refused | Unknown | AccessLost:
        """Have changes told to `address` (https). `channel_id`: new, ≤ 64; `token` ≤ 256 comes in each notice."""
        ...

    async def stop(
        self, access: CalendarAccess, channel: WatchChannel, *, seconds: float = WRITE_SECONDS
    ) -> Done | Refused | Unknown | AccessLost:
        """Have a channel closed; Done too where it was closed or had expired."""
        ...

    async def calendars(
        self, access: CalendarAccess, *, seconds: float = WRITE_SECONDS
    ) -> CalendarEntries | CannotConfirm | AccessLost:
        """The account's calendars, whichever one the access names."""
        ...


class GoogleConsent(Protocol):
    """How a seller grants a calendar and how that ends."""

    def consent_url(
        self, client: OAuthClient, *, redirect_uri: str, state: str, challenge: str, login_hint: str | None = None
    ) -> str:
        """Where the seller's browser goes. `challenge` is `challenge_of(verifier)` (PKCE S256); keep the verifier.

        Google comes back to `redirect_uri` with `state` and either `code` or `error` (`access_denied`).
        """
        ...

    async def exchange(
        self, client: OAuthClient, *, code: str, verifier: Secret, redirect_uri: str, seconds: float = WRITE_SECONDS
    ) -> Granted | GrantRefused | Unknown:
        """The code for a grant, once. GrantRefused `no_refresh_token` where Google gave none to keep."""
        ...

    async def revoke(self, refresh_token: Secret, *, seconds: float = WRITE_SECONDS) -> Done | Refused | Unknown:
        """Give a grant back; Done too where Google no longer knows it."""
        ...
