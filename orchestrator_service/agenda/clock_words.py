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
_AFTER = r"despues de las|luego de las|pasadas las|a partir de las|desde las|after|from|depois das|apos as|a partir das"
_BEFORE = r"antes de las|hasta las|before|by|antes das|ate as"
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
_ONE = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_BETWEEN = re.compile(
    rf"\b(?:entre (?:las |as )?|between |de (?=las ))(?:las )?(?P<first>{_ONE})(?:[:.h](?P<minute1>[0-5]\d))?"
    r"\s?(?P<half1>[ap]\.?\s?m\b\.?)?(?:\s?(?:hs?|horas)\b)?\s(?:y|e|and|a) (?:las |as )?"
    rf"(?P<last>{_ONE})(?:[:.h](?P<minute2>[0-5]\d))?\s?(?P<half2>[ap]\.?\s?m\b\.?)?(?:\s?(?:hs?|horas)\b)?"
    r"(?=\s*(?:$|[,;.!?)\n]|(?:de la|da|del?(?= [a-z]+(?:es|ado|ingo)\b)|hs?|horas|o'?clock|el|on|in|por|en|na|no|si|"
    r"se|if|please|seria|estaria|would|works?|me|podria|puede|can|est[ao]u?)\b))"
)
_BEFORE_WORD = re.compile(rf"(?:{_BEFORE})\b")
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
    """A time or a day part, or neither; `rest` is the folded text without the words that said so.

    `earliest` (included) and `latest` (excluded) are the bounds of "after four", "between ten and twelve".
    """

    time: TimeOfDay | None
    part: DayPart | None
    rest: str
    earliest: TimeOfDay | None = None
    latest: TimeOfDay | None = None


def read_clock(folded: str) -> ClockReading:
    """The first time of day in a folded text, else its day part; "after 3pm" is a day part with a bound, no time."""
    if between := _between(folded):
        earliest, latest, span = between
        rest = blank(folded, span)
        part, rest = _day_part(rest)
        return ClockReading(None, part or part_of(earliest), rest, earliest, latest)
    found = _explicit(folded)
    rest = blank(folded, found[2]) if found else folded
    part, rest = _day_part(rest)
    if found is None:
        return ClockReading(None, part, rest)
    moment, loose, _ = found
    if part in ("afternoon", "evening") and moment.hour < NOON:
        moment = moment.replace(hour=moment.hour + 12)
    if loose is None:
        return ClockReading(moment, None, rest)
    bounds = (None, moment) if _BEFORE_WORD.match(folded, found[2][0]) else (moment, None)
    return ClockReading(None, loose, rest, *bounds)


def _between(folded: str) -> tuple[time, time, tuple[int, int]] | None:
    """Two times that a meeting may begin between."""
    found = _BETWEEN.search(folded)
    if found is None:
        return None
    half = found["half2"] or found["half1"] or ""
    first = _hour(found["first"], found["minute1"], found["half1"] or half)
    last = _hour(found["last"], found["minute2"], half)
    if first is None or last is None:
        return None
    if first >= last and not found["half1"] and first.hour >= NOON:
        first = first.replace(hour=first.hour - NOON)
    return (first, last, found.span()) if first < last else None


def _hour(written: str, minute: str | None, half: str) -> time | None:
    hour = _NUMBERS.get(written) or int(written)
    if half.startswith("p") and hour < NOON:
        return _valid(hour + NOON, int(minute or 0))
    return _valid(hour, int(minute or 0)) if half.startswith("a") else _shifted(hour, int(minute or 0), written=written)


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
