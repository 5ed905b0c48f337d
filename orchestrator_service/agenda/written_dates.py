"""Dates written with numbers or months ("el 15", "24 nov", "15/12", "in 3 days"), always today or later. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.folding import blank

_MONTHS = {
    "ene": 1, "jan": 1, "feb": 2, "fev": 2, "mar": 3, "abr": 4, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
    "ago": 8, "aug": 8, "sep": 9, "set": 9, "oct": 10, "out": 10, "nov": 11, "dic": 12, "dez": 12, "dec": 12,
}  # fmt: skip
_MONTH = (
    r"(?P<month>ene(?:ro)?|jan(?:uary|eiro)?|feb(?:rero|ruary)?|fev(?:ereiro)?|mar(?:zo|ch|co)?|abr(?:il)?|apr(?:il)?"
    r"|may(?:o)?|mai(?:o)?|jun(?:io|e|ho)?|jul(?:io|y|ho)?|ago(?:sto)?|aug(?:ust)?|sep(?:t|tiembre|tember)?|"
    r"set(?:embro)?"
    r"|oct(?:ubre|ober)?|out(?:ubro)?|nov(?:iembre|ember|embro)?|dic(?:iembre)?|dez(?:embro)?|dec(?:ember)?)\b"
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b")
_SLASH = re.compile(r"(?<![\d/])(?P<day>\d{1,2})[/](?P<number>\d{1,2})(?:[/](?P<year>\d{4}|\d{2}))?(?![\d/])")
_DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|°|ro|er)?\s(?:de |of )?{_MONTH}(?:\s(?:de(?:l)? )?(?P<year>\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<year>\d{{4}}))?")
_DAY = re.compile(
    r"\b(?:el|al|del|o|do|on the|the|dia)\s(?:dia\s)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d|\s?(?:am|pm|hs?)\b)"
)
_ORDINAL_DAY = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s(?:one|option))")
_COUNTS = {
    "un": 1, "una": 1, "dos": 2, "tres": 3, "a": 1, "one": 1, "two": 2, "three": 3, "um": 1, "uma": 1, "dois": 2,
    "duas": 2,
}  # fmt: skip
_IN = re.compile(
    rf"\b(?:dentro de|en|in|daqui a|em)\s(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s(?P<unit>dias?|days?|"
    rf"semanas?|weeks?)\b"
)
_WHOLE = (_ISO, _SLASH, _DAY_MONTH)
_LONGEST_STEP = 400


@dataclass(frozen=True, slots=True)
class WrittenDates:
    """The dates in the order of their patterns, and the text without them. `unsure`: one of two of them is meant."""

    days: list[date]
    rest: str
    unsure: bool


def written_dates(folded: str, today: date, language: str | None) -> WrittenDates:
    """The dates a folded text writes out; impossible ones ("31/2") are left out.

    Numbers are day and month. English writes them both ways round, so there "3/4" is either.
    """
    days: list[date] = []
    rest = folded
    unsure = False
    for pattern in (_ISO, _SLASH, _DAY_MONTH, _MONTH_DAY, _IN, _DAY, _ORDINAL_DAY):
        for found in pattern.finditer(rest):
            read = _relative(found, today) if pattern is _IN else _absolute(found, today)
            if pattern is _SLASH and language == "en":
                other = _absolute(found, today, swapped=True)
                unsure = unsure or bool(other and read and other != read)
                read += [day for day in other if day not in read]
            days += read
            if read or pattern in _WHOLE:  # "el 30 de febrero" is no day, and not the next 30th either
                rest = blank(rest, found.span())
    return WrittenDates(days, rest, unsure)


def _absolute(found: re.Match[str], today: date, *, swapped: bool = False) -> list[date]:
    parts = found.groupdict()
    day = int(parts["day"])
    if parts.get("number"):
        number = int(parts["number"])
        month, day = (day, number) if number > 12 >= day else (number, day)  # noqa: PLR2004
        if swapped and day <= 12:  # noqa: PLR2004
            month, day = day, month
    elif parts.get("month"):
        month = _MONTHS[parts["month"][:3]]
    else:
        return _next_numbered(day, today)
    year = int(parts["year"]) % 100 + 2000 if parts.get("year") else None
    years = [year] if year else [today.year, today.year + 1]
    read = [written for each in years if (written := _date(each, month, day)) and written >= today]
    return read[:1]


def _next_numbered(day: int, today: date) -> list[date]:
    """The next date with this day number; a month too short for it is skipped."""
    moment = today
    for _ in range(_LONGEST_STEP):
        if moment.day == day:
            return [moment]
        moment += timedelta(days=1)
    return []


def _relative(found: re.Match[str], today: date) -> list[date]:
    count = _COUNTS.get(found["count"]) or int(found["count"])
    if found["unit"].startswith(("dia", "day")):
        return [today + timedelta(days=count)]
    day = today + timedelta(weeks=count)
    monday = day - timedelta(days=day.weekday())
    return [monday, monday + timedelta(days=6)]


def _date(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:  # noqa: PLR2004
        return None
    return date(year, month, day)
