"""What people write for a day, on each weekday of today, at the end of a month and a year, and where clocks change.

The table says days ahead of today, Monday first; a pair is a word that people themselves read in two ways.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from orchestrator_service.agenda.date_words import When, parse_when

# Buenos Aires has no DST; New York, Madrid and Santiago change in the weeks below; Kiritimati is a day ahead of all.
ZONES = (
    "America/Argentina/Buenos_Aires", "America/New_York", "Europe/Madrid", "America/Santiago", "Pacific/Kiritimati",
)  # fmt: skip
# Mondays: an ordinary one, before the clocks of New York change, before those of Madrid do, a leap year's February's
# end, the year's end.
MONDAYS = (date(2026, 11, 23), date(2026, 10, 26), date(2027, 3, 22), date(2028, 2, 28), date(2026, 12, 28))
Ahead = int | tuple[int, int]
FRIDAY: tuple[Ahead, ...] = (4, 3, 2, 1, 7, 6, 5)
NEXT_FRIDAY: tuple[Ahead, ...] = ((4, 11), (3, 10), (2, 9), (1, 8), 7, 6, 5)
THIS_FRIDAY: tuple[Ahead, ...] = (4, 3, 2, 1, (0, 7), 6, 5)
FRIDAY_NEXT_WEEK: tuple[Ahead, ...] = (11, 10, 9, 8, 7, 6, 5)
NEXT_TUESDAY: tuple[Ahead, ...] = ((1, 8), 7, 6, 5, 4, 3, 2)
TABLE: dict[str, dict[str, tuple[tuple[Ahead, ...], time | None]]] = {
    "es": {
        "viernes": (FRIDAY, None),
        "el viernes": (FRIDAY, None),
        "puedo el viernes a las 10": (FRIDAY, time(10)),
        "el viernes a las 10 y media": (FRIDAY, time(10, 30)),
        "el viernes a las 3 de la tarde": (FRIDAY, time(15)),
        "el viernes 15hs": (FRIDAY, time(15)),
        "el viernes al mediodía": (FRIDAY, time(12)),
        "mediodía del viernes": (FRIDAY, time(12)),
        "el viernes a medianoche": (FRIDAY, time(0)),
        "el viernes a las nueve y cuarto": (FRIDAY, time(9, 15)),
        "el viernes a las 12": (FRIDAY, time(12)),
        "este viernes": (THIS_FRIDAY, None),
        "el viernes que viene": (NEXT_FRIDAY, None),
        "el próximo viernes a las 10": (NEXT_FRIDAY, time(10)),
        "el viernes de la semana que viene": (FRIDAY_NEXT_WEEK, None),
        "la semana que viene, el viernes": (FRIDAY_NEXT_WEEK, None),
        "mañana": ((1,) * 7, None),
        "pasado mañana": ((2,) * 7, None),
        "pasado mañana a las 15:30": ((2,) * 7, time(15, 30)),
        "hoy a las 17": ((0,) * 7, time(17)),
        "en 3 días": ((3,) * 7, None),
    },
    "en": {
        "Friday": (FRIDAY, None),
        "Friday at noon": (FRIDAY, time(12)),
        "Friday at midnight": (FRIDAY, time(0)),
        "Friday, half past 3": (FRIDAY, time(15, 30)),
        "this Friday": (THIS_FRIDAY, None),
        "next Friday": (NEXT_FRIDAY, None),
        "next Tuesday 3pm": (NEXT_TUESDAY, time(15)),
        "Friday next week": (FRIDAY_NEXT_WEEK, None),
        "tomorrow at 9": ((1,) * 7, time(9)),
        "the day after tomorrow": ((2,) * 7, None),
    },
    "pt": {
        "sexta": (FRIDAY, None),
        "sexta às 9h": (FRIDAY, time(9)),
        "sexta-feira às 9h30": (FRIDAY, time(9, 30)),
        "sexta ao meio-dia": (FRIDAY, time(12)),
        "sexta à meia-noite": (FRIDAY, time(0)),
        "esta sexta": (THIS_FRIDAY, None),
        "sexta que vem": (NEXT_FRIDAY, None),
        "próxima sexta": (NEXT_FRIDAY, None),
        "sexta da semana que vem": (FRIDAY_NEXT_WEEK, None),
        "amanhã às 14h": ((1,) * 7, time(14)),
        "depois de amanhã": ((2,) * 7, None),
    },
}
ROWS = [(language, words, *meant) for language, rows in TABLE.items() for words, meant in rows.items()]


def _meant(today: date, ahead: Ahead, moment: time | None) -> When:
    if isinstance(ahead, int):
        day = today + timedelta(days=ahead)
        return When(day, day, moment)
    days = tuple(today + timedelta(days=one) for one in ahead)
    return When(days[0], days[1], moment, either=days, unsure=True)


@pytest.mark.parametrize(("language", "words", "ahead", "moment"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_words_mean_the_same_on_every_weekday_in_every_zone(
    language: str, words: str, ahead: tuple[Ahead, ...], moment: time | None
) -> None:
    for zone in ZONES:
        for monday in MONDAYS:
            for weekday in range(7):
                today = monday + timedelta(days=weekday)
                for hour in (0, 12, 23):  # a customer's Monday night is another day in UTC
                    now = datetime.combine(today, time(hour, 30), ZoneInfo(zone)).astimezone(UTC)
                    found = parse_when(words, now, zone, language)
                    assert found == _meant(today, ahead[weekday], moment), (words, zone, now)


@pytest.mark.parametrize("words", ["el 15 a las 10", "el día 15 a las 10", "el 15 a las diez"])
def test_a_number_is_the_next_day_of_that_number_and_never_the_hour(words: str) -> None:
    for day in range(366):
        today = date(2027, 6, 1) + timedelta(days=day)
        found = parse_when(words, datetime.combine(today, time(12), UTC), "UTC", "es")
        month = today.replace(day=1) if today.day <= 15 else (today.replace(day=28) + timedelta(days=4)).replace(day=1)
        assert found == When(month.replace(day=15), month.replace(day=15), time(10))


def test_the_thirty_first_skips_the_months_that_have_none() -> None:
    now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    assert parse_when("el 31", now, "UTC", "es") == When(date(2026, 12, 31), date(2026, 12, 31))
    assert parse_when("el 30 de febrero", now, "UTC", "es") is None
    assert parse_when("29/2", now, "UTC", "es") is None, "no such day in two years: nothing is made of it"


def test_numbers_of_english_are_read_both_ways_and_said_to_be() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    days = (date(2027, 3, 4), date(2027, 4, 3))
    assert parse_when("on 3/4", now, "UTC", "en") == When(*days, either=days, unsure=True)
    assert parse_when("24/12", now, "UTC", "en") == When(date(2026, 12, 24), date(2026, 12, 24))
    assert parse_when("12/12", now, "UTC", "en") == When(date(2026, 12, 12), date(2026, 12, 12))
    assert parse_when("el 3/4", now, "UTC", "es") == When(date(2027, 4, 3), date(2027, 4, 3))


@pytest.mark.parametrize(
    ("words", "language", "days", "unbroken"),
    [
        ("martes o jueves", "es", (24, 26), False),
        ("el martes y el jueves", "es", (24, 26), False),
        ("el 25 o el 27", "es", (25, 27), False),
        ("del martes al jueves", "es", (24, 26), True),
        ("entre el martes y el jueves", "es", (24, 26), True),
        ("Tuesday to Thursday", "en", (24, 26), True),
        ("between Tuesday and Thursday", "en", (24, 26), True),
        ("de terça a quinta", "pt", (24, 26), True),
        ("del 24 al 26", "es", (24, 26), True),
    ],
)
def test_two_days_are_both_and_a_span_is_all_between(
    words: str, language: str, days: tuple[int, int], *, unbroken: bool
) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    first, last = (date(2026, 11, day) for day in days)
    found = parse_when(words, now, "UTC", language)
    assert found is not None
    assert found == When(first, last, either=() if unbroken else (first, last))
    assert found.fits(datetime(2026, 11, days[0] + 1, 10, tzinfo=UTC)) == unbroken
    assert found.fits(datetime(2026, 11, days[0], 10, tzinfo=UTC))
    assert not found.unsure


@pytest.mark.parametrize("words", ["el viernes pasado", "last Friday", "son las 2 personas", "gracias", "ayer"])
def test_what_is_past_or_no_date_is_no_wish(words: str) -> None:
    assert parse_when(words, datetime(2026, 11, 23, 12, tzinfo=UTC), "UTC", "es") is None


def test_a_time_that_the_clocks_jump_over_is_still_what_was_said() -> None:
    """Whether it can be offered is the agenda's answer, not the reader's."""
    now = datetime(2027, 3, 26, 12, tzinfo=UTC)
    day = date(2027, 3, 28)
    assert parse_when("el domingo 2:30am", now, "Europe/Madrid", "es") == When(day, day, time(2, 30))
