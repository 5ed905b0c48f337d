"""The background mirror: what the agenda shows, how it continues, and what becomes of our own meetings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.contracts import CheckMeeting, SyncCalendar
from core.google.client import GoogleCalendarClient
from core.google.event import event_id_of
from core.google.outcomes import Done, Refused, WatchChannel
from core.principal import Principal, Role
from core.secret import Secret
from orchestrator_service.google_calendar.check_meeting import check_meeting
from orchestrator_service.google_calendar.reading import Mirrored, MirrorWindow, list_mirrored
from orchestrator_service.google_calendar.sync import POLLED_EVERY, WHOLE_EVERY, ask_due, sync_calendar
from tests.integration.google_calendar.office import DAY, HOUR, NOW, TEN, Office, event
from tests.support.factories import make_channel, make_conversation, make_event, make_user
from tests.support.local_google import SELLER

if TYPE_CHECKING:
    from core.google.access import CalendarAccess

NOTICES = "https://crm.example/webhook/google/calendar"


async def sync(office: Office, address: str = "", through: GoogleCalendarClient | None = None) -> None:
    door = office.through(through) if through else office.door
    await sync_calendar(office.db, door, address, SyncCalendar(office.tenant_id, office.seller))


async def mirrored(office: Office) -> str | None:
    return await office.text("mirrored", seller_id=office.seller)


async def jobs(office: Office) -> str | None:
    waiting = await office.text("jobs", tenant=office.tenant_id)
    await office.run("forget_jobs", tenant=office.tenant_id)
    return waiting


async def shown(office: Office, role: Role, user_id: int | None = None) -> list[Mirrored]:
    someone = user_id or await make_user(office.db, office.tenant_id, role=role)
    principal = Principal(office.tenant_id, someone, role)  # pyright: ignore[reportArgumentType] - an id
    async with office.db.tenant(office.tenant_id) as tx:
        return await list_mirrored(tx, principal, MirrorWindow(TEN - DAY, TEN + 30 * DAY), most=100)


async def test_all_is_mirrored_first_and_then_what_changes(office: Office) -> None:
    first = await office.google.by_hand(event(summary="first"))
    second = await office.google.by_hand(event(TEN + HOUR, summary="second"))
    await office.google.by_hand(event(TEN + 2 * HOUR, summary="free", transparency="transparent"))
    await office.google.by_hand(event(TEN - 9 * DAY, summary="over"))
    await sync(office)
    assert await mirrored(office) == "first,second,free?"
    await office.google.order("/delete", calendar=SELLER, event={}, event_id=first["id"])
    await office.google.by_hand(event(TEN + 5 * HOUR, summary="later"), event_id=second["id"])
    await sync(office)
    assert await mirrored(office) == "free?,later"
    asked = office.google.asked("list")
    assert len(asked) == 2, "the second time only what changed was asked for"


async def test_a_token_that_expired_begins_anew(office: Office) -> None:
    gone = await office.google.by_hand(event(summary="gone"))
    await sync(office)
    await office.google.order("/delete", calendar=SELLER, event={}, event_id=gone["id"])
    await office.google.by_hand(event(summary="there"))
    await office.google.order("/expire_sync", calendar=SELLER)
    await sync(office)
    assert await mirrored(office) == "there"


async def test_after_a_week_all_is_asked_anew(office: Office) -> None:
    await sync(office)
    office.clock.now += WHOLE_EVERY
    await sync(office)
    assert [("syncToken" in str(one)) for one in office.google.asked("list")] == [False, False]


async def test_a_series_is_mirrored_and_goes_with_its_instances(office: Office) -> None:
    series = await office.google.by_hand({**event(summary="daily"), "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})
    await sync(office)
    assert await mirrored(office) == "daily,daily,daily"
    await office.google.order("/delete", calendar=SELLER, event={}, event_id=series["id"])
    await sync(office)
    assert await mirrored(office) == ""


@pytest.mark.parametrize("kind", ["garbage", "drop", "broken_item"])
async def test_a_failed_sync_leaves_what_was_mirrored(office: Office, kind: str) -> None:
    await office.google.by_hand(event(summary="there"))
    await sync(office)
    await office.google.by_hand(event(TEN + HOUR, summary="new"))
    await office.google.fault(kind, verb="list", times=None)
    await sync(office)
    assert await mirrored(office) == "there"
    assert await office.text("state", seller_id=office.seller) != "connected -"
    await office.google.order("/clear")
    await sync(office)
    assert await mirrored(office) == "there,new"
    assert await office.text("state", seller_id=office.seller) == "connected -"


async def test_a_lost_right_stops_the_mirror(office: Office) -> None:
    await sync(office)
    await office.google.order("/lose_grants", account=SELLER)
    await sync(office)
    assert await office.text("state", seller_id=office.seller) == "lost invalid_grant"
    assert await office.count("notices") == 1
    async with office.db.tenant(office.tenant_id) as tx:
        await office.run("forget_jobs", tenant=office.tenant_id)
        await ask_due(tx, NOW + DAY)
    assert await jobs(office) == ""


async def test_two_at_once_write_one_mirror(office: Office) -> None:
    """The lock lets one run at a time; where it would not, what the slower one heard is left."""
    await office.google.by_hand(event(summary="first"))

    class Overtaken(GoogleCalendarClient):
        def __init__(self) -> None:
            pass

        async def changes(  # pyright: ignore[reportIncompatibleMethodOverride] - all but the deadline
            self, access: CalendarAccess, sync_token: str | None, *, since: datetime | None = None, **_: object
        ) -> object:
            heard = await office.google.calendar.changes(access, sync_token, since=since)
            await office.google.by_hand(event(TEN + HOUR, summary="second"))
            await sync(office)
            return heard

    await sync(office, through=Overtaken())  # pyright: ignore[reportArgumentType] - a client in part
    assert await mirrored(office) == "first,second"


async def test_the_clock_asks_for_what_is_due_once(office: Office) -> None:
    await jobs(office)
    async with office.db.tenant(office.tenant_id) as tx:
        await ask_due(tx, NOW)
    assert await jobs(office) == ""
    for _ in range(2):
        async with office.db.tenant(office.tenant_id) as tx:
            await ask_due(tx, NOW + POLLED_EVERY)
    assert await jobs(office) == "google_calendar.sync"


async def test_pages_are_told_only_of_changes(office: Office) -> None:
    await office.google.by_hand(event(summary="there"))
    await sync(office)
    before = await office.count("outbox")
    await sync(office)
    assert await office.count("outbox") == before
    await office.google.by_hand(event(TEN + HOUR, summary="new"))
    await sync(office)
    assert await office.count("outbox") > before


async def test_titles_are_for_the_seller_and_the_ceo(office: Office) -> None:
    await office.google.by_hand(event(summary="Dentist"))
    await office.google.by_hand(event(TEN + HOUR, summary="free", transparency="transparent"))
    await sync(office)
    assert [one.title for one in await shown(office, "closer", office.user_id)] == ["Dentist"]
    assert [one.title for one in await shown(office, "ceo")] == ["Dentist"]
    assert [one.title for one in await shown(office, "secretary")] == [""]
    assert [one.title for one in await shown(office, "setter")] == [""]
    assert await shown(office, "closer") == []


async def own(office: Office) -> tuple[int, str]:
    """A meeting of ours with a lead, in Google too."""
    meeting = await make_event(office.db, office.tenant_id, office.seller, TEN, TEN + HOUR)
    google_id = event_id_of(office.tenant_id, meeting)
    await office.run("in_google", event_id=meeting, google_id=google_id)
    channel = await make_channel(office.db, office.tenant_id)
    talk = await make_conversation(office.db, office.tenant_id, channel.channel_id)
    await office.run("of_conversation", event_id=meeting, conversation_id=talk.conversation_id, lead_id=talk.lead_id)
    await office.google.by_hand(event(id=google_id, summary="Ours"))
    await sync(office)
    return meeting, google_id


async def test_our_own_meeting_is_shown_once(office: Office) -> None:
    _, google_id = await own(office)
    assert await shown(office, "ceo") == []
    await office.google.by_hand(event(TEN + 5 * HOUR), event_id=google_id)
    await sync(office)
    assert [one.starts_at for one in await shown(office, "ceo")] == [TEN + 5 * HOUR]


@pytest.mark.parametrize("by_hand", ["moved", "deleted"])
@pytest.mark.parametrize("whole", [False, True])
async def test_a_meeting_changed_by_hand_is_a_task(office: Office, by_hand: str, whole: bool) -> None:
    meeting, google_id = await own(office)
    await jobs(office)
    if by_hand == "moved":
        await office.google.by_hand(event(TEN + 5 * HOUR), event_id=google_id)
    else:
        await office.google.order("/delete", calendar=SELLER, event={}, event_id=google_id)
    if whole:
        await office.google.order("/expire_sync", calendar=SELLER)
    await sync(office)
    assert await jobs(office) == "google_calendar.check_meeting"
    for _ in range(2):
        await check_meeting(office.db, office.door, CheckMeeting(office.tenant_id, meeting))
    assert await office.text("tasks") == by_hand


async def test_what_was_put_right_meanwhile_is_no_task(office: Office) -> None:
    meeting, google_id = await own(office)
    await office.google.by_hand(event(TEN + 5 * HOUR), event_id=google_id)
    await sync(office)
    await office.google.by_hand(event(), event_id=google_id)
    await check_meeting(office.db, office.door, CheckMeeting(office.tenant_id, meeting))
    assert await office.text("tasks") == ""


async def test_silence_is_no_deletion(office: Office) -> None:
    meeting, _ = await own(office)
    await jobs(office)
    await office.google.fault("status", verb="get", times=None)
    await check_meeting(office.db, office.door, CheckMeeting(office.tenant_id, meeting))
    assert await office.text("tasks") == ""
    assert await jobs(office) == "google_calendar.check_meeting"


class Watched(GoogleCalendarClient):
    """A client of which only the channels are other ones: the local Google posts to this machine alone."""

    def __init__(self, office: Office, *, refuses: bool = False) -> None:
        self.office = office
        self.refuses = refuses
        self.opened: list[tuple[str, str, str]] = []
        self.stopped: list[str] = []

    async def changes(self, *given: object, **named: object) -> object:  # pyright: ignore[reportIncompatibleMethodOverride] - passed on
        return await self.office.google.calendar.changes(*given, **named)  # pyright: ignore[reportArgumentType] - passed on

    async def watch(  # pyright: ignore[reportIncompatibleMethodOverride] - all but the deadline
        self, *_: object, channel_id: str, address: str, token: Secret, **__: object
    ) -> WatchChannel | Refused:
        if self.refuses:
            return Refused("unauthorizedWebhookCallback", permanent=True)
        self.opened.append((channel_id, address, token.reveal()))
        return WatchChannel(channel_id, f"r-{channel_id}", self.office.clock() + timedelta(days=7))

    async def stop(self, *given: object, **_: object) -> Done:  # pyright: ignore[reportIncompatibleMethodOverride] - as above
        assert isinstance(given[1], WatchChannel)
        self.stopped.append(given[1].channel_id)
        return Done()


async def test_a_channel_is_opened_and_the_next_one_before_it_ends(office: Office) -> None:
    client = Watched(office)
    await sync(office, NOTICES, client)
    await sync(office, NOTICES, client)
    assert len(client.opened) == 1
    first, address, token = client.opened[0]
    assert (address, token.partition(".")[0]) == (NOTICES, str(office.tenant_id))
    assert await office.text("channel", seller_id=office.seller) == first
    office.clock.now += timedelta(days=6, hours=1)
    await sync(office, NOTICES, client)
    assert len(client.opened) == 2
    assert client.stopped == [first]
    assert await office.text("channel", seller_id=office.seller) == client.opened[1][0]


async def test_without_a_public_address_there_is_no_channel(office: Office) -> None:
    client = Watched(office)
    await sync(office, "http://127.0.0.1:8001/webhook/google/calendar", client)
    assert client.opened == []


async def test_a_refused_channel_leaves_the_polling(office: Office) -> None:
    await office.google.by_hand(event(summary="there"))
    await sync(office, NOTICES, Watched(office, refuses=True))
    assert await mirrored(office) == "there"
    assert await office.text("channel", seller_id=office.seller) is None
