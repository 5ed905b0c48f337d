"""Booking where the seller has a Google calendar: held, written, seen, confirmed; every other end is told as it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.database import Database
from orchestrator_service.agenda import settling
from orchestrator_service.agenda.book import Confirming
from orchestrator_service.agenda.booking import Booked, NotBooked
from orchestrator_service.google_calendar.models import LiveBusy
from tests.integration.agenda.in_google import InGoogle, in_google
from tests.integration.agenda.scene import HALF_HOUR, SQL, TEN, count, events
from tests.support.factories import make_conversation
from tests.support.local_google import SELLER

if TYPE_CHECKING:
    from core.google.access import CalendarAccess
    from core.google.event import NewEvent
    from core.google.outcomes import Written


@pytest.fixture
async def made(db: Database) -> AsyncGenerator[InGoogle]:
    async with in_google(db) as one:
        yield one


async def text(made: InGoogle, statement: str) -> str | None:
    async with made.scene.db.tenant(made.tenant_id) as tx:
        return await tx.value(SQL[statement], str)


def rule(outcome: object) -> str:
    assert isinstance(outcome, NotBooked), outcome
    return outcome.rule


async def announced(made: InGoogle) -> list[str]:
    return [one.name for one in await events(made.scene) if one.name.startswith("EVENT_")]


class MeddlingCalendar:
    """Somebody writes in the seller's calendar just before our meeting arrives there."""

    def __init__(self, made: InGoogle) -> None:
        self._made = made

    def __getattr__(self, name: str) -> object:
        return getattr(self._made.google.calendar, name)

    async def insert(self, access: CalendarAccess, event: NewEvent, *, event_id: str, seconds: float = 8) -> Written:
        await self._made.busy_by_hand(event.starts_at)
        return await self._made.google.calendar.insert(access, event, event_id=event_id, seconds=seconds)


async def test_a_booking_is_confirmed_when_google_holds_it(made: InGoogle) -> None:
    booked = await made.book(await made.plant())
    assert isinstance(booked, Booked)
    assert await made.rows() == ["confirmed"]
    written = made.ours(booked.meeting_id)
    assert [one["summary"] for one in written] == ["Juan Gómez"]
    assert made.starts(booked.meeting_id) == [TEN]
    assert (await text(made, "meeting_url") or "").startswith("https://meet.google.com/")
    assert await announced(made) == ["EVENT_CREATED", "EVENT_CREATED"]
    assert await text(made, "stages") == "meeting"


async def test_our_own_meeting_counts_once_and_nobody_else_gets_its_time(made: InGoogle) -> None:
    await made.book(await made.plant())
    found = await made.offers()
    assert TEN not in [one.starts_at for one in found.offers]
    assert TEN + HALF_HOUR in [one.starts_at for one in found.offers]


async def test_a_time_that_google_takes_meanwhile_is_refused_before_anything_is_written(made: InGoogle) -> None:
    offer_id = await made.plant()
    await made.busy_by_hand()
    assert rule(await made.book(offer_id)) == "slot_taken"
    assert (await made.rows(), made.google.asked("insert")) == ([], [])


async def test_no_answer_before_the_booking_is_no_booking(made: InGoogle) -> None:
    offer_id = await made.plant()
    await made.google.fault("garbage", times=None, verb="list")
    assert rule(await made.book(offer_id)) == "cannot_confirm"
    assert await made.rows() == []
    await made.google.order("/clear")
    assert isinstance(await made.book(offer_id), Booked)


async def test_an_event_made_by_hand_between_look_and_writing_is_found_and_ours_is_taken_out(made: InGoogle) -> None:
    made.calendar = MeddlingCalendar(made)  # pyright: ignore[reportAttributeAccessIssue] - the rest is passed on
    offer_id = await made.plant()
    assert rule(await made.book(offer_id)) == "slot_taken"
    assert await made.rows() == ["cancelled"]
    assert [one.get("summary") for one in made.events()] == [None]
    assert await announced(made) == []
    made.calendar = None
    assert TEN not in [one.starts_at for one in (await made.offers()).offers]


