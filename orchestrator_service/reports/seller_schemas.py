"""A seller's month on the wire."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from orchestrator_service.reports.schemas import EarnedView, earned
from orchestrator_service.reports.targets import Performance, Target


class TargetView(BaseModel):
    """A target of the month; `currency` is empty where it is not `revenue`."""

    measure: Literal["meetings", "won", "revenue"]
    currency: str
    amount: Decimal


class TargetBody(BaseModel):
    """What is to be reached: meetings held (`meetings`), leads met and won (`won`), or `revenue` in a currency."""

    model_config = ConfigDict(extra="forbid")

    measure: Literal["meetings", "won", "revenue"]
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    amount: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]

    @model_validator(mode="after")
    def _money_has_currency(self) -> Self:
        if (self.measure == "revenue") != (self.currency != ""):
            raise ValueError("revenue has a currency, nothing else has")
        return self


class TargetsBody(BaseModel):
    """`PUT /crm/sellers/{id}/targets`: all of a month's; `month` is a day in it."""

    model_config = ConfigDict(extra="forbid")

    month: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
    targets: Annotated[list[TargetBody], Field(max_length=12)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(one.measure, one.currency) for one in self.targets}) < len(self.targets):
            raise ValueError("name each target once")
        return self

    def wanted(self) -> list[Target]:
        """As the slice takes it."""
        return [Target(one.measure, one.currency, one.amount) for one in self.targets]


class PerformanceView(BaseModel):
    """A seller's month: meetings booked in it, those that began in it and how they went, whom they met, who is won."""

    month: date
    last: date
    bookings: int
    shown: int
    missed: int
    met: int
    won: int
    revenue: list[EarnedView]
    targets: list[TargetView]

    @classmethod
    def of(cls, performance: Performance) -> Self:
        """The month."""
        meetings = performance.meetings
        return cls(
            month=performance.month.first,
            last=performance.month.last,
            bookings=meetings.booked if meetings else 0,
            shown=meetings.shown if meetings else 0,
            missed=meetings.missed if meetings else 0,
            met=meetings.met if meetings else 0,
            won=meetings.won if meetings else 0,
            revenue=earned(performance.revenue),
            targets=[
                TargetView(measure=one.measure, currency=one.currency, amount=one.amount) for one in performance.targets
            ],
        )
