"""What a seller is. The shape inside `working_hours` is documented and parsed by the agenda, one layer above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.json_types import JsonObject


class Week(Protocol):
    """Working hours that were parsed before: the agenda's `WorkingHours`."""

    def as_json(self) -> JsonObject:
        """The documented shape of `sellers.working_hours` (PRODUCT §3.4)."""
        ...


@dataclass(frozen=True, slots=True)
class Seller:
    """A row of `sellers`. `zone` is an IANA name; both it and `working_hours` are as stored, not yet parsed.

    `active` is false too for one whose account is suspended, where it was asked for whom to book. `turns` is the cursor
    of round robin: how far the seller is in the queue. `most_meetings_per_day` None: as the company has it.
    """

    id: int
    user_id: int | None
    name: str
    zone: str
    working_hours: JsonObject
    active: bool
    skills: list[str]
    turns: int
    most_meetings_per_day: int | None


@dataclass(frozen=True, slots=True)
class ListedSeller:
    """A seller as the team sees them, with what they have ahead; `suspended` says that of their account.

    `photo` is the number of the photo that is shown; another one has another number.
    """

    id: int
    user_id: int | None
    name: str
    zone: str
    working_hours: JsonObject
    active: bool
    skills: list[str]
    bio: str
    most_meetings_per_day: int | None
    suspended: bool
    meetings_ahead: int
    minutes_ahead: int
    photo: int | None
