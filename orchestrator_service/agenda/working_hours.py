"""The documented shape of `sellers.working_hours` (JSONB; PRODUCT section 3.4).

`{"0": [{"start": "09:00", "end": "13:00"}, …], …, "6": []}`: keys are weekdays with Monday = "0", a missing key is a
day off, times are wall-clock times in the seller's IANA zone. Ranges of a day do not overlap (they may touch), `end` is
after `start`, and "24:00" is the end of the day.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

MINUTES_PER_DAY: Final = 24 * 60
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

StartClock = Annotated[str, StringConstraints(strict=True, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
EndClock = Annotated[str, StringConstraints(strict=True, pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]


class WorkingHoursError(ValueError):
    """The value is not a week of working hours; the message names the day, the range and the reason."""


@lru_cache(maxsize=2048)  # more than there are clocks in a day; asked for each range of each day looked at
def _minute_of_day(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


class WorkingRange(BaseModel):
    """One unbroken stretch of work on one weekday, `start` included and `end` excluded, both "HH:MM"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: StartClock
    end: EndClock

    @property
    def start_minute(self) -> int:
        """Minutes after midnight by the wall clock, 0 to 1439."""
        return _minute_of_day(self.start)

    @property
    def end_minute(self) -> int:
        """Minutes after midnight by the wall clock, 1 to 1440."""
        return _minute_of_day(self.end)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end_minute <= self.start_minute:
            raise ValueError(f"the end {self.end} is not after the start {self.start}")
        return self


class WorkingHours(BaseModel):
    """A seller's week. Each day's ranges are kept in order of time, whatever the order they came in."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    monday: tuple[WorkingRange, ...] = Field(default=(), alias="0")
    tuesday: tuple[WorkingRange, ...] = Field(default=(), alias="1")
    wednesday: tuple[WorkingRange, ...] = Field(default=(), alias="2")
    thursday: tuple[WorkingRange, ...] = Field(default=(), alias="3")
    friday: tuple[WorkingRange, ...] = Field(default=(), alias="4")
    saturday: tuple[WorkingRange, ...] = Field(default=(), alias="5")
    sunday: tuple[WorkingRange, ...] = Field(default=(), alias="6")

    @field_validator("*", mode="after")
    @classmethod
    def _ordered_without_overlap(cls, ranges: tuple[WorkingRange, ...]) -> tuple[WorkingRange, ...]:
        ordered = tuple(sorted(ranges, key=lambda one: one.start_minute))
        for earlier, later in pairwise(ordered):
            if later.start_minute < earlier.end_minute:
                raise ValueError(f"{earlier.start}-{earlier.end} and {later.start}-{later.end} overlap")
        return ordered

    def on(self, weekday: int) -> tuple[WorkingRange, ...]:
        """The ranges of a weekday, Monday = 0, in order of time."""
        week = (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)
        return week[weekday]

    def as_json(self) -> dict[str, list[dict[str, str]]]:
        """The shape to store: all seven keys, ranges in order of time."""
        return {
            str(weekday): [{"start": one.start, "end": one.end} for one in self.on(weekday)]
            for weekday in range(len(WEEKDAYS))
        }


def parse_working_hours(raw: object) -> WorkingHours:
    """Read a decoded JSONB value. Raises `WorkingHoursError` with one sentence for each fault."""
    if not isinstance(raw, Mapping):
        raise WorkingHoursError('working hours are an object with the keys "0" (Monday) to "6" (Sunday)')
    try:
        return WorkingHours.model_validate(raw)
    except ValidationError as error:
        faults = "; ".join(_sentence(fault) for fault in error.errors(include_url=False))
        raise WorkingHoursError(faults) from error


def default_working_hours() -> WorkingHours:
    """Monday to Friday, 09:00 to 18:00."""
    return parse_working_hours({str(weekday): [{"start": "09:00", "end": "18:00"}] for weekday in range(5)})


def _sentence(fault: ErrorDetails) -> str:
    key, *rest = fault["loc"]
    if fault["type"] in {"extra_forbidden", "invalid_key"} and not rest:
        return f'"{key}" is not a weekday: the keys are "0" (Monday) to "6" (Sunday)'
    where = [f'{WEEKDAYS[int(key)]} ("{key}")']
    where += [f"range {part + 1}" if isinstance(part, int) else f'"{part}"' for part in rest]
    if fault["type"] == "string_pattern_mismatch":
        return f'{", ".join(where)}: {fault["input"]!r} is not a time of the form HH:MM ("24:00" only as an end)'
    return f"{', '.join(where)}: {fault['msg'].removeprefix('Value error, ')}"
