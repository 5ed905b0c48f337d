"""Asking at the moment: what is taken, what cannot be confirmed, and that no fault ever reads as free."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from core.google.client import GoogleCalendarClient
from core.google.event import event_id_of
from core.google.outcomes import CannotConfirm, Events
from orchestrator_service.google_calendar import live_calendars
from orchestrator_service.google_calendar.live_calendars import live_busy
from orchestrator_service.google_calendar.models import LiveBusy, NotConnected
from tests.integration.google_calendar.office import DAY, HOUR, TEN, Office, event, make_office
from tests.support.factories import make_event
from tests.support.local_google import SELLER

if TYPE_CHECKING:
    from core.database import Database
    from tests.support.local_google import LocalGoogle

FAULTS = {
    "drop": {"kind": "drop"},
    "500": {"kind": "status", "status": 500},
    "429": {"kind": "status", "status": 429, "reason": "rateLimitExceeded"},
    "403": {"kind": "status", "status": 403, "reason": "quotaExceeded"},
    "404": {"kind": "status", "status": 404, "reason": "notFound"},
    "garbage": {"kind": "garbage"},
    "error in 200": {"kind": "error_in_200"},
    "no items": {"kind": "no_items"},
    "broken item": {"kind": "broken_item"},
}


def free(answer: object) -> bool:
    """Whether somebody who plans would take the time for free."""
    return isinstance(answer, LiveBusy) and not answer.times


async def test_what_google_has_is_taken_and_who_is_not_connected_is_so(office: Office) -> None:
    made = await office.google.by_hand(event())
    await office.google.by_hand(event(TEN + 3 * HOUR, transparency="transparent"))
    answers = await office.busy()
    taken = answers[office.seller]
    assert isinstance(taken, LiveBusy)
    assert [(one.event_id, one.starts_at, one.ends_at) for one in taken.times] == [(made["id"], TEN, TEN + HOUR)]
    assert answers[office.other] == NotConnected()


@pytest.mark.parametrize("fault", FAULTS)
async def test_no_fault_reads_as_free(office: Office, fault: str) -> None:
    await office.google.by_hand(event())
    await office.google.fault(**FAULTS[fault], verb="list", times=None)  # pyright: ignore[reportArgumentType] - as the table has it
    answers = await office.busy()
    assert isinstance(answers[office.seller], CannotConfirm)
    assert answers[office.other] == NotConnected()
    state = await office.text("state", seller_id=office.seller)
    assert state is not None
    assert state.startswith("connected ")
    assert not state.endswith(" -")


async def test_slow_is_not_waited_for_longer_than_a_seller_has(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_calendars, "LISTING_SECONDS", 0.4)
    await office.google.fault("slow", verb="list", seconds=20.0, times=None)
    began = time.monotonic()
    answers = await office.busy()
    assert time.monotonic() - began < 3
    assert answers[office.seller] == CannotConfirm("timeout")
    assert live_calendars.GRACE_SECONDS + 4 + 1 < 8, "a question to Google, and all around it"


async def test_even_a_client_without_a_deadline_is_left(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(GoogleCalendarClient):
        def __init__(self) -> None:
            pass

        async def events(self, *_: object, **__: object) -> Events:  # pyright: ignore[reportIncompatibleMethodOverride] - it hears nothing
            await asyncio.Event().wait()
            raise AssertionError

    monkeypatch.setattr(live_calendars, "LISTING_SECONDS", 0.1)
    monkeypatch.setattr(live_calendars, "GRACE_SECONDS", 0.1)
    answers = await live_busy(office.db, office.through(Endless()), office.tenant_id, [office.seller], TEN, TEN + HOUR)
    assert answers[office.seller] == CannotConfirm("timeout")


async def test_a_meeting_of_ours_counts_once(office: Office) -> None:
    meeting = await make_event(office.db, office.tenant_id, office.seller, TEN, TEN + HOUR)
    google_id = event_id_of(office.tenant_id, meeting)
    await office.google.by_hand(event(id=google_id))
    before = (await office.busy())[office.seller]
    assert isinstance(before, LiveBusy)
    assert [one.event_id for one in before.times] == [google_id], "the control: nothing says yet that it is ours"
    await office.run("in_google", event_id=meeting, google_id=google_id)
    assert (await office.busy())[office.seller] == LiveBusy(())


@pytest.mark.parametrize("by_hand", ["moved", "longer", "cancelled here"])
async def test_a_meeting_that_google_has_otherwise_is_in_the_way_there(office: Office, by_hand: str) -> None:
    meeting = await make_event(office.db, office.tenant_id, office.seller, TEN, TEN + HOUR)
    google_id = event_id_of(office.tenant_id, meeting)
    start, length = (TEN + 2 * HOUR, HOUR) if by_hand == "moved" else (TEN, 2 * HOUR if by_hand == "longer" else HOUR)
    await office.google.by_hand(event(start, length, id=google_id))
    await office.run("in_google", event_id=meeting, google_id=google_id)
    if by_hand == "cancelled here":
        await office.run("cancel", event_id=meeting)
    taken = (await office.busy())[office.seller]
    assert isinstance(taken, LiveBusy)
    assert [(one.starts_at, one.ends_at) for one in taken.times] == [(start, start + length)]


async def test_a_lost_right_is_told_once_and_never_reads_as_free(office: Office) -> None:
    await office.google.order("/lose_grants", account=SELLER)
    door = office.door
    asked = [live_busy(office.db, door, office.tenant_id, [office.seller], TEN, TEN + DAY) for _ in range(5)]
    for answers in await asyncio.gather(*asked):
        assert answers[office.seller] == CannotConfirm("refused", "invalid_grant")
    assert await office.text("state", seller_id=office.seller) == "lost invalid_grant"
    assert (await office.count("alarms"), await office.count("notices")) == (1, 1)
    before = len(office.google.world.journal)
    assert (await office.busy())[office.seller] == CannotConfirm("refused", "invalid_grant")
    assert len(office.google.world.journal) == before, "nobody asks with a grant that is gone"


async def test_a_grant_that_does_not_open_cannot_confirm(office: Office) -> None:
    await office.run("spoil_grant")
    assert (await office.busy())[office.seller] == CannotConfirm("refused", "vault")
    assert await office.text("state", seller_id=office.seller) == "connected refused vault"


async def test_a_demo_company_asks_no_provider(office: Office) -> None:
    await office.run("make_demo")
    assert free((await office.busy())[office.seller]), "the control: a server on this machine may be asked"
    door = office.door
    door = type(door)(door.calendar, door.consent, door.keyring, door.clock, local=False)
    before = len(office.google.world.journal)
    answers = await live_busy(office.db, door, office.tenant_id, [office.seller], TEN, TEN + HOUR)
    assert answers[office.seller] == CannotConfirm("refused", "demo")
    assert len(office.google.world.journal) == before


async def test_health_recovers(office: Office) -> None:
    await office.google.fault("garbage", verb="list")
    await office.busy()
    assert await office.text("state", seller_id=office.seller) != "connected -"
    await office.busy()
    assert await office.text("state", seller_id=office.seller) == "connected -"


async def test_another_companys_seller_is_not_connected(office: Office, db: Database, google: LocalGoogle) -> None:
    foreign = await make_office(db, google, "Foreign")
    answers = await live_busy(db, office.door, office.tenant_id, [foreign.seller], TEN, TEN + HOUR)
    assert answers[foreign.seller] == NotConnected()
