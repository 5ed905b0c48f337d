"""The check that every test's request passes: it must fail for what Google does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.support.google_schema import UnknownToGoogleError, check_request

if TYPE_CHECKING:
    from core.whatsapp import JsonObject

EVENTS = "https://www.googleapis.com/calendar/v3/calendars/a%40b.c/events"
WHEN: JsonObject = {"dateTime": "2026-11-24T17:00:00-03:00", "timeZone": "America/Argentina/Buenos_Aires"}


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("GET", f"{EVENTS}?singleEvents=true&maxResults=2500&orderBy=startTime", None),
        ("POST", f"{EVENTS}?sendUpdates=none", {"id": "abcde", "start": WHEN, "end": WHEN}),
        ("PATCH", f"{EVENTS}/abcde", {"start": {**WHEN, "date": None}}),
        ("DELETE", f"{EVENTS}/abcde?sendUpdates=none", None),
        ("POST", f"{EVENTS}/watch", {"id": "c", "type": "web_hook", "address": "https://x", "token": "t"}),
    ],
)
def test_what_google_knows_passes(method: str, url: str, body: JsonObject | None) -> None:
    check_request(httpx2.Request(method, url, json=body))


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("GET", f"{EVENTS}?singleEvent=true", None),
        ("GET", f"{EVENTS}?singleEvents=yes", None),
        ("GET", f"{EVENTS}?maxResults=many", None),
        ("GET", f"{EVENTS}?orderBy=title", None),
        ("GET", f"{EVENTS}?pageToken=a&pageToken=b", None),
        ("GET", EVENTS, {"items": []}),
        ("GET", f"{EVENTS}/a/b", None),
        ("PUT", f"{EVENTS}/abcde", {}),
        ("POST", EVENTS, None),
        ("POST", EVENTS, {"start": WHEN, "end": WHEN, "title": "x"}),
        ("POST", EVENTS, {"start": {"datetime": "2026-11-24T17:00:00-03:00"}}),
        ("POST", EVENTS, {"start": {**WHEN, "date": None}}),
        ("POST", EVENTS, {"attendees": {"email": "a@b.c"}}),
        ("PATCH", f"{EVENTS}/abcde", {"summary": 7}),
    ],
)
def test_what_google_does_not_know_is_found(method: str, url: str, body: JsonObject | None) -> None:
    with pytest.raises(UnknownToGoogleError):
        check_request(httpx2.Request(method, url, json=body))
