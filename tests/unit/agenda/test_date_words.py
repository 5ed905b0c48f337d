"""Dates and times understood from chat text."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from orchestrator_service.agenda.date_words import When, parse_when

ZONE = "America/Argentina/Buenos_Aires"
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo(ZONE))
WEEKDAYS = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "pt": ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"),
}


def read(text: str, language: str = "es", now: datetime = SUNDAY) -> When | None:
    return parse_when(text, now, ZONE, language)


@pytest.mark.parametrize("language", ["es", "en", "pt"])
@pytest.mark.parametrize("offset", range(7))
def test_a_weekday_is_the_next_such_day_and_never_today(language: str, offset: int) -> None:
    now = SUNDAY + timedelta(days=offset)
    for number, name in enumerate(WEEKDAYS[language]):
        when = read(name, language, now)
        assert when is not None
        assert when.one_day
        day = when.date_from
        assert day is not None
        assert day.weekday() == number
        assert timedelta(0) < day - now.date() <= timedelta(days=7)


@pytest.mark.parametrize("offset", range(7))
def test_relative_days_hold_on_every_weekday(offset: int) -> None:
    now = SUNDAY + timedelta(days=offset)
    expected = {"hoy": 0, "mañana": 1, "pasado mañana": 2, "en 3 días": 3}
    expected |= {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "hoje": 0, "amanhã": 1, "depois de amanhã": 2}
    for text, days in expected.items():
        assert read(text, now=now) == When(now.date() + timedelta(days=days), now.date() + timedelta(days=days)), text


@pytest.mark.parametrize("offset", range(7))
def test_weeks_are_monday_to_sunday_and_this_week_starts_today(offset: int) -> None:
    now = SUNDAY + timedelta(days=offset)
    monday = now.date() - timedelta(days=now.weekday())
    for text in ("la semana que viene", "next week", "semana que vem", "la próxima semana"):
        assert read(text, now=now) == When(monday + timedelta(days=7), monday + timedelta(days=13)), text
    for text in ("esta semana", "this week", "essa semana"):
        assert read(text, now=now) == When(now.date(), monday + timedelta(days=6)), text
    later = monday + timedelta(days=7)
    assert read("el lunes de la semana que viene", now=now) == When(later, later)


@pytest.mark.parametrize("offset", range(7))
def test_hoy_with_its_own_weekday_is_today(offset: int) -> None:
    now = SUNDAY + timedelta(days=offset)
    assert read(f"hoy {WEEKDAYS['es'][now.weekday()]}", now=now) == When(now.date(), now.date())


def day(number: int, month: int = 11, at: time | None = None, part: str | None = None) -> When:
    moment = date(2026, month, number)
    return When(moment, moment, at, part)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("el 15 a las 10", "es", day(15, 12, time(10))),
        ("el 15", "es", day(15, 12)),
        ("el 25 a las 15:30", "es", day(25, 11, time(15, 30))),
        ("the 31st", "en", day(31, 12)),
        ("15 de dezembro", "pt", day(15, 12)),
        ("December 15th at 4", "en", day(15, 12, time(16))),
        ("mar 24 nov, 10:30", "es", day(24, 11, time(10, 30))),
        ("24/11 9h30", "pt", day(24, 11, time(9, 30))),
        ("2026-12-01", "es", day(1, 12)),
        ("martes 24", "es", day(24)),
        ("martes 10", "es", day(24, 11, time(10))),
        ("martes 10:30", "es", day(24, 11, time(10, 30))),
        ("next Tuesday 3pm", "en", day(24, 11, time(15))),
        ("próximo lunes", "es", day(23)),
        ("sexta às 9h", "pt", day(27, 11, time(9))),
        ("na segunda de manhã", "pt", day(23, 11, None, "morning")),
        ("quarta-feira", "es", day(25)),
        ("mañana a la mañana", "es", day(23, 11, None, "morning")),
        ("mañana por la tarde", "es", day(23, 11, None, "afternoon")),
        ("mañana tarde", "es", day(23, 11, None, "afternoon")),
        ("amanhã de manhã", "pt", day(23, 11, None, "morning")),
        ("depois de amanhã à tarde", "pt", day(24, 11, None, "afternoon")),
        ("tomorrow morning", "en", day(23, 11, None, "morning")),
        ("tonight", "en", day(22, 11, None, "evening")),
        ("esta mañana", "es", day(22, 11, None, "morning")),
        ("hoy a la noche", "es", day(22, 11, None, "evening")),
        ("el viernes a las 5 de la tarde", "es", day(27, 11, time(17))),
        ("el viernes a la tarde, a las 5", "es", day(27, 11, time(17))),
        ("no puedo el martes, mejor el jueves a las 3", "es", day(26, 11, time(15))),
        ("I can't on Tuesday but Friday works", "en", day(27)),
        (
            "lunes o miércoles",
            "es",
            When(date(2026, 11, 23), date(2026, 11, 25), either=(date(2026, 11, 23), date(2026, 11, 25))),
        ),
    ],
)
def test_a_date_is_read_as_a_person_means_it(text: str, language: str, expected: When) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15hs", time(15)),
        ("a las 10", time(10)),
        ("10:30", time(10, 30)),
        ("a las diez y media", time(10, 30)),
        ("a las 11 menos cuarto", time(10, 45)),
        ("half past 10", time(10, 30)),
        ("quarter past 9", time(9, 15)),
        ("3pm", time(15)),
        ("12 am", time(0)),
        ("a las 3", time(15)),
        ("06:00", time(6)),
        ("a las 8 de la noche", time(20)),
        ("12 de la noche", time(0)),
        ("al mediodía", time(12)),
        ("às 14h", time(14)),
    ],
)
def test_a_time_of_day_is_read_without_a_date(text: str, expected: time) -> None:
    assert read(text) == When(None, None, expected)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a la mañana", "morning"),
        ("por la tarde", "afternoon"),
        ("temprano", "morning"),
    ],
)
def test_a_part_of_the_day_is_not_a_time(text: str, part: str) -> None:
    assert read(text) == When(None, None, None, part)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("después de las 15", 15, None),
        ("luego de las 4 de la tarde", 16, None),
        ("a partir de las 10", 10, None),
        ("after 7pm", 19, None),
        ("depois das 16", 16, None),
        ("antes de las 12", None, 12),
        ("antes de las 18", None, 18),
        ("hasta las 11", None, 11),
        ("before 11", None, 11),
        ("antes das 10", None, 10),
        ("entre las 10 y las 12", 10, 12),
        ("entre 3 y 5 de la tarde", 15, 17),
        ("de las 9 a las 11", 9, 11),
        ("between 10 and 12", 10, 12),
        ("between 2 and 4pm", 14, 16),
        ("entre as 14 e as 17", 14, 17),
    ],
)
def test_bounds_say_when_a_meeting_may_begin(text: str, earliest: int | None, latest: int | None) -> None:
    when = read(text)
    assert when is not None
    assert when.time is None
    assert (when.earliest and when.earliest.hour, when.latest and when.latest.hour) == (earliest, latest)
    fitting = [hour for hour in range(24) if when.fits(datetime(2026, 11, 25, hour, tzinfo=UTC))]
    assert fitting == list(range(earliest or 0, latest or 24))


@pytest.mark.parametrize("text", ["entre el 10 y el 12", "between 10 and 12 people", "entre 5 y 10 empleados"])
def test_numbers_of_other_things_are_no_bounds(text: str) -> None:
    when = read(text)
    assert when is None or (when.earliest is None and when.latest is None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("maniana a las 10", "mañana a las 10"), ("el juebes", "el jueves"), ("tommorow at 3pm", "tomorrow at 3pm")],
)
def test_a_misspelt_day_is_that_day(text: str, meant: str) -> None:
    assert read(text) == read(meant)


@pytest.mark.parametrize(
    "text",
    ["buenas tardes", "bom dia", "good morning", "más tarde", "la segunda", "las 2 opciones", "15% de $10", "a las 25",
     "el 45", "no puedo el martes", "31/2", "gracias", ""],
)  # fmt: skip
def test_greetings_places_amounts_and_refused_days_are_no_dates(text: str) -> None:
    assert read(text) is None


def test_today_is_counted_in_the_zone_of_the_writer() -> None:
    late = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert parse_when("hoy", late, ZONE) == When(date(2026, 11, 22), date(2026, 11, 22))
    assert parse_when("hoy", late, "Europe/Madrid") == When(date(2026, 11, 23), date(2026, 11, 23))


def test_a_date_of_the_past_is_next_year_and_weekends_end_on_sunday() -> None:
    when = read("15/01")
    assert when == When(date(2027, 1, 15), date(2027, 1, 15))
    assert read("el fin de semana") == When(SUNDAY.date(), SUNDAY.date())
    assert read("en dos semanas") == When(date(2026, 11, 30), date(2026, 12, 6))


@pytest.mark.parametrize(
    ("when", "moment", "fits"),
    [
        (When(None, None, time(10)), (2026, 11, 24, 10, 0), True),
        (When(None, None, time(10)), (2026, 11, 24, 10, 30), False),
        (When(None, None, None, "morning"), (2026, 11, 24, 11, 59), True),
        (When(None, None, None, "morning"), (2026, 11, 24, 12, 0), False),
        (When(date(2026, 11, 24), date(2026, 11, 24)), (2026, 11, 24, 9, 0), True),
        (When(date(2026, 11, 24), date(2026, 11, 24)), (2026, 11, 25, 9, 0), False),
    ],
)
def test_a_moment_fits_only_what_was_said(when: When, moment: tuple[int, int, int, int, int], fits: bool) -> None:
    assert when.fits(datetime(*moment, tzinfo=ZoneInfo(ZONE))) is fits
