"""A seller's profile on the wire: what is edited of it, and the days on which they do not work."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from core.folding import fold
from core.paging import LARGEST_ID
from orchestrator_service.agenda.days_off import DayOff
from orchestrator_service.agenda.working_hours import WorkingHours, parse_working_hours
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone
from orchestrator_service.sellers.change import SellerChange
from orchestrator_service.sellers.models import ListedSeller
from orchestrator_service.sellers.schemas import HoursView, SellerView, Weekday

MOST_SKILLS = 30


def _known_zone(name: str) -> str:
    try:
        parse_zone(name)
    except UnknownZoneError as error:
        raise ValueError(str(error)) from error
    return name


_Visible = r"^[^\x00-\x1f\x7f]*$"
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_Visible)]
_Skill = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=_Visible)]
_Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_Visible)]
_Bio = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")]
_Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
_Week = dict[Weekday, list[HoursView]]
_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]


class SellerBody(BaseModel):
    """`PATCH /crm/sellers/{id}`: what is missing or null stays. `zone` is an IANA name, Monday is "0".

    `most_meetings_per_day` 0: as the company has it.
    """

    model_config = ConfigDict(extra="forbid")

    name: _Name | None = None
    zone: _Zone | None = None
    working_hours: _Week | None = None
    skills: Annotated[list[_Skill], Field(max_length=MOST_SKILLS)] | None = None
    active: bool | None = None
    bio: _Bio | None = None
    most_meetings_per_day: Annotated[int, Field(ge=0, le=100)] | None = None

    @field_validator("working_hours")
    @classmethod
    def _is_a_week(cls, week: _Week | None) -> _Week | None:
        if week is not None:
            _parsed(week)
        return week

    def change(self) -> SellerChange:
        """As the slice takes it; a skill that differs from one before it in case or accents alone is that one."""
        skills = (
            None if self.skills is None else tuple({fold(one): one for one in reversed(self.skills)}.values())[::-1]
        )
        return SellerChange(
            name=self.name,
            zone=ZoneInfo(self.zone) if self.zone is not None else None,
            working_hours=None if self.working_hours is None else _parsed(self.working_hours),
            skills=skills,
            active=self.active,
            bio=self.bio,
            most_meetings_per_day=self.most_meetings_per_day,
        )


class NewSellerBody(BaseModel):
    """`POST /crm/sellers`: somebody who can be booked, with an account (`user_id`) or without; the company's zone."""

    model_config = ConfigDict(extra="forbid")

    name: _Name
    user_id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None


class DaysOffBody(BaseModel):
    """`POST /crm/sellers/{id}/days-off`: both days included; `works`: worked although others are off."""

    model_config = ConfigDict(extra="forbid")

    first_day: _Day
    last_day: _Day
    works: bool = False
    note: _Note = ""

    def day_off(self) -> DayOff:
        """As the slice takes it."""
        return DayOff(0, None, self.first_day, self.last_day, self.works, self.note)


class DayOffView(BaseModel):
    """Days off, or (`works`) worked although others are off; both ends included."""

    id: int
    first_day: date
    last_day: date
    works: bool
    note: str

    @classmethod
    def of(cls, day_off: DayOff) -> Self:
        """The days."""
        return cls(
            id=day_off.id,
            first_day=day_off.first_day,
            last_day=day_off.last_day,
            works=day_off.works,
            note=day_off.note,
        )


class SellerProfile(BaseModel):
    """A seller with the days off that are not over."""

    seller: SellerView
    days_off: list[DayOffView]

    @classmethod
    def of(cls, seller: ListedSeller, days: list[DayOff]) -> Self:
        """The profile."""
        return cls(seller=SellerView.of(seller), days_off=[DayOffView.of(one) for one in days])


def _parsed(week: _Week) -> WorkingHours:
    return parse_working_hours({day: [one.model_dump() for one in ranges] for day, ranges in week.items()})
