"""A seller's calendar as it is connected, and what Google answered of it. Instants are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.google.access import CalendarAccess
from core.google.calendar import GoogleCalendar
from core.google.outcomes import CannotConfirm

ConnectionKind: TypeAlias = Literal["oauth", "service_account"]
ConnectionState: TypeAlias = Literal["connected", "lost"]


@dataclass(frozen=True, slots=True)
class SellerCalendarRow:
    """A row of `seller_calendars`. `connected_at` tells one connection from the one that replaces it.

    `demo`: the company is one.
    """

    seller_id: int
    user_id: int | None
    kind: ConnectionKind
    calendar_id: str
    state: ConnectionState
    last_error: str | None
    checked_at: datetime | None
    connected_at: datetime
    demo: bool


@dataclass(frozen=True, slots=True)
class Connection:
    """A calendar that can be asked and written: `calendar` is where, `access` by which right."""

    seller_id: int
    row: SellerCalendarRow
    access: CalendarAccess
    calendar: GoogleCalendar


@dataclass(frozen=True, slots=True)
class Unusable:
    """A calendar that is connected and cannot be asked: its right is gone, or its secret does not open."""

    row: SellerCalendarRow
    why: CannotConfirm


@dataclass(frozen=True, slots=True)
class NotConnected:
    """The seller has no Google calendar here: the database alone says when they are free."""


@dataclass(frozen=True, slots=True)
class BusyTime:
    """A time that Google says is taken, by an event that is no meeting of ours standing at that time."""

    event_id: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class LiveBusy:
    """What takes the seller's time in the window, by start. Whatever is not in it is free in Google."""

    times: tuple[BusyTime, ...]


@dataclass(frozen=True, slots=True)
class NamedSeller:
    """Whose calendar it is, or would be."""

    id: int
    user_id: int | None
    name: str
