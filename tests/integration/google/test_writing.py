"""Insert, change, delete and read: once, whatever happens on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.google.event import EventChange, NewEvent, event_id_of
from core.google.outcomes import AccessLost, Done, Refused, Unknown
from tests.support.local_google import SELLER, ZONE, access, robot

if TYPE_CHECKING:
    from core.google.event import GoogleEvent
    from core.whatsapp import JsonObject
    from tests.support.local_google import LocalGoogle

START = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
ID = event_id_of(7, 991)
MEETING = NewEvent(
    summary="Demo - Lucía Gómez",
    starts_at=START,
    ends_at=START + timedelta(minutes=30),
    zone=ZONE,
    private={"crm": "nexus", "tenant_id": "7", "agenda_event_id": "991"},
)
LATER = EventChange(starts_at=START + timedelta(days=1), ends_at=START + timedelta(days=1, minutes=30), zone=ZONE)


async def booked(google: LocalGoogle) -> GoogleEvent:
    done = await google.calendar.insert(access(), MEETING, event_id=ID)
    assert isinstance(done, Done)
    assert done.event is not None
    return done.event


def held(google: LocalGoogle) -> JsonObject:
    return google.world.calendars[SELLER].events[ID]


async def test_a_meeting_is_written_under_its_own_id(google: LocalGoogle) -> None:
    event = await booked(google)
    assert (event.id, event.starts_at, event.ends_at) == (ID, START, START + timedelta(minutes=30))
    assert event.private == MEETING.private
    assert event.html_link
    assert held(google)["start"] == {"dateTime": "2026-11-24T17:00:00-03:00", "timeZone": ZONE}


async def test_nobody_is_written_to_by_google(google: LocalGoogle) -> None:
    await booked(google)
    assert google.asked("insert")[0]["query"] == {"sendUpdates": "none"}


async def test_the_same_meeting_twice_is_one_event(google: LocalGoogle) -> None:
    first = await booked(google)
    again = await google.calendar.insert(access(), MEETING, event_id=ID)
    assert again == Done(first)
    assert len(google.world.calendars[SELLER].events) == 1


async def test_a_strangers_event_with_our_id_is_not_taken_for_ours(google: LocalGoogle) -> None:
    await google.by_hand({"id": ID, "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}})
    again = await google.calendar.insert(access(), MEETING, event_id=ID)
    assert again == Refused("duplicate", permanent=True)
    assert held(google)["start"] == {"date": "2026-11-24"}


async def test_a_meeting_that_was_deleted_comes_back_as_asked(google: LocalGoogle) -> None:
    await booked(google)
    await google.order("/event", calendar=SELLER, event_id=ID, event={"summary": "x"})
    assert isinstance(await google.calendar.delete(access(), ID), Done)
    moved = replace(MEETING, starts_at=START + timedelta(hours=2), ends_at=START + timedelta(hours=3))
    again = await google.calendar.insert(access(), moved, event_id=ID)
    assert isinstance(again, Done)
    assert again.event is not None
    assert (again.event.starts_at, again.event.summary) == (START + timedelta(hours=2), MEETING.summary)
    assert held(google)["status"] == "confirmed"


async def test_an_insert_that_was_carried_out_before_it_failed_is_met_again(google: LocalGoogle) -> None:
    await google.fault("status", verb="insert", status=503, taken=True)
    event = await booked(google)
    assert event.id == ID
    assert [entry["status"] for entry in google.asked("insert")] == [503, 409]


@pytest.mark.parametrize("kind", ["drop", "garbage"])
async def test_an_insert_without_a_readable_answer_is_unknown(google: LocalGoogle, kind: str) -> None:
    await google.fault(kind, verb="insert", taken=True)
    assert isinstance(await google.calendar.insert(access(), MEETING, event_id=ID), Unknown)
    found = await google.calendar.get(access(), ID)
    assert isinstance(found, Done)


async def test_an_insert_that_takes_too_long_is_unknown(google: LocalGoogle) -> None:
    await google.fault("slow", verb="insert", seconds=5.0, taken=True)
    assert isinstance(await google.calendar.insert(access(), MEETING, event_id=ID, seconds=0.3), Unknown)


async def test_what_may_have_happened_stays_unknown_though_the_last_attempt_was_refused(google: LocalGoogle) -> None:
    await google.fault("status", verb="insert", status=500, taken=True)
    await google.fault("status", verb="insert", status=403, reason="forbidden")
    assert isinstance(await google.calendar.insert(access(), MEETING, event_id=ID), Unknown)


async def test_a_refusal_alone_is_surely_not_done(google: LocalGoogle) -> None:
    await google.fault("status", verb="insert", status=403, reason="forbidden")
    refused = await google.calendar.insert(access(), MEETING, event_id=ID)
    assert refused == Refused("forbidden", permanent=True)
    assert google.world.calendars[SELLER].events == {}


async def test_too_many_requests_are_waited_for_and_then_refused_for_now(google: LocalGoogle) -> None:
    await google.fault("status", verb="insert", status=429, reason="rateLimitExceeded", retry_after=30, times=None)
    refused = await google.calendar.insert(access(), MEETING, event_id=ID, seconds=1.0)
    assert refused == Refused("rateLimitExceeded", permanent=False, retry_after_seconds=30)
    assert len(google.asked("insert")) == 1


async def test_a_meeting_is_moved(google: LocalGoogle) -> None:
    event = await booked(google)
    moved = await google.calendar.patch(access(), ID, LATER, etag=event.etag)
    assert isinstance(moved, Done)
    assert moved.event is not None
    assert moved.event.starts_at == START + timedelta(days=1)
    assert moved.event.summary == MEETING.summary


async def test_a_change_of_what_somebody_changed_meanwhile_is_refused(google: LocalGoogle) -> None:
    event = await booked(google)
    await google.order("/event", calendar=SELLER, event_id=ID, event={"summary": "otro"})
    refused = await google.calendar.patch(access(), ID, LATER, etag=event.etag)
    assert refused == Refused("conditionNotMet", permanent=True)
    assert isinstance(await google.calendar.patch(access(), ID, LATER), Done)


async def test_a_meeting_made_all_day_by_hand_gets_its_times_back(google: LocalGoogle) -> None:
    await booked(google)
    day: JsonObject = {"date": "2026-11-25", "dateTime": None, "timeZone": None}
    end: JsonObject = {"date": "2026-11-26", "dateTime": None, "timeZone": None}
    await google.order("/event", calendar=SELLER, event_id=ID, event={"start": day, "end": end})
    found = await google.calendar.get(access(), ID)
    assert isinstance(found, Done)
    assert found.event is not None
    assert (found.event.all_day, found.event.starts_at) == (True, datetime(2026, 11, 25, 3, tzinfo=UTC))
    moved = await google.calendar.patch(access(), ID, LATER)
    assert isinstance(moved, Done)
    assert moved.event is not None
    assert (moved.event.all_day, moved.event.starts_at) == (False, START + timedelta(days=1))


async def test_a_deletion_is_done_once_and_stays_done(google: LocalGoogle) -> None:
    await booked(google)
    assert await google.calendar.delete(access(), ID) == Done()
    assert await google.calendar.delete(access(), ID) == Done()
    found = await google.calendar.get(access(), ID)
    assert isinstance(found, Refused)
    assert found.missing


async def test_what_never_was_is_missing(google: LocalGoogle) -> None:
    for outcome in (
        await google.calendar.delete(access(), ID),
        await google.calendar.get(access(), ID),
        await google.calendar.patch(access(), ID, LATER),
    ):
        assert isinstance(outcome, Refused)
        assert (outcome.missing, outcome.permanent) == (True, True)


@pytest.mark.parametrize("name", ["..", ".", ""])
async def test_a_name_that_would_lead_elsewhere_is_asked_of_nobody(google: LocalGoogle, name: str) -> None:
    assert isinstance(await google.calendar.get(access(name), ID), Refused)
    assert isinstance(await google.calendar.delete(access(), name), Refused)
    assert google.world.journal == []


async def test_a_meet_link_is_asked_for_and_kept(google: LocalGoogle) -> None:
    done = await google.calendar.insert(access(), replace(MEETING, meet=True), event_id=ID)
    assert isinstance(done, Done)
    assert done.event is not None
    assert str(done.event.meet_link).startswith("https://meet.google.com/")


async def test_a_service_account_writes_into_a_calendar_shared_with_it(google: LocalGoogle) -> None:
    assert isinstance(await google.calendar.insert(robot(), MEETING, event_id=ID), Done)
    assert held(google)["summary"] == MEETING.summary


async def test_a_grant_that_is_gone_is_told_as_such(google: LocalGoogle) -> None:
    await google.order("/lose_grants", account=SELLER)
    gone = AccessLost("invalid_grant")
    assert await google.calendar.insert(access(), MEETING, event_id=ID) == gone
    assert await google.calendar.patch(access(), ID, LATER) == gone
    assert await google.calendar.delete(access(), ID) == gone
    assert await google.calendar.get(access(), ID) == gone
