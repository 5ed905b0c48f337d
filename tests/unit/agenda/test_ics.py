"""The calendar file's form: folding, escaping, revisions; the reader is a library that knows RFC 5545."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from orchestrator_service.agenda.ics import CalendarEntry, calendar_file, sequence_of

START = datetime(2026, 11, 24, 13, tzinfo=UTC)
# What a name or a title may hold: no lone surrogates, and nothing that is no character of a text.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def entry(
    summary: str = "Reunión", description: str = "", organizer: str = "Luz", url: str | None = None
) -> CalendarEntry:
    return CalendarEntry(
        uid="meeting-1-2@nexus",
        starts_at=START,
        ends_at=START + timedelta(minutes=30),
        created_at=START - timedelta(days=2),
        changed_at=START - timedelta(days=1),
        cancelled=False,
        summary=summary,
        organizer=organizer,
        description=description,
        url=url,
    )


def event_of(content: bytes) -> Event:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(event, Event)
    return event


@given(summary=WORDS, description=WORDS, organizer=WORDS)
def test_whatever_is_written_is_read_back(summary: str, description: str, organizer: str) -> None:
    content = calendar_file(entry(summary, description, organizer))
    event = event_of(content)
    assert str(event["SUMMARY"]) == summary
    assert str(event.get("DESCRIPTION", "")) == description
    assert event.decoded("DTSTART") == START
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_what_would_begin_a_line_of_its_own_does_not() -> None:
    content = calendar_file(entry("Hola\r\nATTENDEE:mailto:x@example.com", organizer='L"uz\r\nX-EVIL:1'))
    event = event_of(content)
    assert str(event["SUMMARY"]) == "Hola\nATTENDEE:mailto:x@example.com"
    assert "ATTENDEE" not in event
    assert "X-EVIL" not in event


def test_no_character_is_cut_where_a_line_is_folded() -> None:
    content = calendar_file(entry("ñ" * 100 + "👩‍🚀" * 20))
    assert all(line.decode() for line in content.split(b"\r\n") if line)


def test_a_page_is_where_it_takes_place() -> None:
    event = event_of(calendar_file(entry(url="https://meet.example/abc?x=1,2;3")))
    assert str(event["URL"]) == str(event["LOCATION"]) == "https://meet.example/abc?x=1,2;3"


def test_a_revision_grows_and_fits_whatever_the_age() -> None:
    moments = [START + timedelta(seconds=seconds) for seconds in (0, 1, 60, 10**7, 10**9)]
    revisions = [sequence_of(START, moment) for moment in moments]
    assert revisions == sorted(set(revisions))
    assert revisions[0] == 0
    assert revisions[-1] < 2**31
