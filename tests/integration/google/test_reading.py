"""Listing a calendar: exactly what takes the seller's time, and whatever goes wrong is never a free hour."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import pytest

from core.egress import Egress
from core.google.addresses import GoogleAddresses
from core.google.client import GoogleCalendarClient
from core.google.event import is_busy
from core.google.outcomes import AccessLost, CalendarEntries, CannotConfirm, Events
from core.google.transport import reaching
from tests.integration.simulator.simulated import free_port
from tests.support.local_google import OTHER, OTHERS_GRANT, ROBOT, SELLER, ZONE, access, local_google, robot

if TYPE_CHECKING:
    from core.whatsapp import JsonObject
    from tests.support.local_google import LocalGoogle

CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "google_calendar.json"
CLOCK = ZoneInfo(ZONE)
DAY = datetime(2026, 11, 24, tzinfo=CLOCK)
NEXT = DAY + timedelta(days=1)


def timed(clock: str, minutes: int, **more: object) -> JsonObject:
    start = datetime.fromisoformat(f"2026-11-24T{clock}").replace(tzinfo=CLOCK)
    when = {"start": start, "end": start + timedelta(minutes=minutes)}
    body = {name: {"dateTime": moment.isoformat(), "timeZone": ZONE} for name, moment in when.items()}
    return cast("JsonObject", {**body, **more})


async def trap(google: LocalGoogle) -> list[tuple[str, str]]:
    """Fill the seller's calendar with the nine events of the contract; returns the busy times that it expects."""
    contract = json.loads(CONTRACT.read_text(encoding="utf-8"))
    for item in contract["list_response_example"]["items"]:
        await google.by_hand(item, raw=True)
    return [(start, end.partition(" ")[0]) for start, end in contract["expected_busy_2026_11_24_local"]]


async def listed(google: LocalGoogle, start: datetime = DAY, end: datetime = NEXT) -> Events:
    found = await google.calendar.events(access(), start, end)
    assert isinstance(found, Events), found
    return found


async def test_the_nine_events_of_the_contract_give_exactly_the_expected_busy_times(google: LocalGoogle) -> None:
    expected = await trap(google)
    found = await listed(google)
    busy = [one for one in found.events if is_busy(one)]
    clocks = [(f"{one.starts_at.astimezone(CLOCK):%H:%M}", f"{one.ends_at.astimezone(CLOCK):%H:%M}") for one in busy]
    assert clocks == expected
    assert found.zone == ZONE
    assert busy[-1].private["agenda_event_id"] == "991"


async def test_a_day_off_takes_the_whole_local_day_and_an_absence_its_hours(google: LocalGoogle) -> None:
    await trap(google)
    found = await listed(google, NEXT, NEXT + timedelta(days=2))
    busy = {(one.starts_at, one.ends_at) for one in found.events if is_busy(one)}
    assert busy == {
        (datetime(2026, 11, 25, 3, tzinfo=UTC), datetime(2026, 11, 26, 3, tzinfo=UTC)),
        (datetime(2026, 11, 26, 12, tzinfo=UTC), datetime(2026, 11, 26, 21, tzinfo=UTC)),
    }


async def test_the_window_excludes_what_only_touches_it(google: LocalGoogle) -> None:
    await google.by_hand(timed("09:00:00", 60, summary="before"))
    await google.by_hand(timed("10:00:00", 60, summary="inside"))
    await google.by_hand(timed("11:00:00", 60, summary="after"))
    found = await listed(google, DAY + timedelta(hours=10), DAY + timedelta(hours=11))
    assert [one.summary for one in found.events] == ["inside"]


async def test_a_series_is_read_as_its_instances(google: LocalGoogle) -> None:
    series = await google.by_hand(timed("09:00:00", 15, recurrence=["RRULE:FREQ=DAILY;COUNT=5"]))
    await google.order("/delete", calendar=SELLER, event={}, event_id=f"{series['id']}_20261126T120000Z")
    found = await listed(google, DAY, DAY + timedelta(days=7))
    assert [one.starts_at.day for one in found.events] == [24, 25, 27, 28]
    assert {one.recurring_event_id for one in found.events} == {str(series["id"])}


async def test_every_page_is_read() -> None:
    async with local_google(page_size=3) as google:
        await trap(google)
        found = await listed(google, DAY - timedelta(days=7), DAY + timedelta(days=7))
        assert len(found.events) == 9
        assert len(google.asked("list")) == 3


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "drop"}, "unreachable"),
        ({"kind": "status", "status": 429, "reason": "rateLimitExceeded"}, "rate_limited"),
        ({"kind": "status", "status": 403, "reason": "userRateLimitExceeded"}, "rate_limited"),
        ({"kind": "status", "status": 403, "reason": "quotaExceeded"}, "rate_limited"),
        ({"kind": "status", "status": 403, "reason": "forbidden"}, "refused"),
        ({"kind": "status", "status": 500}, "server_error"),
        ({"kind": "status", "status": 404, "reason": "notFound"}, "not_found"),
        ({"kind": "status", "status": 410, "reason": "updatedMinTooLongAgo"}, "refused"),
        ({"kind": "status", "status": 401, "reason": "authError"}, "refused"),
        ({"kind": "slow", "seconds": 3.0}, "timeout"),
        ({"kind": "garbage"}, "unreadable"),
        ({"kind": "error_in_200"}, "unreadable"),
        ({"kind": "no_items"}, "unreadable"),
        ({"kind": "broken_item"}, "unreadable"),
        ({"kind": "status", "calendar": "token", "status": 500}, "server_error"),
        ({"kind": "slow", "calendar": "token", "seconds": 3.0}, "timeout"),
        ({"kind": "garbage", "calendar": "token"}, "unreadable"),
        ({"kind": "drop", "calendar": "token"}, "unreachable"),
    ],
)
async def test_whatever_goes_wrong_is_no_free_calendar(google: LocalGoogle, fault: JsonObject, reason: str) -> None:
    await google.order("/fault", times=None, **fault)
    found = await google.calendar.events(access(), DAY, NEXT, seconds=0.6)
    assert isinstance(found, CannotConfirm)
    assert found.reason == reason


