"""Entering, moving, cancelling and restoring where Google has the meeting: it follows, or what it refuses is undone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta

import pytest

from core.database import Database
from core.errors import Conflict, NotFound
from orchestrator_service.agenda import settling
from orchestrator_service.agenda.book import Confirming
from orchestrator_service.agenda.booking import Booked, NotBooked
from orchestrator_service.agenda.change_meeting import Move, cancel_event, restore_event
from orchestrator_service.agenda.create_meeting import EnteredMeeting, SlotRefused, SlotTaken
from orchestrator_service.agenda.move import CalendarRefused, enter, move
from orchestrator_service.agenda.own_meeting import OwnMove, cancel_own, move_own
from orchestrator_service.agenda.reading import AgendaEvent, read_event
from tests.integration.agenda.in_google import InGoogle, in_google
from tests.integration.agenda.scene import HALF_HOUR, TEN, make_scene
from tests.integration.agenda.test_booking_with_google import MeddlingCalendar, rule, text
from tests.support.factories import make_conversation, make_event, make_seller
from tests.support.local_google import OTHER, SELLER

ELEVEN = TEN + 2 * HALF_HOUR


@pytest.fixture
async def made(db: Database) -> AsyncGenerator[InGoogle]:
    async with in_google(db) as one:
        yield one


async def booked(made: InGoogle) -> int:
    outcome = await made.book(await made.plant())
    assert isinstance(outcome, Booked)
    return outcome.meeting_id


def starts(made: InGoogle, event_id: int, calendar: str = SELLER) -> list[datetime]:
    return made.starts(event_id, calendar)


async def standing(made: InGoogle, event_id: int) -> AgendaEvent:
    async with made.scene.db.tenant(made.tenant_id) as tx:
        return await read_event(tx, event_id)


async def shift(made: InGoogle, event_id: int, to: datetime = ELEVEN, **more: object) -> AgendaEvent:
    wanted = Move(to, to + HALF_HOUR, **more)  # pyright: ignore[reportArgumentType] - the test's own
    return await move(made.scene.db, made.door, made.principal, event_id, wanted, now=made.clock())


async def shift_own(
    made: InGoogle, event_id: int, offer_id: str, *, lead_id: int | None = None
) -> Booked | Confirming | NotBooked:
    talk = made.scene.talk
    wanted = OwnMove(talk.conversation_id, lead_id or talk.lead_id, event_id, offer_id)
    return await move_own(made.scene.db, made.door, made.tenant_id, wanted, now=made.clock())


async def put(made: InGoogle, start: datetime = TEN, *, force: bool = False) -> AgendaEvent:
    wanted = EnteredMeeting(made.scene.seller_id, start, start + HALF_HOUR, None, "Visit", force)
    return await enter(made.scene.db, made.door, made.principal, wanted, now=made.clock())


class MeddlingMover(MeddlingCalendar):
    """Somebody writes there just before our meeting is moved there."""

    async def patch(self, access: object, event_id: str, change: object, **more: object) -> object:
        await self._made.busy_by_hand(ELEVEN)
        return await self._made.google.calendar.patch(access, event_id, change, **more)  # pyright: ignore[reportArgumentType] - passed on


async def test_what_the_team_enters_stands_in_google_too(made: InGoogle) -> None:
    entered = await put(made)
    assert (entered.status, starts(made, entered.id)) == ("confirmed", [TEN])


async def test_the_team_is_told_that_google_is_busy_or_silent_and_may_enter_it_all_the_same(made: InGoogle) -> None:
    await made.busy_by_hand()
    with pytest.raises(SlotRefused) as refused:
        await put(made)
    assert refused.value.extra["rule"] == "google_busy"
    entered = await put(made, force=True)
    assert await made.rows() == ["confirmed write"]
    await made.job(entered.id)
    assert starts(made, entered.id) == [TEN]
    await made.google.fault("garbage", verb="list", times=None)
    with pytest.raises(SlotRefused) as silent:
        await put(made, ELEVEN)
    assert silent.value.extra["rule"] == "unconfirmed"
    with pytest.raises(SlotTaken):
        await put(made, force=True)


async def test_a_move_is_a_move_in_google(made: InGoogle) -> None:
    event_id = await booked(made)
    moved = await shift(made, event_id)
    assert (moved.starts_at, moved.status, starts(made, event_id)) == (ELEVEN, "confirmed", [ELEVEN])
    assert await made.rows() == ["confirmed"]


async def test_a_move_by_a_quarter_of_itself_is_not_in_its_own_way(made: InGoogle) -> None:
    event_id = await booked(made)
    moved = await shift(made, event_id, TEN + HALF_HOUR / 2, force=True)
    await made.job(event_id)
    assert starts(made, event_id) == [moved.starts_at]


async def test_a_move_to_where_google_is_busy_is_refused_and_nothing_moves(made: InGoogle) -> None:
    event_id = await booked(made)
    await made.busy_by_hand(ELEVEN)
    with pytest.raises(SlotRefused) as refused:
        await shift(made, event_id)
    assert refused.value.extra["rule"] == "google_busy"
    assert starts(made, event_id) == [TEN]


async def test_a_move_that_somebody_was_faster_than_is_undone_on_both_sides(made: InGoogle) -> None:
    event_id = await booked(made)
    made.calendar = MeddlingMover(made)  # pyright: ignore[reportAttributeAccessIssue] - the rest is passed on
    with pytest.raises(SlotTaken):
        await shift(made, event_id)
    stands = await standing(made, event_id)
    assert (stands.starts_at, starts(made, event_id)) == (TEN, [TEN])
    assert await made.rows() == ["confirmed"]


async def test_a_move_that_google_refuses_is_undone(made: InGoogle) -> None:
    event_id = await booked(made)
    await made.google.fault("status", status=403, reason="forbidden", verb="patch", times=None)
    with pytest.raises(CalendarRefused):
        await shift(made, event_id)
    assert (await standing(made, event_id)).starts_at == TEN
    await made.google.order("/clear")
    await made.later(event_id)
    assert (starts(made, event_id), await made.rows()) == ([TEN], ["confirmed"])


async def test_a_move_of_which_nobody_knows_stands_and_is_ended_by_the_job(made: InGoogle) -> None:
    event_id = await booked(made)
    await made.google.fault("drop", verb="patch")
    moved = await shift(made, event_id)
    assert (moved.starts_at, await made.rows()) == (ELEVEN, ["confirmed move"])
    await made.later(event_id)
    assert (starts(made, event_id), await made.rows()) == ([ELEVEN], ["confirmed"])


async def test_a_move_to_another_seller_changes_calendars(made: InGoogle) -> None:
    event_id = await booked(made)
    other = await make_seller(made.scene.db, made.tenant_id, "Bruno Díaz")
    await made.connect_other(other)
    await shift(made, event_id, seller_id=other)
    assert (starts(made, event_id), starts(made, event_id, OTHER)) == ([], [ELEVEN])


async def test_a_move_to_a_seller_without_a_calendar_takes_it_out_of_the_old_one(made: InGoogle) -> None:
    event_id = await booked(made)
    other = await make_seller(made.scene.db, made.tenant_id, "Bruno Díaz")
    await shift(made, event_id, seller_id=other)
    await made.job(event_id)
    assert (made.ours(event_id), await made.rows()) == ([], ["confirmed"])


async def test_a_cancelled_meeting_leaves_google_and_comes_back_when_restored(made: InGoogle) -> None:
    event_id = await booked(made)
    async with made.scene.db.tenant(made.tenant_id) as tx:
        await cancel_event(tx, made.principal, event_id, now=made.clock())
    assert await made.rows() == ["cancelled erase"]
    assert TEN in [one.starts_at for one in (await made.offers()).offers] or made.ours(event_id)
    await made.job(event_id)
    assert (made.ours(event_id), await made.rows()) == ([], ["cancelled"])
    async with made.scene.db.tenant(made.tenant_id) as tx:
        await restore_event(tx, made.principal, event_id, now=made.clock())
    await made.job(event_id)
    assert (starts(made, event_id), await made.rows()) == ([TEN], ["confirmed"])


async def test_a_cancellation_that_google_does_not_hear_is_told_again(made: InGoogle) -> None:
    event_id = await booked(made)
    await made.google.fault("drop", verb="delete", times=3)
    async with made.scene.db.tenant(made.tenant_id) as tx:
        await cancel_event(tx, made.principal, event_id, now=made.clock())
    for _ in range(4):
        await made.later(event_id)
    assert (made.ours(event_id), await made.rows()) == ([], ["cancelled"])


async def test_a_cancellation_while_the_booking_is_on_its_way_wins(made: InGoogle) -> None:
    await made.google.fault("drop", verb="insert", taken=True)
    outcome = await made.book(await made.plant())
    assert isinstance(outcome, Confirming)
    event_id = outcome.meeting.meeting_id
    async with made.scene.db.tenant(made.tenant_id) as tx:
        await cancel_event(tx, made.principal, event_id, now=made.clock())
    await made.later(event_id)
    await made.later(event_id)
    assert (made.ours(event_id), await made.rows()) == ([], ["cancelled"])


async def test_a_customer_moves_the_own_meeting_to_an_offer_of_the_own_conversation(made: InGoogle) -> None:
    event_id = await booked(made)
    offer_id = await made.plant(ELEVEN)
    moved = await shift_own(made, event_id, offer_id)
    assert isinstance(moved, Booked)
    assert (moved.starts_at, starts(made, event_id)) == (ELEVEN, [ELEVEN])
    assert await shift_own(made, event_id, offer_id) == moved
    assert rule(await made.book(offer_id)) == "offer_used"


async def test_nobody_moves_or_cancels_somebody_elses_meeting(made: InGoogle) -> None:
    event_id = await booked(made)
    stranger = await make_conversation(made.scene.db, made.tenant_id, made.scene.channel_id)
    theirs = await made.plant(ELEVEN, talk=stranger)
    wanted = OwnMove(stranger.conversation_id, stranger.lead_id, event_id, theirs)
    outcome = await move_own(made.scene.db, made.door, made.tenant_id, wanted, now=made.clock())
    assert rule(outcome) == "meeting_unknown"
    assert rule(await shift_own(made, event_id, theirs)) == "offer_unknown"
    async with made.scene.db.tenant(made.tenant_id) as tx:
        cancelled = await cancel_own(tx, lead_id=stranger.lead_id, meeting_id=event_id, now=made.clock())
    assert rule(cancelled) == "meeting_unknown"
    block = await make_event(
        made.scene.db, made.tenant_id, made.scene.seller_id, ELEVEN, ELEVEN + HALF_HOUR, kind="block"
    )
    async with made.scene.db.tenant(made.tenant_id) as tx:
        assert rule(await cancel_own(tx, lead_id=made.scene.talk.lead_id, meeting_id=block, now=made.clock())) == (
            "meeting_unknown"
        )
    assert (await standing(made, event_id)).starts_at == TEN


async def test_a_customers_move_that_is_taken_or_refused_leaves_the_meeting_where_it_is(made: InGoogle) -> None:
    event_id = await booked(made)
    first, second = await made.plant(ELEVEN), await made.plant(ELEVEN + HALF_HOUR)
    await made.google.fault("status", status=403, reason="forbidden", verb="patch", times=1)
    assert rule(await shift_own(made, event_id, second)) == "calendar_refused"
    await made.busy_by_hand(ELEVEN)
    assert rule(await shift_own(made, event_id, first)) == "slot_taken"
    assert (await standing(made, event_id)).starts_at == TEN


async def test_a_customer_is_told_when_a_move_of_which_nobody_knew_failed(made: InGoogle) -> None:
    event_id = await booked(made)
    await made.google.fault("drop", verb="patch", times=2)
    assert isinstance(await shift_own(made, event_id, await made.plant(ELEVEN)), Confirming)
    await made.later(event_id, by=settling.PROMISE + timedelta(seconds=1))
    assert (await standing(made, event_id)).starts_at == TEN
    assert "no pude mover tu reunión con Ana Pérez: sigue el mar 24 nov, 10:00" in (await text(made, "said") or "")


async def test_a_customer_is_told_when_a_move_of_which_nobody_knew_was_made(made: InGoogle) -> None:
    event_id = await booked(made)
    await made.google.fault("drop", verb="patch")
    assert isinstance(await shift_own(made, event_id, await made.plant(ELEVEN)), Confirming)
    await made.later(event_id)
    assert (starts(made, event_id), await made.rows()) == ([ELEVEN], ["confirmed"])
    assert "Tu reunión con Ana Pérez pasó al mar 24 nov, 11:00" in (await text(made, "said") or "")


async def test_a_teams_late_move_is_told_by_whoever_made_it(made: InGoogle) -> None:
    event_id = await booked(made)
    await made.google.fault("drop", verb="patch")
    await shift(made, event_id)
    await made.later(event_id)
    assert (starts(made, event_id), await made.rows()) == ([ELEVEN], ["confirmed"])
    assert "pasó al" not in (await text(made, "said") or "")


async def test_a_meeting_that_has_begun_or_was_cancelled_is_not_the_customers_to_change(made: InGoogle) -> None:
    event_id = await booked(made)
    lead_id = made.scene.talk.lead_id
    async with made.scene.db.tenant(made.tenant_id) as tx:
        assert rule(await cancel_own(tx, lead_id=lead_id, meeting_id=event_id, now=TEN)) == "meeting_over"
    async with made.scene.db.tenant(made.tenant_id) as tx:
        for _ in range(2):
            cancelled = await cancel_own(tx, lead_id=lead_id, meeting_id=event_id, now=made.clock())
            assert isinstance(cancelled, AgendaEvent)
            assert cancelled.status == "cancelled"
    assert rule(await shift_own(made, event_id, await made.plant(ELEVEN))) == "meeting_over"


async def test_another_companys_meeting_is_nobodys(made: InGoogle) -> None:
    event_id = await booked(made)
    other = await make_scene(made.scene.db, "Other")
    async with made.scene.db.tenant(other.tenant_id) as tx:
        cancelled = await cancel_own(tx, lead_id=made.scene.talk.lead_id, meeting_id=event_id, now=made.clock())
    assert rule(cancelled) == "meeting_unknown"
    await made.job(event_id)
    stranger = made.principal.__class__(other.tenant_id, made.principal.user_id, "ceo")
    with pytest.raises((NotFound, Conflict)):
        await move(made.scene.db, made.door, stranger, event_id, Move(ELEVEN, ELEVEN + HALF_HOUR), now=made.clock())
