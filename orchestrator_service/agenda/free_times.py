"""When one seller is free on a day, and why a time is not (PRODUCT §11.1), for somebody of the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from core.database import Database, TenantTransaction
from core.errors import Conflict, NotFound
from core.principal import Principal, UserId
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.availability import explain_instant, free_slots
from orchestrator_service.agenda.availability_facts import Free, NotFree, Slot
from orchestrator_service.agenda.calendars import load_calendars, rules_of
from orchestrator_service.agenda.live import Live, ask_live
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.sellers.calendar import bookable_seller

_LONGEST: Final = timedelta(hours=8)  # of a meeting


class SellerUnavailable(Conflict):
    """The seller's stored zone or hours cannot be read: nobody knows when they are free."""

    code = "seller_unavailable"
    title = "Seller Unavailable"


@dataclass(frozen=True, slots=True)
class Asked:
    """A day of the seller's calendar; `minutes` None: the company's own length; `explain`: an instant (aware UTC)."""

    seller_id: int
    day: date
    minutes: int | None = None
    explain: datetime | None = None


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """The answer; `explained` is there where an instant was asked about. `zone` is the seller's.

    Not `confirmed`: Google did not answer, so nothing is free for certain.
    """

    seller_id: int
    zone: str
    minutes: int
    slots: tuple[Slot, ...]
    explained: Free | NotFree | None
    confirmed: bool = True


async def free_times(
    database: Database, google: GoogleDoor, principal: Principal, asked: Asked, *, now: datetime
) -> FreeTimes:
    """Every free slot of the day, Google asked between two transactions.

    Raises NotFound for a seller out of scope or inactive, SellerUnavailable.
    """
    async with database.tenant(principal.tenant_id) as tx:
        seller = await bookable_seller(tx, asked.seller_id)
    of_seller = UserId(seller.user_id) if seller and seller.user_id is not None else None
    if seller is None or not visible(principal, Permission.AGENDA_READ, of_seller):
        raise NotFound
    try:
        zone = parse_zone(seller.zone)
    except UnknownZoneError as error:
        raise SellerUnavailable("Nobody knows when the seller is free.") from error
    start = datetime.combine(asked.day, time(), zone).astimezone(UTC)
    end = datetime.combine(asked.day + timedelta(days=1), time(), zone).astimezone(UTC)
    first, last = min(start, asked.explain or start), max(end, asked.explain or end)
    live = await _ask(database, google, principal, seller.id, (start, end), asked)
    async with database.tenant(principal.tenant_id) as tx:
        settings = await repository.meeting_settings(tx)
        loaded = await load_calendars(tx, settings, [seller], first, last, now=now)
        minutes = asked.minutes or settings.meeting_minutes
        until = await _offered_until(tx, asked, minutes, now)
    if not loaded.readable:
        raise SellerUnavailable("Nobody knows when the seller is free.")
    rules, seen = rules_of(settings, minutes), live.over(loaded, [seller])
    if not seen.readable:
        explained = (
            _unconfirmed(explain_instant(rules, loaded.readable[0], asked.explain, now)) if asked.explain else None
        )
        return FreeTimes(seller.id, seller.zone, minutes, (), explained, confirmed=False)
    slots = free_slots(rules, seen.readable[0], start, end, now)
    explained = explain_instant(rules, seen.readable[0], asked.explain, now) if asked.explain else None
    if until is not None and isinstance(explained, NotFree) and explained.rule == "busy":
        clock = until.astimezone(zone)
        explained = NotFree("held", f"the time is kept until {clock:%H:%M} for a customer who was offered it")
    return FreeTimes(seller.id, seller.zone, minutes, slots, explained)


async def _offered_until(tx: TenantTransaction, asked: Asked, minutes: int, now: datetime) -> datetime | None:
    if asked.explain is None:
        return None
    ends_at = asked.explain + timedelta(minutes=minutes)
    return await repository.offered_until(tx, asked.seller_id, asked.explain, ends_at, now=now)


async def _ask(  # noqa: PLR0917 - one caller
    database: Database,
    google: GoogleDoor,
    principal: Principal,
    seller_id: int,
    day: tuple[datetime, datetime],
    asked: Asked,
) -> Live:
    """The day, and the instant in question where it is of another day; not all the days between."""
    tenant_id = principal.tenant_id
    live = await ask_live(database, google, tenant_id, [seller_id], *day)
    if asked.explain is None or day[0] <= asked.explain < day[1]:
        return live
    instant = await ask_live(database, google, tenant_id, [seller_id], asked.explain, asked.explain + _LONGEST)
    return live.with_more(instant, seller_id)


def _unconfirmed(answer: Free | NotFree) -> NotFree:
    """A rule of ours that is against it holds whatever Google would say."""
    unknown = NotFree("unconfirmed", "the seller's Google calendar did not answer, so nobody knows")
    return unknown if isinstance(answer, Free) else answer
