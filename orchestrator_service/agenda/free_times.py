"""When one seller is free on a day, and why a time is not (PRODUCT §11.1), for somebody of the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.principal import Principal, UserId
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.availability import explain_instant, free_slots
from orchestrator_service.agenda.availability_facts import Free, NotFree, Slot
from orchestrator_service.agenda.calendars import load_calendars, rules_of
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.sellers.calendar import active_sellers


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
    """The answer; `explained` is there where an instant was asked about. `zone` is the seller's."""

    seller_id: int
    zone: str
    minutes: int
    slots: tuple[Slot, ...]
    explained: Free | NotFree | None


async def free_times(tx: TenantTransaction, principal: Principal, asked: Asked, *, now: datetime) -> FreeTimes:
    """Every free slot of the day. Raises NotFound for a seller out of scope or inactive, SellerUnavailable."""
    seller = next((one for one in await active_sellers(tx) if one.id == asked.seller_id), None)
    of_seller = UserId(seller.user_id) if seller and seller.user_id is not None else None
    if seller is None or not visible(principal, Permission.AGENDA_READ, of_seller):
        raise NotFound
    try:
        zone = parse_zone(seller.zone)
    except UnknownZoneError as error:
        raise SellerUnavailable("Nobody knows when the seller is free.") from error
    settings = await repository.meeting_settings(tx)
    start = datetime.combine(asked.day, time(), zone).astimezone(UTC)
    end = datetime.combine(asked.day + timedelta(days=1), time(), zone).astimezone(UTC)
    first, last = min(start, asked.explain or start), max(end, asked.explain or end)
    calendars = await load_calendars(tx, settings, [seller], first, last)
    if not calendars.readable:
        raise SellerUnavailable("Nobody knows when the seller is free.")
    minutes = asked.minutes or settings.meeting_minutes
    rules, calendar = rules_of(settings, minutes), calendars.readable[0]
    slots = free_slots(rules, calendar, start, end, now)
    explained = explain_instant(rules, calendar, asked.explain, now) if asked.explain else None
    return FreeTimes(seller.id, seller.zone, minutes, slots, explained)
