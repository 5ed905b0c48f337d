"""Dates and times understood from es, en and pt text, relative to `now` in a zone.

The one place where they are: the agent's tools and the demo brain both ask it, no model counts days by itself. Pure.

A weekday is the next such day, today excluded ("hoy" and its like say today). "el 15 a las 10" is day 15 at 10:00.
"mañana" is tomorrow; "a la mañana" is the morning. Clauses that say "I can't" are not read. The Portuguese weekdays
that are also ordinals ("segunda") are weekdays only where the text is Portuguese or says "-feira".

What people themselves do not agree on is never guessed: "next Tuesday" while this week's Tuesday is still to come,
"este viernes" on a Friday, "3/4" in English. Both days are answered then, and `unsure` says so.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.folding import blank, fold
from orchestrator_service.agenda.clock_words import PART_HOURS, DayPart, TimeOfDay, read_clock
from orchestrator_service.agenda.working_hours import WEEKDAYS
from orchestrator_service.agenda.written_dates import written_dates

_MEANT_DAY = {
    **dict.fromkeys(("maniana", "manan", "mannana", "mnana", "manaana"), "manana"),
    **dict.fromkeys(("lunez", "lune"), "lunes"), **dict.fromkeys(("martez", "matres"), "martes"),
    **dict.fromkeys(("miercolez", "mierc", "miercole", "mierkoles", "miecoles", "mircoles"), "miercoles"),
    **dict.fromkeys(("juebes", "juevez", "jueve", "huebes"), "jueves"),
    **dict.fromkeys(("biernes", "viernez", "vierne", "bierne"), "viernes"),
    **dict.fromkeys(("savado", "sabdo"), "sabado"), **dict.fromkeys(("dominguo", "domigo"), "domingo"),
    **dict.fromkeys(("tomorow", "tommorow", "tommorrow", "tmrw", "tmr", "2moro"), "tomorrow"),
    **dict.fromkeys(("wensday", "wednsday", "wendesday", "wed"), "wednesday"),
    **dict.fromkeys(("thrusday", "thurday", "thirsday"), "thursday"), "teusday": "tuesday", "firday": "friday",
    **dict.fromkeys(("amnha", "amanh", "amanhaa"), "amanha"), "qunta": "quinta", "sesta": "sexta",
}  # fmt: skip
_MISSPELT = re.compile(rf"\b(?:{'|'.join(_MEANT_DAY)})\b")
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
_NEXT_BEFORE = re.compile(r"\b(?:proxim[oa]|next)\s$")
_NEXT_AFTER = re.compile(r"\s(?:que vi?ene|que vem|proxim[oa]|siguiente)\b")
_THIS_BEFORE = re.compile(r"\b(?:este|esta|essa|nesta|nessa|this)\s$")
_PAST_BEFORE = re.compile(r"\b(?:last|ultim[oa])\s$")
_PAST_AFTER = re.compile(r"\s(?:pasad[oa]|passad[oa])\b")
_UNTIL = re.compile(r"\s(?:al?|ate|hasta|to|until|till?|through)(?:\s(?:el|o|a|the))?\s$")
_BETWEEN = re.compile(r"\b(?:entre|between|del?|from|desde)\b")
_BARE_NUMBER = re.compile(r"^\s*(\d{1,2})\b(?![:/.]\d)")
_WEEK = timedelta(days=7)
_OFFICE_HOURS = range(7, 21)


@dataclass(frozen=True, slots=True)
class When:
    """What was understood: an inclusive range of local dates, a local time or a day part; each may be missing.

    `either`: only these days of the range are meant, in order. `unsure`: they are readings of which one is meant.
    `earliest` (included) and `latest` (excluded) bound when a meeting may begin, closer than the day part.
    """

    date_from: date | None
    date_to: date | None
    time: TimeOfDay | None = None
    day_part: DayPart | None = None
    either: tuple[date, ...] = ()
    unsure: bool = False
    earliest: TimeOfDay | None = None
    latest: TimeOfDay | None = None

    @property
    def precise(self) -> bool:
        """Whether it can point at one offered time: a single day, a time or a part of the day."""
        return self.time is not None or self.day_part is not None or self.one_day

    @property
    def one_day(self) -> bool:
        """Whether exactly one date is meant."""
        return self.date_from is not None and self.date_from == self.date_to

    def in_words(self) -> str:
        """English for a model, with the weekday of each date, so that it need not count."""
        said: list[str] = []
        if self.unsure:
            said.append(f"either {' or '.join(_dated(day) for day in self.either)}: name both dates, let them choose")
        elif self.either:
            said.append(" or ".join(_dated(day) for day in self.either))
        elif self.date_from and self.date_to:
            said.append(_dated(self.date_from) + ("" if self.one_day else f" to {_dated(self.date_to)}"))
        if self.time is not None:
            said.append(f"at {self.time:%H:%M}")
        elif self.earliest or self.latest:
            said += [f"from {self.earliest:%H:%M}"] if self.earliest else []
            said += [f"before {self.latest:%H:%M}"] if self.latest else []
        elif self.day_part:
            said.append(f"in the {self.day_part}")
        return ", ".join(said)

    def fits(self, local: datetime) -> bool:
        """Whether a moment, given in the zone of the text, is meant."""
        if self.date_from and self.date_to and not self.date_from <= local.date() <= self.date_to:
            return False
        if self.either and local.date() not in self.either:
            return False
        if self.time is not None:
            return (local.hour, local.minute) == (self.time.hour, self.time.minute)
        if self.earliest or self.latest:
            clock = local.time()
            return not (self.earliest and clock < self.earliest) and not (self.latest and clock >= self.latest)
        if self.day_part is None:
            return True
        first, end = PART_HOURS[self.day_part]
        return first <= local.hour < end


def parse_when(text: str, now: datetime, zone: str, language: str | None = None) -> When | None:
    """The date, time and day part of a text, or None where it says nothing about them.

    `now` is aware; `zone` is the IANA name in which the writer counts days. Never a date before today.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    folded = _readable(_respelt(fold(text)))
    said_today = bool(_TODAY.search(folded) or _THIS_MORNING.search(folded))
    clock = read_clock(folded)
    days, bare_hour = _days(clock.rest, today, language, said_today=said_today)
    moment = clock.time
    if moment is None and bare_hour is not None:
        moment = TimeOfDay(bare_hour)
    if days is None and moment is None and clock.part is None:
        return None
    part = clock.part if moment is None else None
    if days is None:
        return When(None, None, moment, part, earliest=clock.earliest, latest=clock.latest)
    return When(days.first, days.last, moment, part, days.either, days.unsure, clock.earliest, clock.latest)


