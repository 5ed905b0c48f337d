"""Moving, cancelling and restoring what stands in an agenda, within what the own role may change (PRODUCT §11).

Sellers are locked before anything else, by id, as every booking does; the exclusion constraint has the last word. What
Google has of a meeting follows: a job sees to it, and a move that Google must agree to is told by `move.py` at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, TypeAlias
from uuid import UUID

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.google.outcomes import CannotConfirm
from core.principal import Principal, UserId
from orchestrator_service.agenda import pending, repository
from orchestrator_service.agenda.announce import announce_event_change
from orchestrator_service.agenda.availability import explain_instant
from orchestrator_service.agenda.availability_facts import NotFree, SellerCalendar
from orchestrator_service.agenda.calendars import load_calendars, rules_of
from orchestrator_service.agenda.create_meeting import UNCONFIRMED, SlotRefused, SlotTaken
from orchestrator_service.agenda.live import Live
from orchestrator_service.agenda.reading import AgendaEvent, read_event
from orchestrator_service.agenda.repository import EXCLUSION
from orchestrator_service.agenda.zone_time import wall_clock
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.google_calendar.models import LiveBusy, NotConnected
from orchestrator_service.sellers.calendar import lock_seller
from orchestrator_service.sellers.models import Seller


class EventOver(Conflict):
    """The event was cancelled or has ended."""

    code: ClassVar[str] = "event_over"
    title = "Event Over"


@dataclass(frozen=True, slots=True)
class OfLead:
    """A customer: the own meeting alone, and no rule is overruled."""

    lead_id: int


Changer: TypeAlias = Principal | OfLead


@dataclass(frozen=True, slots=True)
class Move:
    """Where an event goes. Times are aware UTC, `ends_at` excluded; `seller_id` None: the same seller."""

    starts_at: datetime
    ends_at: datetime
    seller_id: int | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The event as it stands now. `claim`: Google is to be told by it before the move counts."""

    event: AgendaEvent
    claim: UUID | None = None


async def move_event(
    tx: TenantTransaction, by: Changer, event_id: int, move: Move, *, now: datetime, live: Live
) -> Moved:
    """Move an event. Call it first in its transaction. `live` is what Google says of the seller at the new time.

    Raises NotFound for what is out of scope, EventOver, SlotRefused with the rule unless forced, SlotTaken, BadInput.
    """
    if move.ends_at <= move.starts_at:
        raise BadInput("A meeting ends after it starts.")
    event, sellers = await _locked(tx, by, event_id, move.seller_id)
    if event.status != "confirmed":
        raise EventOver("It was cancelled, is over, or is just being confirmed.")
    seller = sellers[move.seller_id or event.seller_id]
    if seller.id != event.seller_id and not seller.active:
        raise NotFound
    if isinstance(by, OfLead) and not seller.active:
        raise SlotRefused("The seller takes no meetings now.", extra={"rule": "seller_unavailable"})
    if event.kind == "meeting" and (not move.force or isinstance(by, OfLead)):
        await _demand_free(tx, event, seller, move, now, live)
    return await put_elsewhere(tx, event, sellers, move, now=now, live=live)


async def put_elsewhere(
    tx: TenantTransaction,
    event: AgendaEvent,
    sellers: Mapping[int, Seller],
    move: Move,
    *,
    now: datetime,
    live: Live,
) -> Moved:
    """The move itself, once it is judged; `sellers`, those of before and after, are locked. Raises SlotTaken."""
    seller_id = move.seller_id or event.seller_id
    await pending.drop_expired_holds(tx, seller_id, now)
    try:
        async with tx.savepoint():
            await repository.move_event(tx, event.id, seller_id, move.starts_at, move.ends_at)
    except (ConstraintViolated, Collided) as error:
        raise slot_taken(error) from error
    known = live.of(seller_id)
    in_google = await repository.google_event_of(tx, event.id) is not None
    if event.kind != "meeting" or (isinstance(known, NotConnected) and not in_google):
        return Moved(await _announced(tx, event, sellers))
    other = event.seller_id if seller_id != event.seller_id else None
    before = pending.MovedFrom(event.starts_at, event.ends_at, other)
    if move.force or not isinstance(known, LiveBusy):
        await pending.begin(tx, event.id, "write", now=now, moved_from=before)
        return Moved(await _announced(tx, event, sellers))
    claim = await pending.begin(tx, event.id, "move", now=now, at_once=True, moved_from=before)
    return Moved(await read_event(tx, event.id), claim)


async def cancel_event(tx: TenantTransaction, by: Changer, event_id: int, *, now: datetime) -> AgendaEvent:
    """Cancel an event; once more changes nothing. Raises NotFound out of scope, EventOver where it has taken place."""
    event, sellers = await _locked(tx, by, event_id, None)
    return await take_out(tx, event, sellers, now=now)


