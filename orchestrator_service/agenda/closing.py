"""Reading and writing days off: a seller's own, and the company's word on a day (PRODUCT §11.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.database import TenantTransaction
from core.errors import BadInput, NotFound
from core.json_types import JsonObject
from core.principal import Principal
from core.resilience import optional
from core.statements import sibling_statements
from core.system_events import record_event
from orchestrator_service.agenda.days_off import DayOff, days_off
from orchestrator_service.agenda.public_holidays import public_holidays
from orchestrator_service.agenda.repository import MeetingSettings, meeting_settings
from orchestrator_service.sellers.change import announce_sellers, lock_profile

SQL = sibling_statements(__file__)
LONGEST = timedelta(days=366)


class BadDays(BadInput):
    """Days that end before they begin, or that are longer than a year."""

    code = "bad_days"


@dataclass(frozen=True, slots=True)
class Closures:
    """All that closes days between two dates: the public holidays by name, and everybody's words on days."""

    first: date
    last: date
    public: dict[date, str]
    words: tuple[DayOff, ...]

    def of_seller(self, seller_id: int) -> frozenset[date]:
        """The days between the dates on which the seller does not work."""
        return days_off(self.public, self.words, seller_id, self.first, self.last)


@dataclass(frozen=True, slots=True)
class CompanyDay:
    """A day as the company has it; `public` is in the calendar of public holidays."""

    day: date
    name: str
    public: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class CompanyYear:
    """A year of them, and whose calendar it is (ISO 3166 and a region of it)."""

    country: str | None
    region: str | None
    days: tuple[CompanyDay, ...]


async def read_closures(
    tx: TenantTransaction, settings: MeetingSettings, first: date, last: date, language: str | None = None
) -> Closures:
    """What closes days from `first` to `last`, both included, named in a language (es, en, pt)."""

    async def query() -> list[DayOff]:
        return await tx.all(SQL["days_off"], DayOff, first=first, last=last)

    words = tuple(await optional(tx, query, missing=[]))
    years = range(first.year, last.year + 1)
    public = await public_holidays(settings.holiday_country, settings.holiday_region, years, language)
    return Closures(first, last, public, words)


async def days_off_of_seller(tx: TenantTransaction, seller_id: int, first: date) -> list[DayOff]:
    """What the seller said of days that are not over at `first`, by day."""
    return await tx.all(SQL["days_off_of_seller"], DayOff, seller_id=seller_id, first=first)


async def add_day_off(tx: TenantTransaction, principal: Principal, seller_id: int, new: DayOff) -> int:
    """Close days of a seller, or open them; `new.id` is not looked at. Raises NotFound out of scope, BadDays."""
    if not timedelta(0) <= new.last_day - new.first_day <= LONGEST:
        raise BadDays("the last day is not before the first, nor more than a year after it")
    await lock_profile(tx, principal, seller_id)
    days = {"first_day": new.first_day, "last_day": new.last_day, "works": new.works}
    added = await tx.value(SQL["add_day_off"], int, seller_id=seller_id, note=new.note, **days)
    assert added is not None, "an insert answers its row"
    subject = f"seller:{seller_id}"
    await record_event(tx, "sellers.days_off_added", user_id=principal.user_id, subject=subject, detail=_dates(new))
    await announce_sellers(tx)
    return added


async def drop_day_off(tx: TenantTransaction, principal: Principal, seller_id: int, day_off_id: int) -> None:
    """Take back what was said of days. Raises NotFound, out of scope too."""
    await lock_profile(tx, principal, seller_id)
    known = await days_off_of_seller(tx, seller_id, date.min)
    dropped = next((one for one in known if one.id == day_off_id), None)
    if dropped is None:
        raise NotFound
    await tx.run(SQL["drop_day_off"], seller_id=seller_id, day_off_id=day_off_id)
    subject = f"seller:{seller_id}"
    await record_event(
        tx, "sellers.days_off_dropped", user_id=principal.user_id, subject=subject, detail=_dates(dropped)
    )
    await announce_sellers(tx)


async def company_year(tx: TenantTransaction, year: int, language: str) -> CompanyYear:
    """The days of a year of which the calendar or the company says something, in order."""
    settings = await meeting_settings(tx)
    closures = await read_closures(tx, settings, date(year, 1, 1), date(year, 12, 31), language)
    own = {word.first_day: word for word in closures.words if word.seller_id is None}
    days: list[CompanyDay] = []
    for day in sorted({*closures.public, *own}):
        word = own.get(day)
        name = closures.public.get(day) or (word.note if word else "")
        days.append(CompanyDay(day, name, day in closures.public, word is None or not word.works))
    return CompanyYear(settings.holiday_country, settings.holiday_region, tuple(days))


async def set_company_days(
    tx: TenantTransaction, principal: Principal, first: date, last: date, *, closed: bool, note: str
) -> None:
    """Close or open days, both included, for the whole company. Raises BadDays.

    What the calendar of public holidays says of a day anyway needs no word and leaves none.
    """
    if not timedelta(0) <= last - first <= LONGEST:
        raise BadDays("the last day is not before the first, nor more than a year after it")
    settings = await meeting_settings(tx)
    years = range(first.year, last.year + 1)
    public = await public_holidays(settings.holiday_country, settings.holiday_region, years)
    days = [first + timedelta(days=after) for after in range((last - first).days + 1)]
    await tx.run(SQL["clear_company_days"], days=[day for day in days if closed == (day in public)])
    spoken = [day for day in days if closed != (day in public)]
    await tx.run(SQL["set_company_days"], days=spoken, works=not closed, note=note)
    detail: JsonObject = {"day": first.isoformat(), "closed": closed}
    await record_event(
        tx,
        "settings.holiday_changed",
        user_id=principal.user_id,
        subject="settings:holidays",
        detail=detail if last == first else {**detail, "last_day": last.isoformat()},
    )
    await announce_sellers(tx)


def _dates(days: DayOff) -> JsonObject:
    return {"first_day": days.first_day.isoformat(), "last_day": days.last_day.isoformat(), "works": days.works}