async def test_a_second_page_that_fails_fails_the_whole_list() -> None:
    async with local_google(page_size=3) as google:
        await trap(google)
        await google.fault("second_page", times=None)
        found = await google.calendar.events(access(), DAY, NEXT + timedelta(days=3), seconds=1.0)
        assert isinstance(found, CannotConfirm)


async def test_no_connection_is_no_free_calendar() -> None:
    addresses = GoogleAddresses.at(f"http://127.0.0.1:{free_port()}")
    async with reaching(Egress(), addresses) as http:
        found = await GoogleCalendarClient(http, addresses).events(access(), DAY, NEXT)
    assert isinstance(found, CannotConfirm)
    assert found.reason == "unreachable"


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "reason": "rateLimitExceeded"},
        {"status": 403, "reason": "rateLimitExceeded"},
        {"status": 503, "reason": "backendError"},
    ],
)
async def test_what_passes_within_the_deadline_is_waited_for(google: LocalGoogle, fault: JsonObject) -> None:
    await google.by_hand(timed("10:00:00", 60))
    await google.fault("status", times=2, **fault)
    assert len((await listed(google)).events) == 1
    assert [entry["status"] for entry in google.asked("list")] == [fault["status"], fault["status"], 200]


async def test_google_is_left_alone_for_as_long_as_it_asks(google: LocalGoogle) -> None:
    await google.fault("status", status=429, reason="rateLimitExceeded", retry_after=1)
    before = datetime.now(UTC)
    await listed(google)
    assert datetime.now(UTC) - before >= timedelta(seconds=1)


async def test_what_will_not_pass_is_asked_once(google: LocalGoogle) -> None:
    await google.fault("status", times=None, status=403, reason="forbidden")
    await google.calendar.events(access(), DAY, NEXT)
    assert len(google.asked("list")) == 1


async def test_one_calendar_out_of_order_is_not_another(google: LocalGoogle) -> None:
    await google.fault("status", times=None, calendar=SELLER, status=500)
    assert isinstance(await google.calendar.events(access(), DAY, NEXT, seconds=0.3), CannotConfirm)
    assert isinstance(await google.calendar.events(access("equipo@acme.com"), DAY, NEXT), Events)


async def test_a_calendar_of_somebody_else_cannot_be_confirmed(google: LocalGoogle) -> None:
    found = await google.calendar.events(access(OTHER), DAY, NEXT)
    assert found == CannotConfirm("not_found", "HTTP 404 notFound")


async def test_a_grant_that_is_gone_is_told_as_such(google: LocalGoogle) -> None:
    await listed(google)
    await google.order("/lose_grants", account=SELLER)
    assert await google.calendar.events(access(), DAY, NEXT) == AccessLost("invalid_grant")
    assert isinstance(await google.calendar.events(access(grant=OTHERS_GRANT), DAY, NEXT), Events)


async def test_too_few_scopes_are_a_lost_access(google: LocalGoogle) -> None:
    await listed(google)
    for token in google.world.tokens.values():
        token.scope = "openid"
    lost = AccessLost("insufficientPermissions", "insufficientPermissions")
    assert await google.calendar.events(access(), DAY, NEXT) == lost


async def test_the_accounts_calendars_are_listed(google: LocalGoogle) -> None:
    found = await google.calendar.calendars(access())
    assert isinstance(found, CalendarEntries)
    assert [(one.id, one.zone, one.primary) for one in found.entries] == [
        (SELLER, ZONE, True),
        ("equipo@acme.com", ZONE, False),
    ]


async def test_a_service_account_sees_what_is_shared_with_it_alone(google: LocalGoogle) -> None:
    await google.by_hand(timed("10:00:00", 60))
    found = await google.calendar.events(robot(), DAY, NEXT)
    assert isinstance(found, Events)
    assert len(found.events) == 1
    assert isinstance(await google.calendar.events(robot("equipo@acme.com"), DAY, NEXT), CannotConfirm)


async def test_a_service_account_acts_for_a_person_where_it_may(google: LocalGoogle) -> None:
    found = await google.calendar.calendars(robot(subject=OTHER))
    assert isinstance(found, CalendarEntries)
    assert [one.id for one in found.entries] == [OTHER]
    assert {token.email for token in google.world.tokens.values()} == {OTHER}
    nobody = await google.calendar.calendars(robot(subject="nobody@acme.com"))
    assert nobody == AccessLost("unauthorized_client")


async def test_a_service_account_whose_key_was_deleted_has_lost_its_access(google: LocalGoogle) -> None:
    del google.world.public_keys[ROBOT]
    assert await google.calendar.events(robot(), DAY, NEXT) == AccessLost("invalid_grant")
