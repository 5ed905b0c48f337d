"""Dates and times understood from es, en and pt text, relative to `now` in a zone.

A weekday is the next such day, today excluded ("hoy" and its like say today). "el 15 a las 10" is day 15 at 10:00.
"mañana" is tomorrow; "a la mañana" is the morning. Clauses that say "I can't" are not read. The Portuguese weekdays
that are also ordinals ("segunda") are weekdays only where the text is Portuguese or says "-feira".
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from orchestrator_service.agent.demo_brain.calendar_dates import written_dates
from orchestrator_service.agent.demo_brain.clock_times import PART_HOURS, DayPart, TimeOfDay, read_clock
from orchestrator_service.agent.demo_brain.folding import blank, fold

_GREETINGS = re.compile(
    r"\b(?:buen(?:os|as)? (?:dias?|tardes?|noches?)|bo[am] (?:dia|tarde|noite)|good (?:morning|afternoon|"
    r"evening|night))\b"
)
_BREAKS = re.compile(
    r"[,;!?\n]|\.(?!\d)|\b(?:pero|mejor|prefiero|but|rather|instead|mas|sino|prefiro|melhor)\b(?! tarde)"
)
_CANNOT = re.compile(
    r"\b(?:no (?:puedo|podria|me (?:sirve|queda|va)|llego)|can'?t|cannot|(?:doesn'?t|won'?t|not) work|"
    r"nao (?:posso|consigo|da|serve))\b"
)
_TODAY = re.compile(r"\b(?:hoy|hoje|today|tonight|esta (?:tarde|noche|noite)|this (?:morning|afternoon|evening))\b")
_THIS_MORNING = re.compile(r"\besta (?:manana|manha)\b")
_OVERMORROW = re.compile(r"\b(?:pasado manana|depois de amanha|day after tomorrow)\b")
_TOMORROW = re.compile(r"(?<!a la )(?<!\bla )\b(?:manana|amanha|tomorrow)\b")
_NEXT_WEEK = re.compile(
    r"\b(?:(?:la |a )?semana (?:que vi?ene|que vem|proxima|siguiente)|(?:la |a )?(?:proxima|otra) semana|next week)\b"
)
_THIS_WEEK = re.compile(r"\b(?:esta|essa|nesta|this) (?:semana|week)\b")
_WEEKEND = re.compile(r"\b(?:fin de semana|fim de semana|weekend|finde)\b")
_WEEKDAYS = re.compile(
    r"\b(?:(?P<d0>lunes|mondays?|mon|segunda-?\s?feira)|(?P<d1>martes|tuesdays?|tues?|terca(?:-?\s?feira)?)"
    r"|(?P<d2>miercoles|wednesdays?|quarta-?\s?feira)|(?P<d3>jueves|thursdays?|thu(?:rs?)?|quinta-?\s?feira)"
    r"|(?P<d4>viernes|fridays?|fri|sexta-?\s?feira)|(?P<d5>sabados?|saturdays?)|(?P<d6>domingos?|sundays?))\b"
)
_PORTUGUESE = re.compile(
    r"\b(?:(?P<d0>segunda)|(?P<d2>quarta)|(?P<d3>quinta)|(?P<d4>sexta))\b(?!\s+(?:opcao|alternativa))"
)
_BARE_NUMBER = re.compile(r"^\s*(\d{1,2})\b(?![:/.]\d)")
_WEEK = timedelta(days=7)
_OFFICE_HOURS = range(7, 21)


@dataclass(frozen=True, slots=True)
class When:
    """What was understood: an inclusive range of local dates, a local time or a day part; each may be missing."""

    date_from: date | None
    date_to: date | None
    time: TimeOfDay | None = None
    day_part: DayPart | None = None

    @property
    def precise(self) -> bool:
        """Whether it can point at one offered time: a single day, a time or a part of the day."""
        return self.time is not None or self.day_part is not None or self.one_day

    @property
    def one_day(self) -> bool:
        """Whether exactly one date is meant."""
        return self.date_from is not None and self.date_from == self.date_to

    def fits(self, local: datetime) -> bool:
        """Whether a moment, given in the zone of the text, is meant."""
        if self.date_from and self.date_to and not self.date_from <= local.date() <= self.date_to:
            return False
        if self.time is not None:
            return (local.hour, local.minute) == (self.time.hour, self.time.minute)
        if self.day_part is None:
            return True
        first, end = PART_HOURS[self.day_part]
        return first <= local.hour < end


def parse_when(text: str, now: datetime, zone: str, language: str | None = None) -> When | None:
    """The date, time and day part of a text, or None where it says nothing about them.

    `now` is aware; `zone` is the IANA name in which the writer counts days. Never a date before today.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    folded = _readable(fold(text))
    said_today = bool(_TODAY.search(folded) or _THIS_MORNING.search(folded))
    clock = read_clock(folded)
    span, bare_hour = _days(clock.rest, today, language, said_today=said_today)
    moment = clock.time
    if moment is None and bare_hour is not None:
        moment = TimeOfDay(bare_hour)
    if span is None and moment is None and clock.part is None:
        return None
    first, last = span or (None, None)
    return When(first, last, moment, clock.part if moment is None else None)


