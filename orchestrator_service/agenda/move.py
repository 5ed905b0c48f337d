"""Moving and entering meetings from beginning to end, Google included (PRODUCT §11.5): what the web app's routes call.

As booking an offer: look, write here under the seller's lock, write there, look again. What Google does not agree to is
undone. Whoever forces a time has Google told afterwards, and is not refused by it.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import ClassVar

from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.errors import Conflict, NotFound
from core.json_types import Json
from core.principal import Principal, UserId
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.change_meeting import Move, move_event
from orchestrator_service.agenda.create_meeting import EnteredMeeting, SlotRefused, SlotTaken
from orchestrator_service.agenda.enter_meeting import enter_meeting
from orchestrator_service.agenda.live import Live, ask_live
from orchestrator_service.agenda.reading import AgendaEvent, read_event
from orchestrator_service.agenda.settling import Settled, settle
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.sellers.calendar import bookable_seller


class CalendarRefused(Conflict):
    """The seller's Google calendar did not take the change: it was undone."""

    code: ClassVar[str] = "calendar_refused"
    title = "Calendar Refused"


async def move(
    database: Database, google: GoogleDoor, principal: Principal, event_id: int, wanted: Move, *, now: datetime
) -> AgendaEvent:
    """Move an event. Raises as `move_event`, SlotTaken where somebody was faster in Google, CalendarRefused."""
    tenant_id = principal.tenant_id
    live = await look_before_moving(database, google, principal, event_id, wanted, now=now)
    checked_at = time.monotonic()
    async with database.tenant(tenant_id) as tx:
        moved = await move_event(tx, principal, event_id, wanted, now=now, live=live)
    if moved.claim is None:
        return moved.event
    reached("held")
    _demand_done(await settle(database, google, tenant_id, event_id, moved.claim, checked_at=checked_at))
    return await _read(database, tenant_id, event_id)


async def enter(
    database: Database, google: GoogleDoor, principal: Principal, wanted: EnteredMeeting, *, now: datetime
) -> AgendaEvent:
    """Enter a meeting. Raises as `enter_meeting`, SlotTaken where somebody was faster in Google, CalendarRefused."""
    tenant_id = principal.tenant_id
    live = await look_before_entering(database, google, principal, wanted, now=now)
    checked_at = time.monotonic()
    async with database.tenant(tenant_id) as tx:
        entered = await enter_meeting(tx, principal, wanted, now=now, live=live)
    if entered.claim is not None:
        reached("held")
        _demand_done(await settle(database, google, tenant_id, entered.id, entered.claim, checked_at=checked_at))
    return await _read(database, tenant_id, entered.id)


async def look_before_moving(
    database: Database, google: GoogleDoor, principal: Principal, event_id: int, wanted: Move, *, now: datetime
) -> Live:
    """What Google says of the new time, once nothing here is against it. Raises NotFound, SlotTaken, SlotRefused."""
    async with database.tenant(principal.tenant_id) as tx:
        known = await read_event(tx, event_id)
        seller_id = wanted.seller_id or known.seller_id
        await _demand_seller(tx, principal, seller_id, Permission.AGENDA_WRITE)
        await _demand_untaken(tx, seller_id, wanted, now, event_id=event_id)
    if wanted.force or known.kind != "meeting":
        return Live()
    return await ask_live(database, google, principal.tenant_id, [seller_id], wanted.starts_at, wanted.ends_at)


async def look_before_entering(
    database: Database, google: GoogleDoor, principal: Principal, wanted: EnteredMeeting, *, now: datetime
) -> Live:
    """The same for a meeting that is entered."""
    async with database.tenant(principal.tenant_id) as tx:
        await _demand_seller(tx, principal, wanted.seller_id, Permission.AGENDA_BOOK)
        await _demand_untaken(tx, wanted.seller_id, wanted, now)
    if wanted.force:
        return Live()
    return await ask_live(database, google, principal.tenant_id, [wanted.seller_id], wanted.starts_at, wanted.ends_at)


async def _demand_seller(tx: TenantTransaction, principal: Principal, seller_id: int, permission: Permission) -> None:
    """Before Google is asked of anybody: whether the caller may write in that agenda at all. Raises NotFound."""
    seller = await bookable_seller(tx, seller_id)
    of_seller = UserId(seller.user_id) if seller and seller.user_id is not None else None
    if seller is None or not visible(principal, permission, of_seller):
        raise NotFound


async def _demand_untaken(
    tx: TenantTransaction, seller_id: int, wanted: Move | EnteredMeeting, now: datetime, *, event_id: int | None = None
) -> None:
    """Of a crowd that wants one time, nearly all are answered here, without waiting for the seller."""
    if wanted.starts_at < wanted.ends_at and await repository.is_taken(
        tx, seller_id, wanted.starts_at, wanted.ends_at, now=now, but_event_id=event_id
    ):
        place = (seller_id, wanted.starts_at, wanted.ends_at)
        until = await repository.offered_until(tx, *place, now=now, but_event_id=event_id)
        if until is not None:
            extra: dict[str, Json] = {"rule": "held", "held_until": until.isoformat()}
            raise SlotTaken("A customer was offered that time and is deciding.", extra=extra)
        if isinstance(wanted, Move) and not wanted.force:
            raise SlotRefused("Another meeting is then.", extra={"rule": "busy"})
        raise SlotTaken("The seller is booked at that time.")


async def _read(database: Database, tenant_id: int, event_id: int) -> AgendaEvent:
    async with database.tenant(tenant_id) as tx:
        return await read_event(tx, event_id)


def _demand_done(settled: Settled) -> None:
    """What nobody knows yet stands as it is: the job ends it, and the agenda hears of it."""
    if settled.outcome == "taken" and not settled.kept:
        raise SlotTaken("Somebody has just put something there in Google.")
    if settled.outcome == "refused" and not settled.kept:
        raise CalendarRefused("The seller's Google calendar did not take it.")