async def take_out(
    tx: TenantTransaction, event: AgendaEvent, sellers: Mapping[int, Seller], *, now: datetime
) -> AgendaEvent:
    """The cancellation itself; its seller is locked. Raises EventOver."""
    if event.status == "cancelled":
        return event
    if event.status not in {"held", "confirmed"}:
        raise EventOver("It is over.")
    await repository.cancel_event(tx, event.id)
    if await repository.google_event_of(tx, event.id) is not None:
        await pending.begin(tx, event.id, "erase", now=now)
    return await _announced(tx, event, sellers)


async def restore_event(tx: TenantTransaction, principal: Principal, event_id: int, *, now: datetime) -> AgendaEvent:
    """Undo a cancellation: the event is confirmed again; once more changes nothing. Call it first.

    Only another meeting stands against it: the rules let it be there before, or somebody had overruled them.
    Raises NotFound out of scope, EventOver where it has taken place, SlotTaken where its time was given away since.
    """
    event, sellers = await _locked(tx, principal, event_id, None)
    if event.status == "confirmed":
        return event
    if event.status != "cancelled":
        raise EventOver("It is over.")
    await pending.drop_expired_holds(tx, event.seller_id, now)
    try:
        async with tx.savepoint():
            await repository.restore_event(tx, event_id)
    except (ConstraintViolated, Collided) as error:
        raise slot_taken(error) from error
    if await repository.google_event_of(tx, event_id) is not None:
        await pending.begin(tx, event_id, "write", now=now)
    return await _announced(tx, event, sellers)


async def lock_event(tx: TenantTransaction, by: Changer, event_id: int) -> tuple[AgendaEvent, dict[int, Seller]]:
    """The event with its seller locked, where the caller may change it. Raises NotFound out of scope."""
    return await _locked(tx, by, event_id, None)


def slot_taken(error: ConstraintViolated | Collided) -> SlotTaken:
    """What the exclusion constraint means; any other constraint is raised on."""
    if isinstance(error, ConstraintViolated) and error.constraint != EXCLUSION:
        raise error
    return SlotTaken("The seller is booked at that time.")


async def _locked(
    tx: TenantTransaction, by: Changer, event_id: int, new_seller_id: int | None
) -> tuple[AgendaEvent, dict[int, Seller]]:
    """The event and the sellers that it is and will be of, locked, if the caller may change both agendas."""
    known = await read_event(tx, event_id)
    sellers: dict[int, Seller] = {}
    for seller_id in sorted({known.seller_id, new_seller_id or known.seller_id}):
        seller = await lock_seller(tx, seller_id)
        if seller is None or not _may_change(by, seller):
            raise NotFound
        sellers[seller_id] = seller
    event = await read_event(tx, event_id)
    if event.is_offer_hold:
        raise NotFound
    if isinstance(by, OfLead) and (event.kind != "meeting" or event.lead_id != by.lead_id):
        raise NotFound
    if event.seller_id not in sellers:
        raise Collided  # somebody has just given it to another seller
    return event, sellers


def _may_change(by: Changer, seller: Seller) -> bool:
    """Whether that agenda is in reach; whose meeting it is, is judged once it is read under the lock."""
    if isinstance(by, OfLead):
        return True
    return visible(by, Permission.AGENDA_WRITE, UserId(seller.user_id) if seller.user_id is not None else None)


async def _demand_free(  # noqa: PLR0917 - one caller
    tx: TenantTransaction, event: AgendaEvent, seller: Seller, move: Move, now: datetime, live: Live
) -> None:
    """Judge the time as a booking would, as if the event itself were not there."""
    if isinstance(live.of(seller.id), CannotConfirm):
        raise SlotRefused("Nobody can confirm now that the seller is free.", extra={"rule": UNCONFIRMED})
    settings = await repository.meeting_settings(tx)
    calendars = await load_calendars(tx, settings, [seller], move.starts_at, move.ends_at, now=now)
    calendars = live.over(calendars, [seller])
    if not calendars.readable:
        raise SlotRefused("Nobody knows when the seller is free.", extra={"rule": "seller_unavailable"})
    calendar = calendars.readable[0]
    if seller.id == event.seller_id:
        calendar = without(calendar, event)
    minutes = max(1, (move.ends_at - move.starts_at) // timedelta(minutes=1))
    answer = explain_instant(rules_of(settings, minutes), calendar, move.starts_at, now)
    if isinstance(answer, NotFree):
        raise SlotRefused(answer.detail, extra={"rule": answer.rule})


def without(calendar: SellerCalendar, event: AgendaEvent) -> SellerCalendar:
    """The calendar as if the event were not in it."""
    busy = tuple(one for one in calendar.busy if (one.start, one.end) != (event.starts_at, event.ends_at))
    day = wall_clock(calendar.zone, event.starts_at).date()
    counted = dict(calendar.counted_meetings)
    if counted.get(day):
        counted[day] -= 1
    return replace(calendar, busy=busy, counted_meetings=counted)


async def _announced(tx: TenantTransaction, before: AgendaEvent, sellers: Mapping[int, Seller]) -> AgendaEvent:
    after = await read_event(tx, before.id)
    await announce_event_change(tx, after, [seller.user_id for seller in sellers.values()])
    return after
