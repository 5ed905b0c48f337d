"""Times of day and parts of the day as people write them in es, en and pt. Pure.

Hours 1-6 without am, pm or a day part are read as afternoon: nobody meets a seller at three in the night. A leading
zero ("06:00") is taken as written.
"""

import re
from dataclasses import dataclass
from datetime import time
from typing import Literal, TypeAlias

from core.folding import blank

TimeOfDay: TypeAlias = time
DayPart: TypeAlias = Literal["morning", "afternoon", "evening"]
PART_HOURS: dict[DayPart, tuple[int, int]] = {"morning": (0, 12), "afternoon": (12, 19), "evening": (18, 24)}
NOON = 12
LAST_SHIFTED_HOUR = 6

_NUMBERS = {
    "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "uma": 1, "duas": 2, "quatro": 4, "sete": 7,
    "oito": 8, "nove": 9, "dez": 10, "doze": 12,
}  # fmt: skip
_AFTER = r"despues de las|a partir de las|desde las|after|depois das|a partir das"
_BEFORE = r"antes de las|before|antes das"
_AT = (
    rf"(?P<after>{_AFTER})|(?P<before>{_BEFORE})|a las|a la|para las|sobre las|hacia las|entre las|tipo las|tipo"
    r"|at|around|as|pelas|para as"
    r"|las(?=\s\S+(?:\s(?:y media|y cuarto|menos cuarto|en punto|de la|hs?)\b|\s*(?:[,.;!?]|$)))"
)
_PART = (
    r"(?P<morning>(?:de|por|en|a) la manana|d[ae] manha|in the morning)"
    r"|(?P<afternoon>(?:de|por|en|a) la tarde|d[ae] tarde|in the afternoon)"
    r"|(?P<evening>(?:de|por|en|a) la noche|d[ae] noite|in the evening|at night)"
)
_CLOCK = re.compile(
    rf"(?:\b(?P<at>{_AT})\s+)?(?<![\d/.:$#-])(?P<hour>\d{{1,2}}|(?<=\s)(?:{'|'.join(_NUMBERS)})\b)(?![\d/%])"
    r"(?:(?P<sep>[:.h])(?P<minute>\d{2})(?!\d))?"
    r"(?:\s?(?P<unit>a\.?\s?m\b\.?|p\.?\s?m\b\.?|hs\b|hrs\b|h\b|o'?clock\b))?"
    r"(?:\s(?P<tail>y media|e meia|y cuarto|menos cuarto)\b)?"
    rf"(?:\s(?:{_PART})\b)?(?!\s(?:opc|option|of\b))"
)
_HALF_PAST = re.compile(r"\b(half|quarter) past (\d{1,2})\b")
_NOON = re.compile(r"\b(?:(?:al? )?(?:mediodia|medio dia)|(?:at )?noon|(?:at )?midday|(?:ao )?meio[ -]dia)\b")
_MIDNIGHT = re.compile(r"\b(?:(?:a )?(?:la )?(?:medianoche|media noche)|(?:at )?midnight|(?:a )?meia[ -]noite)\b")
_DAYS = (
    "manana hoy lunes martes miercoles jueves viernes sabado domingo"
    " amanha hoje feira segunda terca quarta quinta sexta"
)
_AFTER_A_DAY = "(?:" + "|".join(f"(?<=\\b{day} )" for day in _DAYS.split()) + ")"
_PARTS: tuple[tuple[DayPart, re.Pattern[str]], ...] = (
    (
        "morning",
        re.compile(
            r"\b(?:(?:a|por|en|de) la|esta) manana\b|\b(?:(?:de|pela|da|na|esta) )?manha\b|\b(?:in the )?mornings?\b"
            r"|\btemprano\b|\ba primera hora\b"
        ),
    ),
    (
        "afternoon",
        re.compile(
            r"\b(?:(?:a|por|en|de) la|esta|a|de|da|na|pela|essa) tarde\b|\b(?:in the )?afternoons?\b"
            rf"|{_AFTER_A_DAY}tarde\b"
        ),
    ),
    (
        "evening",
        re.compile(
            r"\b(?:(?:a|por|en|de) la|esta|de) noche\b|\b(?:(?:a|de|da|na|pela|esta|essa) )?noite\b"
            rf"|\b(?:in the )?evenings?\b|\btonight\b|{_AFTER_A_DAY}noche\b"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A time or a day part, or neither; `rest` is the folded text without the words that said so."""

    time: TimeOfDay | None
    part: DayPart | None
    rest: str


def read_clock(folded: str) -> ClockReading:
    """The first time of day in a folded text, else its day part; "after 3pm" is a day part, not a time."""
    found = _explicit(folded)
    rest = blank(folded, found[2]) if found else folded
    part, rest = _day_part(rest)
    if found is None:
        return ClockReading(None, part, rest)
    moment, loose, _ = found
    if part in ("afternoon", "evening") and moment.hour < NOON:
        moment = moment.replace(hour=moment.hour + 12)
    return ClockReading(None, loose, rest) if loose else ClockReading(moment, None, rest)


def part_of(moment: time) -> DayPart:
    """The day part of a time; the afternoon ends at seven."""
    if moment.hour < NOON:
        return "morning"
    return "afternoon" if moment.hour < PART_HOURS["afternoon"][1] else "evening"


def _explicit(folded: str) -> tuple[time, DayPart | None, tuple[int, int]] | None:
    if past := _HALF_PAST.search(folded):
        moment = _shifted(int(past[2]), 30 if past[1] == "half" else 15, written=past[2])
        return (moment, None, past.span()) if moment else None
    for found in _CLOCK.finditer(folded):
        if not (found["at"] or found["sep"] in (":", "h") or found["unit"] or _part_named(found)):
            continue
        moment = _moment(found)
        if moment is None:
            continue
        if found["after"]:
            return moment, part_of(moment), found.span()
        if found["before"]:
            return moment, "morning" if moment.hour <= NOON + 1 else "afternoon", found.span()
        return moment, None, found.span()
    for hour, pattern in ((NOON, _NOON), (0, _MIDNIGHT)):
        if named := pattern.search(folded):
            return time(hour), None, named.span()
    return None


def _moment(found: re.Match[str]) -> time | None:
    written = found["hour"]
    hour = _NUMBERS.get(written) or int(written)
    minute = int(found["minute"] or 0)
    if found["tail"]:
        minute = 30 if "medi" in found["tail"] or "meia" in found["tail"] else 15
        if found["tail"].startswith("menos"):
            hour, minute = hour - 1, 45
    unit = (found["unit"] or "").replace(".", "").replace(" ", "")
    part = _part_named(found)
    if unit == "am" or part == "morning":
        return _valid(0 if hour == NOON and unit == "am" else hour, minute)
    if unit == "pm" or part == "afternoon":
        return _valid(hour + 12 if hour < NOON else hour, minute)
    if part == "evening":
        return _valid(hour + 12 if hour < NOON else hour % NOON if hour == NOON else hour, minute)
    return _shifted(hour, minute, written=written)


def _shifted(hour: int, minute: int, *, written: str) -> time | None:
    early = 1 <= hour <= LAST_SHIFTED_HOUR and not written.startswith("0")
    return _valid(hour + 12 if early else hour, minute)


def _valid(hour: int, minute: int) -> time | None:
    return time(hour, minute) if 0 <= hour <= 23 and 0 <= minute <= 59 else None  # noqa: PLR2004


def _part_named(found: re.Match[str]) -> DayPart | None:
    parts: tuple[DayPart, ...] = ("morning", "afternoon", "evening")
    return next((part for part in parts if found[part]), None)


def _day_part(folded: str) -> tuple[DayPart | None, str]:
    for part, pattern in _PARTS:
        if found := pattern.search(folded):
            return part, blank(folded, found.span())
    return None, folded
