"""Sellers on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from orchestrator_service.sellers.models import ListedSeller

Weekday = Literal["0", "1", "2", "3", "4", "5", "6"]


class HoursView(BaseModel):
    """A stretch of work, both "HH:MM" on the seller's clock; `end` is excluded and may be "24:00"."""

    start: str
    end: str


_WEEK: TypeAdapter[dict[Weekday, list[HoursView]]] = TypeAdapter(dict[Weekday, list[HoursView]])


class SellerView(BaseModel):
    """Whose agenda it is; `zone` is an IANA name.

    `working_hours`: weekdays "0" (Monday) to "6", a missing one is a day off (PRODUCT §3.4); null where what is stored
    cannot be read, so that nobody knows when the seller is free. `suspended` is the account's; `meetings_ahead` and
    `minutes_ahead` are what is booked from now on. `most_meetings_per_day` null: as the company has it. `photo` is
    the number of the photo at `GET /crm/sellers/{id}/photo`, null where there is none.
    """

    id: int
    user_id: int | None
    name: str
    zone: str
    active: bool
    working_hours: dict[Weekday, list[HoursView]] | None
    skills: list[str]
    bio: str
    most_meetings_per_day: int | None
    suspended: bool
    meetings_ahead: int
    minutes_ahead: int
    photo: int | None

    @classmethod
    def of(cls, seller: ListedSeller) -> SellerView:
        """The seller."""
        return cls(
            id=seller.id,
            user_id=seller.user_id,
            name=seller.name,
            zone=seller.zone,
            active=seller.active,
            working_hours=_week_of(seller),
            skills=seller.skills,
            bio=seller.bio,
            most_meetings_per_day=seller.most_meetings_per_day,
            suspended=seller.suspended,
            meetings_ahead=seller.meetings_ahead,
            minutes_ahead=seller.minutes_ahead,
            photo=seller.photo,
        )


def _week_of(seller: ListedSeller) -> dict[Weekday, list[HoursView]] | None:
    try:
        return _WEEK.validate_python(seller.working_hours)
    except ValidationError:
        return None
