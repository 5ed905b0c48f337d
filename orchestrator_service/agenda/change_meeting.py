"""Moving, cancelling and restoring what stands in an agenda, within what the own role may change (PRODUCT §11).

Sellers are locked before anything else, by id, as every booking does; the exclusion constraint has the last word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, TypeAlias

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.principal import Principal, UserId
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.announce import announce_event_change
from orchestrator_service.agenda.availability import explain_instant
from orchestrator_service.agenda.availability_facts import NotFree, SellerCalendar
from orchestrator_service.agenda.booking import EXCLUSION
from orchestrator_service.agenda.calendars import load_calendars, rules_of
from orchestrator_service.agenda.create_meeting import SlotTaken
from orchestrator_service.agenda.reading import AgendaEvent, read_event
from orchestrator_service.agenda.zone_time import wall_clock
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.sellers.calendar import lock_seller
from orchestrator_service.sellers.models import Seller


class SlotRefused(Conflict):
    """A rule is against that time; `extra.rule` names it. Forcing overrules all but another meeting."""

    code: ClassVar[str] = "slot_refused"
    title = "Slot Refused"


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


async def move_event(tx: TenantTransaction, by: Changer, event_id: int, move: Move, *, now: datetime) -> AgendaEvent:
    """Move an event. Call it first in its transaction.

    Raises NotFound for what is out of scope, EventOver, SlotRefused with the rule unless forced, SlotTaken, BadInput.
    """
    if move.ends_at <= move.starts_at:
        raise BadInput("A meeting ends after it starts.")
    event, sellers = await _locked(tx, by, event_id, move.seller_id)
    if event.status not in {"held", "confirmed"}:
        raise EventOver("It was cancelled or is over.")
    seller = sellers[move.seller_id or event.seller_id]
    if seller.id != event.seller_id and not seller.active:
        raise NotFound
    if isinstance(by, OfLead) and not seller.active:
        raise SlotRefused("The seller takes no meetings now.", extra={"rule": "seller_unavailable"})
    if event.kind == "meeting" and (not move.force or isinstance(by, OfLead)):
        await _demand_free(tx, event, seller, move, now)
    try:
        async with tx.savepoint():
            await repository.move_event(tx, event_id, seller.id, move.starts_at, move.ends_at)
    except (ConstraintViolated, Collided) as error:
        raise slot_taken(error) from error
    return await _announced(tx, event, sellers)


async def cancel_event(tx: TenantTransaction, by: Changer, event_id: int) -> AgendaEvent:
    """Cancel an event; once more changes nothing. Raises NotFound out of scope, EventOver where it has taken place."""
    event, sellers = await _locked(tx, by, event_id, None)
    if event.status == "cancelled":
        return event
    if event.status not in {"held", "confirmed"}:
        raise EventOver("It is over.")
    await repository.cancel_event(tx, event_id)
    return await _announced(tx, event, sellers)


async def restore_event(tx: TenantTransaction, principal: Principal, event_id: int) -> AgendaEvent:
    """Undo a cancellation: the event is confirmed again; once more changes nothing. Call it first.

    Only another meeting stands against it: the rules let it be there before, or somebody had overruled them.
    Raises NotFound out of scope, EventOver where it has taken place, SlotTaken where its time was given away since.
    """
    event, sellers = await _locked(tx, principal, event_id, None)
    if event.status == "confirmed":
        return event
    if event.status != "cancelled":
        raise EventOver("It is over.")
    try:
        async with tx.savepoint():
            await repository.restore_event(tx, event_id)
    except (ConstraintViolated, Collided) as error:
        raise slot_taken(error) from error
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


async def _demand_free(tx: TenantTransaction, event: AgendaEvent, seller: Seller, move: Move, now: datetime) -> None:
    """Judge the time as a booking would, as if the event itself were not there."""
    settings = await repository.meeting_settings(tx)
    calendars = await load_calendars(tx, settings, [seller], move.starts_at, move.ends_at)
    if not calendars.readable:
        raise SlotRefused("Nobody knows when the seller is free.", extra={"rule": "seller_unavailable"})
    calendar = calendars.readable[0]
    if seller.id == event.seller_id:
        calendar = without_event(calendar, event)
    minutes = max(1, (move.ends_at - move.starts_at) // timedelta(minutes=1))
    answer = explain_instant(rules_of(settings, minutes), calendar, move.starts_at, now)
    if isinstance(answer, NotFree):
        raise SlotRefused(answer.detail, extra={"rule": answer.rule})


def without_event(calendar: SellerCalendar, event: AgendaEvent) -> SellerCalendar:
    """The calendar as if the event were not there: a meeting is not in its own way."""
    busy = tuple(one for one in calendar.busy if (one.start, one.end) != (event.starts_at, event.ends_at))
    day = wall_clock(calendar.zone, event.starts_at).date()
    counted = dict(calendar.counted_meetings)
    if counted.get(day):
        counted[day] -= 1
    return replace(calendar, busy=busy, counted_meetings=counted)


async def _announced(tx: TenantTransaction, before: AgendaEvent, sellers: dict[int, Seller]) -> AgendaEvent:
    after = await read_event(tx, before.id)
    await announce_event_change(tx, after, [seller.user_id for seller in sellers.values()])
    return after