def _readable(folded: str) -> str:
    text = _GREETINGS.sub(lambda found: " " * len(found[0]), folded)
    start = 0
    for stop in [*(found.start() for found in _BREAKS.finditer(text)), len(text)]:
        if _CANNOT.search(text, start, stop):
            text = blank(text, (start, stop))
        start = stop
    return text


def _days(
    folded: str, today: date, language: str | None, *, said_today: bool
) -> tuple[tuple[date, date] | None, int | None]:
    written, rest = written_dates(folded, today)
    days = [*written, *([today] if said_today else [])]
    if found := _OVERMORROW.search(rest):
        days.append(today + timedelta(days=2))
        rest = blank(rest, found.span())
    if _TOMORROW.search(rest):
        days.append(today + timedelta(days=1))
    next_week = _NEXT_WEEK.search(rest)
    hour: int | None = None
    if not written:
        weekdays, hour = _weekdays(rest, today, language, monday=_monday(today) + _WEEK if next_week else None)
        days += [day for day in weekdays if not (said_today and day == today + _WEEK)]
    if days:
        return (min(days), max(days)), hour
    return _week_range(rest, today, next_week=bool(next_week)), None


def _weekdays(rest: str, today: date, language: str | None, *, monday: date | None) -> tuple[list[date], int | None]:
    """The named weekdays, and the hour of "martes 10" where the 10th is no Tuesday."""
    patterns = (_WEEKDAYS, _PORTUGUESE) if language == "pt" else (_WEEKDAYS,)
    days: list[date] = []
    hour: int | None = None
    for found in (each for pattern in patterns for each in pattern.finditer(rest)):
        number = int((found.lastgroup or "d0")[1:])
        day = (
            monday + timedelta(days=number)
            if monday
            else today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
        )
        if bare := _BARE_NUMBER.match(rest[found.end() :]):
            day, hour = _numbered(day, int(bare[1]))
        days.append(day)
    return days, hour


def _numbered(day: date, number: int) -> tuple[date, int | None]:
    """The day and hour of "martes 24": the Tuesday of that number within six weeks, else a time on the next one."""
    for weeks in range(6):
        later = day + weeks * _WEEK
        if later.day == number:
            return later, None
    return day, number if number in _OFFICE_HOURS else None


def _week_range(rest: str, today: date, *, next_week: bool) -> tuple[date, date] | None:
    monday = _monday(today)
    if next_week:
        return monday + _WEEK, monday + _WEEK + timedelta(days=6)
    if _WEEKEND.search(rest):
        return max(today, monday + timedelta(days=5)), monday + timedelta(days=6)
    if _THIS_WEEK.search(rest):
        return today, monday + timedelta(days=6)
    return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
