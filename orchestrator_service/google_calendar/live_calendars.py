"""When sellers are taken in Google at this moment (PRODUCT §11.2, §11.3). What is not known is never free."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from core.database import Database
from core.google.calendar import LISTING_SECONDS
from core.google.event import GoogleEvent, is_busy
from core.google.outcomes import AccessLost, CannotConfirm, Events
from orchestrator_service.google_calendar import repository
from orchestrator_service.google_calendar.access import reach
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.health import tell_health
from orchestrator_service.google_calendar.models import BusyTime, Connection, LiveBusy, NotConnected, Unusable
from orchestrator_service.google_calendar.repository import OwnEvent

# The port keeps its own deadline; this one holds even where it would not.
GRACE_SECONDS: Final = 0.5
Live = LiveBusy | CannotConfirm | NotConnected


async def live_busy(  # noqa: PLR0917 - whose calendars, and when
    database: Database, google: GoogleDoor, tenant_id: int, seller_ids: Sequence[int], start: datetime, end: datetime
) -> Mapping[int, Live]:
    """Ask Google of every seller at once, between two short transactions; each of them gets an answer.

    A meeting of ours counts once: its event is left out where the meeting stands and covers it. Where it was moved by
    hand in Google, the event is in the way like any other.
    """
    async with database.tenant(tenant_id) as tx:
        accesses = await reach(tx, google, seller_ids)
    asked = [one for one in accesses.values() if isinstance(one, Connection)]
    answers = await asyncio.gather(*(_ask(one, start, end) for one in asked))
    heard = {one.seller_id: answer for one, answer in zip(asked, answers, strict=True)}
    unusable = [one for one in accesses.values() if isinstance(one, Unusable)]
    own: list[OwnEvent] = []
    if asked or unusable:
        ids = [event.id for answer in heard.values() if isinstance(answer, Events) for event in answer.events]
        asked_of = [(one.row, heard[one.seller_id]) for one in asked]
        async with database.tenant(tenant_id) as tx:
            own = await repository.own_events(tx, list(heard), ids) if ids else []
            await tell_health(tx, [*asked_of, *((one.row, one.why) for one in unusable)], google.clock())
    return {seller_id: _live(one, heard.get(seller_id), own) for seller_id, one in accesses.items()}


async def _ask(one: Connection, start: datetime, end: datetime) -> Events | CannotConfirm | AccessLost:
    try:
        async with asyncio.timeout(LISTING_SECONDS + GRACE_SECONDS):
            return await one.calendar.events(one.access, start, end, seconds=LISTING_SECONDS)
    except TimeoutError:
        return CannotConfirm("timeout")


def _live(
    one: Connection | Unusable | NotConnected,
    answer: Events | CannotConfirm | AccessLost | None,
    own: Sequence[OwnEvent],
) -> Live:
    if isinstance(one, Unusable):
        return one.why
    if isinstance(one, NotConnected):
        return one
    assert answer is not None, "every connection was asked"
    return seen_as(one.seller_id, answer, own)


def seen_as(
    seller_id: int, answer: Events | CannotConfirm | AccessLost, own: Sequence[OwnEvent]
) -> LiveBusy | CannotConfirm:
    """What the calendar's answer means for the seller; `own` are the meetings of ours that are in it. Pure."""
    if isinstance(answer, AccessLost):
        return CannotConfirm("refused", answer.reason)
    if isinstance(answer, CannotConfirm):
        return answer
    mine = [one for one in own if one.seller_id == seller_id]
    taken = [event for event in answer.events if is_busy(event) and not any(_is(event, one) for one in mine)]
    times = (BusyTime(event.id, event.starts_at, event.ends_at, event.all_day) for event in taken)
    return LiveBusy(tuple(sorted((one for one in times if one.starts_at < one.ends_at), key=lambda one: one.starts_at)))


def _is(event: GoogleEvent, own: OwnEvent) -> bool:
    """The event is this meeting and asks for no more time than it: the meeting counts, the event does not."""
    return event.id == own.google_event_id and own.starts_at <= event.starts_at and event.ends_at <= own.ends_at
