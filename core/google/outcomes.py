"""What a call to Google may come to. Whatever is no `Events` is not known, and what is not known is never free.

Nothing here is raised: a caller that forgets a case is told by the type checker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from core.google.event import GoogleEvent

Doubt: TypeAlias = Literal[
    "timeout",  # the deadline passed
    "unreachable",  # no connection, or it broke
    "rate_limited",  # 429, or 403 for too many requests, until the deadline
    "server_error",  # 5xx until the deadline
    "unreadable",  # no JSON, or not what the API documents; an error inside an answer of 200
    "incomplete",  # pages that never end or repeat
    "not_found",  # the calendar is not there, or not shared with whom we ask as
    "refused",  # any other refusal; `detail` has Google's word
]


@dataclass(frozen=True, slots=True)
class CannotConfirm:
    """Nobody knows what is in the calendar now. `detail` is for logs and health: Google's reason, no personal data."""

    reason: Doubt
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AccessLost:
    """The right is gone, and only a person brings it back: revoked or expired grant, deleted key, too few scopes.

    `reason` is Google's word: `invalid_grant`, `invalid_client`, `unauthorized_client`, `insufficientPermissions`, or
    `invalid_key` where the service account's key file cannot be used at all.
    """

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SyncExpired:
    """The sync token is no longer good (410): forget what is mirrored and begin again without one."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is as asked. `event` is what Google holds now; None after a deletion, or where there is none."""

    event: GoogleEvent | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Surely not done. `permanent`: the same call would be refused again; else it may be tried later.

    `reason` is Google's word (`notFound`, `deleted`, `duplicate`, `conditionNotMet`, `rateLimitExceeded`, …), or
    `unreachable` where no connection was made.
    """

    reason: str
    permanent: bool
    retry_after_seconds: int | None = None

    @property
    def missing(self) -> bool:
        """There is no such event (any more), or no such calendar."""
        return self.reason in {"notFound", "deleted"}


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have happened: no answer in time, a broken connection, a 5xx. Ask with `get` before anything else."""

    detail: str = ""


Written: TypeAlias = Done | Refused | Unknown | AccessLost


@dataclass(frozen=True, slots=True)
class Events:
    """Every event that touches the window, recurring ones expanded; `zone` is the calendar's own."""

    events: tuple[GoogleEvent, ...]
    zone: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the sync token, or all there is where there was none.

    `gone` are ids of events that no longer exist. An id there may be a whole series: its instances, which name it in
    `recurring_event_id`, are gone with it.
    """

    events: tuple[GoogleEvent, ...]
    gone: tuple[str, ...]
    next_sync_token: str
    zone: str | None


@dataclass(frozen=True, slots=True)
class WatchChannel:
    """A channel that Google tells changes by. It cannot be renewed: open the next before `expires_at` (UTC)."""

    channel_id: str
    resource_id: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One calendar of an account's list. `access_role`: `owner` and `writer` may write, `reader` only read."""

    id: str
    summary: str
    zone: str | None
    primary: bool
    access_role: str


@dataclass(frozen=True, slots=True)
class CalendarEntries:
    """All of an account's calendars."""

    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True)
class GrantRefused:
    """The code was not exchanged: used, expired, of another client or verifier. `reason` is Google's word."""

    reason: str
