"""What availability is computed from and what it answers: rules, a seller's calendar, slots and reasons.

Everything is frozen; instants are aware UTC, whole days are the seller's own, minutes are elapsed minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from orchestrator_service.agenda.working_hours import MINUTES_PER_DAY, WorkingHours

BusyKind = Literal["meeting", "hold", "block", "google"]
Rule = Literal[
    "nonexistent_time",
    "past",
    "horizon",
    "holiday",
    "outside_hours",
    "off_grid",
    "notice",
    "day_full",
    "busy",
    "held",
    "google_busy",
    "buffer",
    "unconfirmed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityRules:
    """The tenant's rules for meetings.

    `granularity_minutes` divides the day (5, 10, 15, 20, 30, 45, 60 …), so that the grid looks alike every day.
    `horizon_days`: the last day on offer is that many days after today, by the seller's calendar.
    """

    granularity_minutes: int
    duration_minutes: int
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    minimum_notice_minutes: int = 0
    max_meetings_per_day: int | None = None
    horizon_days: int

    def __post_init__(self) -> None:
        if self.granularity_minutes < 1 or MINUTES_PER_DAY % self.granularity_minutes:
            raise ValueError(f"a granularity of {self.granularity_minutes} minutes does not divide the day")
        if self.duration_minutes < 1:
            raise ValueError("a meeting lasts at least one minute")
        floors = (self.buffer_before_minutes, self.buffer_after_minutes, self.minimum_notice_minutes, self.horizon_days)
        if min(floors) < 0 or (self.max_meetings_per_day or 0) < 0:
            raise ValueError("buffers, notice, horizon and the most meetings of a day are not negative")

    @property
    def duration(self) -> timedelta:
        """How long a meeting lasts."""
        return timedelta(minutes=self.duration_minutes)


@dataclass(frozen=True, slots=True)
class Busy:
    """Time taken in a seller's calendar, `start` included and `end` excluded, aware UTC.

    `meeting` and `hold` are the tenant's own and carry its buffers with them; `block` and `google` do not.
    """

    start: datetime
    end: datetime
    kind: BusyKind
    label: str

    def __post_init__(self) -> None:
        require_utc(self.start, self.end)
        if self.end <= self.start:
            raise ValueError("busy time ends after it starts")

    @property
    def is_own_meeting(self) -> bool:
        """Whether the tenant's buffers surround it too."""
        return self.kind in {"meeting", "hold"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerCalendar:
    """All that decides when one seller is free.

    `counted_meetings` has, for a day of the seller's calendar, how many meetings count against the day's maximum, which
    is the seller's own where they have one, else the company's.
    """

    seller_id: int
    zone: ZoneInfo
    working_hours: WorkingHours
    holidays: frozenset[date] = frozenset()
    busy: tuple[Busy, ...] = ()
    counted_meetings: Mapping[date, int] = field(default_factory=dict[date, int])
    max_meetings_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be offered, aware UTC, `end_utc` excluded."""

    seller_id: int
    start_utc: datetime
    end_utc: datetime


@dataclass(frozen=True, slots=True)
class Free:
    """The time can be offered, as this slot."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class NotFree:
    """The time cannot be offered; `detail` says why in one English sentence, in the seller's wall clock."""

    rule: Rule
    detail: str


def require_utc(*instants: datetime) -> None:
    """Raise `ValueError` unless every instant is aware and in UTC."""
    for instant in instants:
        if instant.tzinfo is not UTC and instant.utcoffset() != timedelta(0):
            raise ValueError(f"{instant.isoformat()} is not an aware UTC time")