@dataclass(frozen=True, slots=True)
class _Days:
    """Days from `first` to `last`; `either` and `unsure` as in `When`."""

    first: date
    last: date
    either: tuple[date, ...] = ()
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class _Weekdays:
    """The named weekdays in the order they were named, and the hour of "martes 10" where the 10th is no Tuesday."""

    days: list[date]
    hour: int | None = None
    unsure: bool = False
    unbroken: bool = False


def _dated(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.isoformat()}"


def _respelt(folded: str) -> str:
    """Days as people type them in a hurry; nobody needs the spans of these words."""
    return _MISSPELT.sub(lambda found: _MEANT_DAY[found[0]], folded)


def _readable(folded: str) -> str:
    text = _GREETINGS.sub(lambda found: " " * len(found[0]), folded)
    start = 0
    for stop in [*(found.start() for found in _BREAKS.finditer(text)), len(text)]:
        if _CANNOT.search(text, start, stop):
            text = blank(text, (start, stop))
        start = stop
    return text


def _days(folded: str, today: date, language: str | None, *, said_today: bool) -> tuple[_Days | None, int | None]:
    written = written_dates(folded, today, language)
    rest = written.rest
    days = [*written.days, *([today] if said_today else [])]
    if found := _OVERMORROW.search(rest):
        days.append(today + timedelta(days=2))
        rest = blank(rest, found.span())
    if _TOMORROW.search(rest):
        days.append(today + timedelta(days=1))
    next_week = _NEXT_WEEK.search(rest)
    named = _Weekdays([])
    if not written.days:
        named = _weekdays(rest, today, language, monday=_monday(today) + _WEEK if next_week else None)
        days += [day for day in named.days if not (said_today and day == today + _WEEK)]
    if not days:
        week = _week_range(rest, today, next_week=bool(next_week))
        return (_Days(*week) if week else None), None
    return _meant(days, folded, named, unsure=written.unsure or named.unsure), named.hour


def _meant(days: list[date], folded: str, named: _Weekdays, *, unsure: bool) -> _Days:
    """One day, the separate days that were named, or all from the first to the last ("del 10 al 15")."""
    each = tuple(sorted(set(days)))
    first, last = min(days), max(days)
    unbroken = named.unbroken or (not named.days and not unsure and bool(_BETWEEN.search(folded)))
    weeks = (last - first).days == _WEEK.days - 1 and not unsure and not named.days  # "in two weeks"
    separate = len(each) > 1 and not unbroken and not weeks
    return _Days(first, last, each if separate else (), unsure and len(each) > 1)


def _weekdays(rest: str, today: date, language: str | None, *, monday: date | None) -> _Weekdays:
    patterns = (_WEEKDAYS, _PORTUGUESE) if language == "pt" else (_WEEKDAYS,)
    matches = sorted((each for pattern in patterns for each in pattern.finditer(rest)), key=re.Match[str].start)
    days: list[date] = []
    hour: int | None = None
    unsure = unbroken = False
    end: int | None = None
    for found in matches:
        before, after = rest[: found.start()], rest[found.end() :]
        if _PAST_BEFORE.search(before) or _PAST_AFTER.match(after):
            continue
        number = int((found.lastgroup or "d0")[1:])
        ahead = (number - today.weekday() - 1) % 7 + 1
        day = monday + timedelta(days=number) if monday else today + timedelta(days=ahead)
        if end is not None and (_UNTIL.search(rest[end : found.start()]) or "entre " in rest or "between " in rest):
            unbroken = True
            day = day if day > days[-1] else day + _WEEK
        if bare := _BARE_NUMBER.match(after):
            day, hour = _numbered(day, int(bare[1]))
        elif monday is None and (other := _other_reading(day, today, before, after)):
            unsure = True
            days.append(other)
        days.append(day)
        end = found.end()
    return _Weekdays(days, hour, unsure, unbroken)


def _other_reading(day: date, today: date, before: str, after: str) -> date | None:
    """The other day that a weekday with its small words can mean; None where there is no doubt."""
    if _THIS_BEFORE.search(before):
        return today if day == today + _WEEK else None
    upcoming = day <= _monday(today) + timedelta(days=6)
    if upcoming and (_NEXT_BEFORE.search(before) or _NEXT_AFTER.match(after)):
        return day + _WEEK
    return None


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