async def test_control_without_the_second_look_both_stand_there(
    made: InGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blind(*args: object) -> dict[int, LiveBusy]:
        del args
        return {made.scene.seller_id: LiveBusy(())}

    monkeypatch.setattr(settling, "live_busy", blind)
    made.calendar = MeddlingCalendar(made)  # pyright: ignore[reportAttributeAccessIssue] - the rest is passed on
    assert isinstance(await made.book(await made.plant()), Booked)
    assert len(made.events()) == 2


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_what_google_refuses_is_not_booked_and_said_calmly(made: InGoogle, status: int) -> None:
    await made.google.fault("status", status=status, reason="forbidden", verb="insert", times=None)
    assert rule(await made.book(await made.plant())) == "calendar_refused"
    assert (await made.rows(), made.events(), await announced(made)) == (["cancelled"], [], [])
    assert isinstance(await made.book(await made.plant(TEN + HALF_HOUR)), NotBooked)
    await made.google.order("/clear")
    assert isinstance(await made.book(await made.plant()), Booked)


@pytest.mark.parametrize("arrived", [True, False], ids=["it arrived", "it was lost"])
async def test_a_writing_of_which_nobody_knows_is_neither_booked_nor_lost(made: InGoogle, *, arrived: bool) -> None:
    await made.google.fault("drop", verb="insert", taken=arrived)
    offer_id = await made.plant()
    outcome = await made.book(offer_id)
    assert isinstance(outcome, Confirming)
    assert (await made.rows(), await announced(made)) == (["held book"], [])
    event_id = outcome.meeting.meeting_id
    assert rule(await made.book(await made.plant(TEN + 2 * HALF_HOUR))) == "already_booked"
    await made.later(event_id)
    assert await made.rows() == ["confirmed"]
    assert len(made.ours(event_id)) == 1
    assert "quedó confirmada: mar 24 nov, 10:00" in (await text(made, "said") or "")
    await made.later(event_id)
    assert (await text(made, "said") or "").count("quedó confirmada") == 1
    assert isinstance(await made.book(offer_id), Booked)


async def test_while_nobody_knows_the_time_is_held_against_everybody(made: InGoogle) -> None:
    await made.google.fault("drop", verb="insert", times=None)
    assert isinstance(await made.book(await made.plant()), Confirming)
    talk = await make_conversation(made.scene.db, made.tenant_id, made.scene.channel_id)
    assert rule(await made.book(await made.plant(talk=talk), talk=talk)) == "slot_taken"


async def test_a_second_look_that_fails_leaves_it_to_the_job(made: InGoogle) -> None:
    offer_id = await made.plant()
    await made.google.fault("slow", verb="insert", seconds=0.1)
    task = asyncio.create_task(made.book(offer_id))
    while not made.google.asked("insert"):  # noqa: ASYNC110 - of the local Google's journal
        await asyncio.sleep(0.01)
    await made.google.fault("garbage", verb="list", times=None)
    outcome = await task
    assert isinstance(outcome, Confirming)
    await made.google.order("/clear")
    await made.later(outcome.meeting.meeting_id)
    assert await made.rows() == ["confirmed"]


async def test_after_ten_minutes_without_an_answer_it_is_given_up_and_told(made: InGoogle) -> None:
    await made.google.fault("drop", verb="insert", taken=True)
    await made.google.fault("drop", verb="get", times=None)
    outcome = await made.book(await made.plant())
    assert isinstance(outcome, Confirming)
    await made.later(outcome.meeting.meeting_id, by=settling.PROMISE + timedelta(seconds=1))
    assert (await made.rows(), made.events()) == (["cancelled"], [])
    assert "no pude confirmar el horario del mar 24 nov, 10:00" in (await text(made, "said") or "")
    assert await text(made, "tasks") == "calendar_conflict refused"


async def test_a_lost_right_is_no_booking_and_the_seller_is_never_offered(made: InGoogle) -> None:
    offer_id = await made.plant()
    await made.google.order("/lose_grants", account=SELLER)
    assert rule(await made.book(offer_id)) == "cannot_confirm"
    found = await made.offers()
    assert (found.offers, found.cannot_confirm) == ((), ("Ana Pérez",))
    assert await made.rows() == []


async def test_of_many_bookings_of_one_time_google_gets_one(made: InGoogle) -> None:
    talks = [await make_conversation(made.scene.db, made.tenant_id, made.scene.channel_id) for _ in range(10)]
    offers = [await made.plant(talk=talk) for talk in talks]
    outcomes = await asyncio.gather(*(made.book(one, talk=talk) for one, talk in zip(offers, talks, strict=True)))
    assert sum(isinstance(one, Booked) for one in outcomes) == 1
    assert {one.rule for one in outcomes if isinstance(one, NotBooked)} == {"slot_taken"}
    assert (len(made.events()), await count(made.scene, "meetings")) == (1, 1)


async def test_the_window_between_the_looks_is_measured(made: InGoogle, capsys: pytest.CaptureFixture[str]) -> None:
    await made.book(await made.plant())
    assert "exposed_ms=" in capsys.readouterr().out
