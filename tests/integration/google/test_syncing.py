"""What changed since last time, and being told of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from core.google.outcomes import AccessLost, CannotConfirm, Changes, Done, Refused, SyncExpired, WatchChannel
from core.secret import Secret
from tests.integration.simulator.simulated import free_port, serving, until
from tests.support.local_google import SELLER, access, local_google

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import JsonObject
    from tests.support.local_google import LocalGoogle

START = datetime(2026, 11, 24, 13, tzinfo=UTC)


def at(days: int, **more: str) -> JsonObject:
    start = START + timedelta(days=days)
    return {
        "start": {"dateTime": start.isoformat(), "timeZone": "America/Argentina/Buenos_Aires"},
        "end": {"dateTime": (start + timedelta(hours=1)).isoformat(), "timeZone": "America/Argentina/Buenos_Aires"},
        **more,
    }


async def since(google: LocalGoogle, token: str | None, begin: datetime | None = None) -> Changes:
    found = await google.calendar.changes(access(), token, since=begin)
    assert isinstance(found, Changes), found
    return found


async def test_the_first_time_tells_everything_and_then_only_what_changed(google: LocalGoogle) -> None:
    first = await google.by_hand(at(0, summary="first"))
    second = await google.by_hand(at(1, summary="second"))
    whole = await since(google, None)
    assert [one.summary for one in whole.events] == ["first", "second"]
    assert (await since(google, whole.next_sync_token)).events == ()
    await google.order("/delete", calendar=SELLER, event={}, event_id=first["id"])
    await google.order("/event", calendar=SELLER, event_id=second["id"], event={"summary": "changed"})
    await google.by_hand(at(2, summary="third"))
    news = await since(google, whole.next_sync_token)
    assert ([one.summary for one in news.events], news.gone) == (["changed", "third"], (first["id"],))
    again = await since(google, news.next_sync_token)
    assert (again.events, again.gone) == ((), ())


async def test_a_window_is_remembered_by_the_token(google: LocalGoogle) -> None:
    await google.by_hand(at(-30))
    whole = await since(google, None, START - timedelta(days=1))
    assert whole.events == ()
    await google.by_hand(at(-20))
    await google.by_hand(at(1))
    news = await since(google, whole.next_sync_token)
    assert [one.starts_at for one in news.events] == [START + timedelta(days=1)]
    query = google.asked("list")[1]["query"]
    assert isinstance(query, dict)
    assert query.keys() == {"singleEvents", "maxResults", "maxAttendees", "syncToken"}


async def test_the_token_comes_of_the_last_page() -> None:
    async with local_google(page_size=2) as google:
        for day in range(5):
            await google.by_hand(at(day))
        whole = await since(google, None)
        assert len(whole.events) == 5
        await google.by_hand(at(9))
        assert len((await since(google, whole.next_sync_token)).events) == 1


async def test_a_token_that_is_too_old_begins_again(google: LocalGoogle) -> None:
    whole = await since(google, None)
    await google.order("/expire_sync", calendar=SELLER)
    assert isinstance(await google.calendar.changes(access(), whole.next_sync_token), SyncExpired)
    assert isinstance(await google.calendar.changes(access(), None), Changes)


async def test_a_series_that_ends_takes_its_instances_with_it(google: LocalGoogle) -> None:
    series = await google.by_hand({**at(0), "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]})
    whole = await since(google, None)
    assert len(whole.events) == 4
    assert all(one.recurring_event_id == series["id"] for one in whole.events)
    await google.order("/delete", calendar=SELLER, event={}, event_id=series["id"])
    news = await since(google, whole.next_sync_token)
    assert (news.events, set(news.gone)) == ((), {one.id for one in whole.events})


async def test_a_sync_that_fails_changes_nothing(google: LocalGoogle) -> None:
    await google.fault("status", status=500, times=None)
    assert isinstance(await google.calendar.changes(access(), None, seconds=0.3), CannotConfirm)
    await google.order("/clear")
    await google.order("/lose_grants", account=SELLER)
    assert await google.calendar.changes(access(), None) == AccessLost("invalid_grant")


@dataclass
class Ear:
    """Where notices arrive."""

    heard: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    async def hear(self, request: Request) -> Response:
        self.heard.append({name: value for name, value in request.headers.items() if name.startswith("x-goog")})
        return Response(status_code=204)

    def states(self) -> list[str]:
        return [notice["x-goog-resource-state"] for notice in self.heard]


async def test_changes_are_told_until_the_channel_is_closed(google: LocalGoogle) -> None:
    ear, port = Ear(), free_port()
    async with serving(Starlette(routes=[Route("/ear", ear.hear, methods=["POST"])]), port):
        address, token = f"http://127.0.0.1:{port}/ear", Secret("told-by-google")
        channel = await google.calendar.watch(access(), channel_id="c-1", address=address, token=token)
        assert isinstance(channel, WatchChannel)
        assert channel.expires_at is not None
        assert timedelta(days=6) < channel.expires_at - datetime.now(UTC) < timedelta(days=8)
        await until(lambda: ear.states() == ["sync"])
        await google.by_hand(at(0))
        await until(lambda: ear.states() == ["sync", "exists"])
        last = ear.heard[-1]
        assert (last["x-goog-channel-id"], last["x-goog-channel-token"]) == ("c-1", "told-by-google")
        assert (last["x-goog-resource-id"], last["x-goog-message-number"]) == (channel.resource_id, "2")
        assert await google.calendar.stop(access(), channel) == Done()
        await google.by_hand(at(1))
        await asyncio.sleep(0.1)
        assert ear.states() == ["sync", "exists"]
        assert await google.calendar.stop(access(), channel) == Done()


async def test_a_channel_that_google_refuses_is_refused(google: LocalGoogle) -> None:
    refused = await google.calendar.watch(
        access(), channel_id="c-1", address="http://crm.example/hook", token=Secret("t")
    )
    assert isinstance(refused, Refused)
    assert refused.permanent
