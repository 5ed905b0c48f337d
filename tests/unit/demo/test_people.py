"""Scripts are read as they are written, meetings fall on working days, and nobody is there twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.phone import match_key
from core.prompt_security import inspect
from nexus.demo.calendar import appointment, words_of, working_day
from nexus.demo.people import PEOPLE
from nexus.demo.script import passed, read_script

ZONE = ZoneInfo("America/Argentina/Buenos_Aires")
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
WORDS: dict[str, str] = dict.fromkeys(("slot", "slot2", "slot3", "slot4", "day", "hour"), "x")
BLOCKED = [line for person in PEOPLE for line in read_script(person.talk, WORDS, NOW) if line.blocked]


def test_nobody_has_the_name_or_the_number_of_another() -> None:
    assert len({match_key(person.phone) for person in PEOPLE}) == len(PEOPLE) >= 55
    assert len({person.name for person in PEOPLE}) == len(PEOPLE)


def test_the_screen_blocks_what_the_demonstration_says_it_blocks() -> None:
    assert BLOCKED
    assert {inspect(line.text).action for line in BLOCKED} == {"block"}


def test_lines_are_read_with_who_what_and_when() -> None:
    lines = read_script(
        """
        > Hola
        = ¿Cuándo? | {slot} | {slot2}
        ... 2 d
        >* {slot}
        <? Listo
        # Llamar
        """,
        {"slot": "lun 1", "slot2": "mar 2"},
        NOW,
    )
    assert [line.speaker for line in lines] == ["customer", "agent", "customer", "agent", "note"]
    assert lines[1].choices == ("lun 1", "mar 2")
    assert lines[2].tapped
    assert lines[3].status == "unknown"
    assert lines[-1].at == NOW
    assert [one.at for one in lines] == sorted(one.at for one in lines)
    assert timedelta(days=2) < lines[2].at - lines[1].at < timedelta(days=2, minutes=6)


def test_a_line_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no line"):
        read_script("? what", {}, NOW)


@pytest.mark.parametrize(
    ("today", "offset", "day"),
    [
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 11, 25), 3, date(2026, 11, 30)),
        (date(2026, 11, 25), -3, date(2026, 11, 20)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 12, 1)),
        (date(2026, 11, 28), -1, date(2026, 11, 27)),
    ],
)
def test_offsets_count_working_days(today: date, offset: int, day: date) -> None:
    assert working_day(today, offset) == day


def test_a_meeting_gives_its_words_in_the_persons_language() -> None:
    meeting = appointment("closer +1 9:00 no_show", ZONE, NOW)
    assert meeting.starts_at == datetime(2026, 11, 26, 9, tzinfo=ZONE)
    assert meeting.outcome == "no_show"
    words = words_of(meeting, "pt", ZONE)
    assert (words["slot"], words["day"], words["hour"]) == ("qui 26 nov, 09:00", "quinta", "09:00")


def test_people_are_in_the_order_in_which_they_were_heard_of() -> None:
    ages = [passed(person.ago) for person in PEOPLE]
    assert ages == sorted(ages, reverse=True)
    assert ages[-1] < timedelta(minutes=5)
    assert ages[0] > timedelta(days=7)
