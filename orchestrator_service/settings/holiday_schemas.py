"""The company's days off on the wire."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class RegionView(BaseModel):
    """A part of the country with holidays of its own."""

    code: str
    name: str


class CompanyDay(BaseModel):
    """A day of which the calendar or the company says something; `public` is in the calendar of public holidays."""

    day: date
    name: str
    public: bool
    closed: bool


class HolidaysView(BaseModel):
    """`GET /admin/core/settings/holidays`: a year by day, and what the calendar can be chosen from."""

    year: int
    country: str | None
    region: str | None
    countries: list[str]
    regions: list[RegionView]
    days: list[CompanyDay]


class CompanyDayBody(BaseModel):
    """`PUT /admin/core/settings/holidays/{day}`: whether the company is closed; `name` is that of a day of its own.

    With `last_day` it holds for every day up to that one.
    """

    model_config = ConfigDict(extra="forbid")

    closed: bool
    last_day: Annotated[date, Field(le=date(2100, 12, 31))] | None = None
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
