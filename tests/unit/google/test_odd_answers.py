"""Answers that a well-behaved Google does not give: none is taken for success, for certainty or for a free hour."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import httpx2
import pytest

from core.google import tokens as tokens_module
from core.google.access import CalendarAccess, Granted, OAuthClient, SellerGrant, ServiceAccount
from core.google.event import EventChange, NewEvent, event_id_of
from core.google.outcomes import (
    AccessLost,
    CannotConfirm,
    Changes,
    Done,
    Events,
    GrantRefused,
    Refused,
    Unknown,
    WatchChannel,
)
from core.google.patience import MOST_ATTEMPTS
from core.google.quota import Quota
from core.secret import Secret
from tests.unit.google.events import LATER, NOW
from tests.unit.google.scripted import ACCESS, CLIENT, TOKEN, refused, said, scripted, whole

ID = event_id_of(1, 2)
OURS = {"crm": "nexus", "tenant_id": "1"}
MEETING = NewEvent("Demo", NOW, LATER, "UTC", OURS, description="Sobre el precio", location="Zoom")
TIMES = {"start": {"dateTime": NOW.isoformat()}, "end": {"dateTime": LATER.isoformat()}}
HELD = {"id": ID, "status": "confirmed", "extendedProperties": {"private": OURS}, **TIMES}
DAY = {"id": ID, "status": "confirmed", "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}
LOST = said(400, error="invalid_grant")


async def test_pages_that_lead_in_a_circle_are_no_list() -> None:
    async with scripted(said(items=[], nextPageToken="a"), said(items=[], nextPageToken="a")) as google:
        found = await google.calendar.events(ACCESS, NOW, LATER)
    assert found == CannotConfirm("incomplete", "a page leads back to an earlier one")


async def test_pages_without_end_are_no_list() -> None:
    pages = [said(items=[], nextPageToken=str(number)) for number in range(300)]
    async with scripted(*pages, quota=Quota(10_000, 1_000)) as google:
        found = await google.calendar.events(ACCESS, NOW, LATER)
    assert found == CannotConfirm("incomplete", "too many pages")


async def test_a_cancelled_event_in_a_window_is_left_out() -> None:
    async with scripted(said(items=[{**HELD, "status": "cancelled"}, {"id": "x", "status": "cancelled"}])) as google:
        assert await google.calendar.events(ACCESS, NOW, LATER) == Events((), None)


async def test_a_whole_sync_without_a_token_is_no_sync() -> None:
    async with scripted(said(items=[])) as google:
        found = await google.calendar.changes(ACCESS, None)
    assert found == CannotConfirm("unreadable", "the last page has no sync token")


async def test_a_token_on_a_page_before_the_last_is_not_used() -> None:
    first = said(items=[], nextPageToken="p", nextSyncToken="early")
    async with scripted(first, said(items=[], nextSyncToken="late")) as google:
        assert await google.calendar.changes(ACCESS, "old") == Changes((), (), "late", None)


async def test_changes_with_an_event_that_cannot_be_read_are_none() -> None:
    async with scripted(said(items=[{"id": "a"}], nextSyncToken="t")) as google:
        assert isinstance(await google.calendar.changes(ACCESS, None), CannotConfirm)


async def test_a_list_of_calendars_that_is_gone_cannot_be_confirmed() -> None:
    async with scripted(refused(410, "deleted"), said(error={"code": 500})) as google:
        assert await google.calendar.calendars(ACCESS) == CannotConfirm("refused", "HTTP 410")
        assert isinstance(await google.calendar.calendars(ACCESS), CannotConfirm)


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        (refused(403, "forbidden"), Unknown("there is one with this id that could not be read")),
        (httpx2.ReadError("broken"), Unknown("there is one with this id that could not be read")),
        (said(start=7), Unknown("not of the documented shape")),
        (whole({"id": ID, **TIMES}), Refused("duplicate", permanent=True)),
        (whole({**HELD, "extendedProperties": {"private": {"crm": "nexus"}}}), Refused("duplicate", permanent=True)),
    ],
)
async def test_an_id_that_is_taken_is_ours_only_by_its_properties(
    then: httpx2.Response | Exception, outcome: object
) -> None:
    async with scripted(refused(409, "duplicate"), then) as google:
        assert await google.calendar.insert(ACCESS, MEETING, event_id=ID) == outcome


async def test_without_properties_of_ours_nothing_proves_an_event_ours() -> None:
    bare = replace(MEETING, private={})
    async with scripted(refused(409, "duplicate"), whole(HELD)) as google:
        assert await google.calendar.insert(ACCESS, bare, event_id=ID) == Refused("duplicate", permanent=True)


async def test_a_grant_that_is_lost_between_two_requests_is_told() -> None:
    async with scripted(refused(409, "duplicate"), refused(401, "authError"), tokens=(whole(TOKEN), LOST)) as google:
        assert await google.calendar.insert(ACCESS, MEETING, event_id=ID) == AccessLost("invalid_grant")


async def test_an_all_day_event_is_read_in_the_calendars_zone_or_not_at_all() -> None:
    async with scripted(whole(DAY), said(items=[], timeZone="Asia/Tokyo")) as google:
        done = await google.calendar.get(ACCESS, ID)
    assert isinstance(done, Done)
    assert done.event is not None
    assert done.event.starts_at.hour == 15
    for zone in (refused(403, "forbidden"), said(error="x"), said(items=[])):
        async with scripted(whole(DAY), zone) as google:
            assert isinstance(await google.calendar.get(ACCESS, ID), Unknown)


async def test_doubt_outlives_a_refused_token() -> None:
    answers = (refused(500, "backendError"), refused(401, "authError"), refused(403, "forbidden"))
    async with scripted(*answers) as google:
        assert isinstance(await google.calendar.insert(ACCESS, MEETING, event_id=ID), Unknown)
    answers = (refused(500, "backendError"), refused(401, "authError"), httpx2.ConnectError("no"))
    async with scripted(*answers) as google:
        assert isinstance(await google.calendar.insert(ACCESS, MEETING, event_id=ID), Unknown)
    async with scripted(*answers[:2], tokens=(whole(TOKEN), LOST)) as google:
        assert await google.calendar.insert(ACCESS, MEETING, event_id=ID) == AccessLost("invalid_grant")


async def test_a_connection_that_was_never_made_is_surely_no_write() -> None:
    async with scripted(httpx2.ConnectError("no")) as google:
        assert await google.calendar.insert(ACCESS, MEETING, event_id=ID) == Refused("unreachable", permanent=False)
    async with scripted(httpx2.ReadTimeout("late")) as google:
        assert await google.calendar.insert(ACCESS, MEETING, event_id=ID) == Unknown("ReadTimeout")


async def test_a_deletion_that_an_earlier_attempt_did_is_done() -> None:
    async with scripted(refused(500, "backendError"), refused(404, "notFound")) as google:
        assert await google.calendar.delete(ACCESS, ID) == Done()
    async with scripted(refused(404, "notFound")) as google:
        assert await google.calendar.delete(ACCESS, ID) == Refused("notFound", permanent=True)


async def test_attempts_end_even_where_the_deadline_does_not() -> None:
    async with scripted(*(refused(503, "backendError") for _ in range(50))) as google:
        found = await google.calendar.events(ACCESS, NOW, LATER, seconds=60.0)
        assert found == CannotConfirm("server_error", "HTTP 503 backendError")
        assert len(google.asked) == MOST_ATTEMPTS + 1


async def test_a_watch_channel_that_cannot_be_read_may_be_open() -> None:
    async with scripted(said(id="c"), refused(500, "backendError"), *[refused(500, "x")] * 20) as google:
        watched = await google.calendar.watch(ACCESS, channel_id="c", address="https://crm.example", token=Secret("t"))
        assert watched == Unknown("not of the documented shape")
        stopped = await google.calendar.stop(ACCESS, WatchChannel("c", "r", None))
        assert isinstance(stopped, Unknown)


async def test_a_lost_grant_is_told_for_channels_and_changes() -> None:
    async with scripted(tokens=(LOST, LOST, LOST)) as google:
        lost = AccessLost("invalid_grant")
        address = "https://crm.example"
        assert await google.calendar.watch(ACCESS, channel_id="c", address=address, token=Secret("t")) == lost
        assert await google.calendar.stop(ACCESS, WatchChannel("c", "r", None)) == lost
        assert await google.calendar.patch(ACCESS, ID, EventChange(summary="x")) == lost


@pytest.mark.parametrize(
    "body",
    [
        {},
        {**TOKEN, "access_token": ""},
        {**TOKEN, "access_token": "a\r\nb"},
        {**TOKEN, "access_token": "ñ"},
        {**TOKEN, "expires_in": 0},
        {**TOKEN, "expires_in": "3599"},
        {**TOKEN, "token_type": "MAC"},
        {"error": "invalid_grant"},
    ],
)
async def test_an_answer_without_a_usable_token_gives_none(body: dict[str, object]) -> None:
    async with scripted(tokens=(whole(body),)) as google:
        found = await google.calendar.events(ACCESS, NOW, LATER)
    assert found == CannotConfirm("unreadable", "no token in the answer")


async def test_too_many_requests_for_tokens_are_no_lost_access() -> None:
    async with scripted(tokens=tuple(said(429, error="rate_limit_exceeded") for _ in range(20))) as google:
        found = await google.calendar.events(ACCESS, NOW, LATER)
    assert found == CannotConfirm("rate_limited", "no token: HTTP 429 rate_limit_exceeded")


async def test_tokens_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_module, "MOST_KEPT", 2)
    people = [CalendarAccess(SellerGrant(CLIENT, Secret(f"refresh {number}"))) for number in range(3)]
    async with scripted() as google:
        deadline = asyncio.get_running_loop().time() + 5
        for one in (*people, people[0]):
            assert isinstance(await google.kept.token(one.credentials, deadline=deadline), Secret)
        google.kept.forget(people[1].credentials, Secret("t"))
        google.kept.forget(people[0].credentials, Secret("another"))
        assert isinstance(await google.kept.token(people[0].credentials, deadline=deadline), Secret)
        assert len(google.asked) == 4


async def test_a_key_that_is_no_key_is_a_lost_access() -> None:
    file = {"type": "service_account", "client_email": "a@b.c", "private_key": "-----BEGIN PRIVATE KEY-----"}
    async with scripted() as google:
        access = CalendarAccess(ServiceAccount(Secret(json.dumps(file))))
        found = await google.calendar.events(access, NOW, LATER)
        assert found == AccessLost("invalid_key", "the private key cannot be read")
        assert google.asked == []


async def exchanged(*tokens: httpx2.Response | Exception) -> Granted | GrantRefused | Unknown:
    async with scripted(tokens=tokens) as google:
        return await google.consent.exchange(CLIENT, code="c", verifier=Secret("v"), redirect_uri="https://x/y")


async def test_an_exchange_without_a_token_to_keep_is_no_grant() -> None:
    assert await exchanged(whole(TOKEN)) == GrantRefused("no_refresh_token")
    assert await exchanged(httpx2.ConnectError("no")) == GrantRefused("unreachable")
    assert await exchanged(httpx2.ReadError("broken")) == Unknown("ReadError")
    assert await exchanged(TimeoutError()) == Unknown("timeout")
    assert await exchanged(said(400)) == GrantRefused("HTTP_400")
    assert isinstance(await exchanged(whole({**TOKEN, "refresh_token": "r"})), Granted)


async def test_a_revocation_is_done_refused_or_unknown() -> None:
    outcomes = [
        (said(400, error="invalid_token"), Done()),
        (said(400, error="invalid_request"), Refused("invalid_request", permanent=True)),
        (httpx2.ConnectError("no"), Refused("unreachable", permanent=False)),
        (httpx2.ReadError("broken"), Unknown("ReadError")),
    ]
    for answer, outcome in outcomes:
        async with scripted(tokens=(answer,)) as google:
            assert await google.consent.revoke(Secret("r")) == outcome
    async with scripted(tokens=tuple(said(500) for _ in range(20))) as google:
        assert await google.consent.revoke(Secret("r")) == Unknown("HTTP 500")


def test_a_clients_secret_does_not_print() -> None:
    assert "GOCSPX" not in repr(OAuthClient("id", Secret("GOCSPX-x")))
