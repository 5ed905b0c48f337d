"""When the meetings of the demonstration are: working days from today, by the seller's wall clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias, cast
from zoneinfo import ZoneInfo

from core.principal import Role
from orchestrator_service.agenda.labels import Language, label_of

Outcome: TypeAlias = Literal["booked", "offered", "no_show", "cancelled"]

_SATURDAY: Final = 5
_DAYS: Final[dict[Language, tuple[str, ...]]] = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes"),
    "pt": ("segunda", "terça", "quarta", "quinta", "sexta"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}


@dataclass(frozen=True)
class Appointment:
    """A time that was at least offered; aware."""

    seller: Role
    starts_at: datetime
    outcome: Outcome
    length: timedelta = timedelta(minutes=30)


def appointment(words: str, zone: ZoneInfo, now: datetime) -> Appointment:
    """«closer +1 10:30 no_show»: the seller's role, working days from today, local time, what became of it."""
    seller, offset, clock, *outcome = words.split()
    day = working_day(now.astimezone(zone).date(), int(offset))
    starts = datetime.combine(day, time.fromisoformat(clock.zfill(5)), zone)
    return Appointment(cast("Role", seller), starts, cast("Outcome", outcome[0] if outcome else "booked"))


def working_day(today: date, offset: int) -> date:
    """The working day that many before or after today; on a weekend today is the Monday that follows."""
    day = today
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    step = timedelta(days=1 if offset > 0 else -1)
    for _ in range(abs(offset)):
        day += step
        while day.weekday() >= _SATURDAY:
            day += step
    return day


def words_of(meeting: Appointment | None, language: Language, zone: ZoneInfo) -> dict[str, str]:
    """What fills the holes of a script: `slot` and three others as offered, `day` and `hour` of the first as said."""
    if meeting is None:
        return {}
    local = meeting.starts_at.astimezone(zone)
    others = [
        datetime.combine(working_day(local.date(), days), time(hour, minute), zone)
        for days, hour, minute in ((1, 9, 30), (1, 16, 0), (2, 11, 0))
    ]
    offered = [label_of(starts, zone.key, language) for starts in (local, *others)]
    names = ("slot", "slot2", "slot3", "slot4")
    return {**dict(zip(names, offered, strict=True)), "day": _DAYS[language][local.weekday()], "hour": f"{local:%H:%M}"}
