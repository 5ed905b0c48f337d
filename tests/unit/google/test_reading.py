"""Google's JSON, read strictly: what is not of its shape is an error and never an empty calendar."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.google.reading import (
    UnreadableAnswerError,
    event_of,
    read_calendar_page,
    read_channel,
    read_item,
    read_page,
)
from tests.unit.google.events import LATER, NOW, item

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
TIMES = st.sampled_from(["", "x", "2026-11-24", "2026-11-24T10:00:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01"])
SCALARS = st.none() | st.booleans() | st.integers() | TIMES
NAMES = st.sampled_from(["date", "dateTime", "self", "responseStatus"])
JSON = SCALARS | st.lists(st.dictionaries(NAMES, SCALARS), max_size=2) | st.dictionaries(NAMES, SCALARS)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"items": null}',
        b'{"items": {}}',
        b'{"items": [1]}',
        b'{"items": [{"summary": "no id"}]}',
        b'{"items": [{"id": 7}]}',
        b'{"items": [], "error": {"code": 500}}',
        b'{"items": [], "error": null}',
        b'{"items": [], "errors": []}',
        b'{"items": [], "nextPageToken": 7}',
        b'{"error": {"code": 403, "message": "no"}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_page_is_an_error(body: bytes) -> None:
    for read in (read_page, read_calendar_page):
        with pytest.raises(UnreadableAnswerError):
            read(body)


@pytest.mark.parametrize(
    "start", ['{"dateTime": 1764000000}', '{"dateTime": "tomorrow"}', '{"date": "24/11/2026"}', "7"]
)
def test_a_page_with_a_time_that_is_none_is_an_error(start: str) -> None:
    with pytest.raises(UnreadableAnswerError):
        read_page(b'{"items": [{"id": "a", "start": %s}]}' % start.encode())


def test_an_empty_page_is_an_empty_page() -> None:
    page = read_page(b'{"kind": "calendar#events", "items": [], "timeZone": "UTC", "nextSyncToken": "t"}')
    assert (page.items, page.time_zone, page.next_page_token, page.next_sync_token) == ([], "UTC", None, "t")


@given(st.fixed_dictionaries({}, optional={"id": JSON, "start": JSON, "end": JSON, "status": JSON, "attendees": JSON}))
def test_any_json_is_an_event_or_an_error(content: dict[str, object]) -> None:
    try:
        event = event_of(read_item(json.dumps(content).encode()), "UTC")
    except UnreadableAnswerError:
        return
    assert event.starts_at <= event.ends_at


@pytest.mark.parametrize(
    "fields",
    [
        {"start": None},
        {"end": {}},
        {"start": {"dateTime": "2026-11-24T10:00:00"}},
        {"start": {"dateTime": "2026-11-24T18:00:00Z"}},
        {"start": {"dateTime": "0001-01-01T00:00:00+14:00"}},
        {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-23"}},
    ],
)
def test_an_event_without_two_times_in_order_is_an_error(fields: dict[str, object]) -> None:
    with pytest.raises(UnreadableAnswerError):
        event_of(item(**fields), "UTC")


@pytest.mark.parametrize("zone", [None, "", "Atlantis/Capital", "../../etc/passwd", "America"])
def test_an_all_day_event_needs_a_zone_that_is_one(zone: str | None) -> None:
    day = item(start={"date": "2026-11-24"}, end={"date": "2026-11-25"})
    with pytest.raises(UnreadableAnswerError):
        event_of(day, zone)


@given(st.sampled_from(ZONES), st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_a_day_off_takes_every_minute_that_its_date_is_shown(zone: str, day: date) -> None:
    clock, tomorrow = ZoneInfo(zone), day + timedelta(days=1)
    event = event_of(item(start={"date": day.isoformat()}, end={"date": tomorrow.isoformat()}), zone)
    inside = (event.starts_at, event.ends_at - timedelta(minutes=1))
    assert event.all_day
    assert all(one.astimezone(clock).date() == day for one in inside)
    assert (event.starts_at - timedelta(minutes=1)).astimezone(clock).date() < day
    assert event.ends_at.astimezone(clock).date() > day


def test_what_matters_of_an_event_is_read() -> None:
    attendees = [{"email": "a@x.com", "responseStatus": "declined"}, {"self": True, "responseStatus": "declined"}]
    read = event_of(
        item(
            summary="Demo\x00",
            attendees=attendees,
            etag='"7"',
            updated="2026-11-20T10:00:00.000Z",
            recurringEventId="rec",
            htmlLink="https://calendar.google.com/e",
            hangoutLink="https://meet.google.com/abc",
            extendedProperties={"private": {"crm": "nexus"}, "shared": {"x": "y"}},
        ),
        None,
    )
    assert (read.starts_at, read.ends_at, read.summary, read.self_declined) == (NOW, LATER, "Demo", True)
    assert (read.etag, read.updated) == ('"7"', datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert (read.recurring_event_id, read.html_link) == ("rec", "https://calendar.google.com/e")
    assert (read.meet_link, read.private) == ("https://meet.google.com/abc", {"crm": "nexus"})


def test_somebody_elses_refusal_is_not_the_sellers() -> None:
    others = [{"email": "a@x.com", "responseStatus": "declined"}, {"self": True, "responseStatus": "accepted"}]
    assert not event_of(item(attendees=others), None).self_declined


def test_a_video_link_is_found_where_google_names_no_meet() -> None:
    entries = [
        {"entryPointType": "phone", "uri": "tel:1"},
        {"entryPointType": "video", "uri": "https://zoom.example/1"},
    ]
    assert event_of(item(conferenceData={"entryPoints": entries}), None).meet_link == "https://zoom.example/1"
    assert event_of(item(), None).meet_link is None


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://meet.example", "", None])
def test_only_an_https_link_is_one(link: str | None) -> None:
    entries = [{"entryPointType": "video", "uri": link}]
    read = event_of(item(htmlLink=link, hangoutLink=link, conferenceData={"entryPoints": entries}), None)
    assert (read.html_link, read.meet_link) == (None, None)


@pytest.mark.parametrize("updated", ["0000-12-31T00:00:00.000Z", "", "0001-01-01T00:00:00+14:00", None])
def test_a_time_of_change_that_is_none_hides_no_event(updated: str | None) -> None:
    assert event_of(item(updated=updated), None).updated is None


@pytest.mark.parametrize("expiration", ["1426325213000", 1426325213000])
def test_a_channels_end_is_read_in_milliseconds(expiration: object) -> None:
    channel = read_channel(json.dumps({"id": "c", "resourceId": "r", "expiration": expiration}).encode())
    assert channel.expires_at == datetime(2015, 3, 14, 9, 26, 53, tzinfo=UTC)


def test_a_channel_without_end_is_one_and_without_sense_is_none() -> None:
    assert read_channel(b'{"id": "c", "resourceId": "r"}').expires_at is None
    for expiration in ('"soon"', "1e400", "999999999999999999999"):
        with pytest.raises(UnreadableAnswerError):
            read_channel(b'{"id": "c", "resourceId": "r", "expiration": %s}' % expiration.encode())
