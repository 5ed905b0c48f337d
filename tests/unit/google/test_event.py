"""What takes a seller's time, and the id that a meeting has in Google."""

from __future__ import annotations

import re

import pytest

from core.google.event import GoogleEvent, event_id_of, is_busy
from tests.unit.google.events import LATER, NOW


def event(**more: object) -> GoogleEvent:
    return GoogleEvent("ev1", NOW, LATER, **more)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("fields", "busy"),
    [
        ({}, True),
        ({"status": "tentative"}, True),
        ({"status": "a new word"}, True),
        ({"status": "cancelled"}, False),
        ({"transparency": "transparent"}, False),
        ({"transparency": "a new word"}, True),
        ({"self_declined": True}, False),
        ({"event_type": "workingLocation"}, False),
        ({"event_type": "birthday"}, False),
        ({"event_type": "outOfOffice"}, True),
        ({"event_type": "focusTime"}, True),
        ({"event_type": "fromGmail"}, True),
        ({"event_type": "a new word"}, True),
        ({"all_day": True}, True),
    ],
)
def test_what_takes_time_is_googles_word_and_a_new_word_frees_nothing(fields: dict[str, object], busy: bool) -> None:
    assert is_busy(event(**fields)) is busy


def test_a_meetings_id_is_one_that_google_takes_and_its_own() -> None:
    ids = {event_id_of(tenant, meeting) for tenant in range(30) for meeting in range(30)}
    assert len(ids) == 900
    assert all(re.fullmatch(r"[a-v0-9]{5,1024}", one) for one in ids)
    assert event_id_of(1, 23) == event_id_of(1, 23)
    assert event_id_of(1, 23) != event_id_of(12, 3)


def test_what_a_person_wrote_does_not_print() -> None:
    assert "Lucía" not in repr(event(summary="Demo - Lucía"))
