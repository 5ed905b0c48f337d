"""An event of a Google calendar, whether it takes the seller's time, and the id that ours have. Pure.

The rule is `busy_rule_recommended` of contracts google_calendar.json; PRODUCT §11.3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

FREE_TYPES: Final = frozenset({"workingLocation", "birthday"})


@dataclass(frozen=True, slots=True)
class GoogleEvent:
    """One event, or one instance of a recurring one. `starts_at` and `ends_at` (excluded) are aware UTC.

    An all-day event runs from midnight to midnight of the calendar's zone. `status`, `transparency` and `event_type`
    are Google's words and may be new ones: a word we do not know never frees time. `summary` is a person's text: never
    shown to a customer, never logged. `private` are the properties that only this calendar's copy has.
    """

    id: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool = False
    status: str = "confirmed"
    transparency: str = "opaque"
    event_type: str = "default"
    self_declined: bool = False
    summary: str = field(default="", repr=False)
    private: Mapping[str, str] = field(default_factory=dict[str, str])
    etag: str | None = None
    updated: datetime | None = None
    recurring_event_id: str | None = None
    html_link: str | None = None
    meet_link: str | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A meeting to write. Times are aware; `zone` (IANA) is what the calendar shows them in.

    `private` must tell whose meeting it is (`crm`, `tenant_id`, `agenda_event_id`): it is what tells our own event from
    a stranger's with the same id. `meet`: ask for a Google Meet link, which a calendar may not be able to give.
    """

    summary: str = field(repr=False)
    starts_at: datetime
    ends_at: datetime
    zone: str
    private: Mapping[str, str]
    description: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    meet: bool = False


@dataclass(frozen=True, slots=True)
class EventChange:
    """What to change of an event; None leaves as it is. Times and zone go together (all three, or none)."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str | None = None
    summary: str | None = field(default=None, repr=False)
    description: str | None = field(default=None, repr=False)
    location: str | None = field(default=None, repr=False)


def is_busy(event: GoogleEvent) -> bool:
    """Whether the event takes its time. Out of office and focus time do; free, declined, cancelled ones do not."""
    return (
        event.status != "cancelled"
        and event.transparency != "transparent"
        and event.event_type not in FREE_TYPES
        and not event.self_declined
    )


def event_id_of(tenant_id: int, meeting_id: int) -> str:
    """The id that our meeting has in every Google calendar: 64 hex digits, which fit `^[a-v0-9]{5,1024}$`.

    The same meeting always gets the same, so that an insert made twice is one event.
    """
    return hashlib.sha256(f"nexus:{tenant_id}:{meeting_id}".encode()).hexdigest()
