"""What Google says of sellers at this moment, laid over what the database knows (PRODUCT §11.2).

Asked outside of any transaction, used inside one. A seller of whom Google was not asked, or did not answer, is
unknown: never free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from core.database import Database
from core.google.outcomes import CannotConfirm
from orchestrator_service.agenda.availability_facts import Busy, SellerCalendar
from orchestrator_service.agenda.calendars import Calendars
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.live_calendars import live_busy
from orchestrator_service.google_calendar.models import LiveBusy, NotConnected
from orchestrator_service.sellers.models import Seller

# No buffer is wider: what lies further off cannot be in a meeting's way.
REACH: Final = timedelta(hours=4)
GOOGLE_LABEL: Final = "another event"
_NOT_ASKED: Final = CannotConfirm("refused", "not asked")

Known: TypeAlias = LiveBusy | CannotConfirm | NotConnected


@dataclass(frozen=True, slots=True)
class Live:
    """An answer for each seller who was asked about; `everyone` stands in where there is none."""

    known: Mapping[int, Known] = field(default_factory=dict[int, Known])
    everyone: Known = _NOT_ASKED

    def of(self, seller_id: int) -> Known:
        """What is known of a seller."""
        return self.known.get(seller_id, self.everyone)

    def with_more(self, other: Live, seller_id: int) -> Live:
        """Both answers about one seller together; where one of them is unknown, so is the whole."""
        mine, theirs = self.of(seller_id), other.of(seller_id)
        if isinstance(mine, LiveBusy) and isinstance(theirs, LiveBusy):
            return Live({seller_id: LiveBusy((*mine.times, *theirs.times))})
        return Live({seller_id: theirs if isinstance(theirs, CannotConfirm) else mine})

    def over(self, calendars: Calendars, sellers: Sequence[Seller]) -> Calendars:
        """The calendars with Google's events in them; of whom Google tells nothing, nobody knows when they are free."""
        readable = [_over(one, self.of(one.seller_id)) for one in calendars.readable]
        unknown = {one.seller_id for one, seen in zip(calendars.readable, readable, strict=True) if seen is None}
        unreadable = (*calendars.unreadable, *(one for one in sellers if one.id in unknown))
        return Calendars(tuple(one for one in readable if one is not None), unreadable)


# For callers that overrule Google, and for companies of which no seller has connected a calendar.
DATABASE_ALONE: Final = Live(everyone=NotConnected())


async def ask_live(  # noqa: PLR0917 - as live_busy
    database: Database,
    google: GoogleDoor,
    tenant_id: int,
    seller_ids: Sequence[int],
    start: datetime,
    end: datetime,
) -> Live:
    """Ask Google of everything that can be in the way of a meeting between two instants. Never inside a transaction."""
    if not seller_ids:
        return Live()
    return Live(dict(await live_busy(database, google, tenant_id, seller_ids, start - REACH, end + REACH)))


def _over(calendar: SellerCalendar, known: Known) -> SellerCalendar | None:
    match known:
        case NotConnected():
            return calendar
        case LiveBusy(times):
            taken = (Busy(one.starts_at, one.ends_at, "google", GOOGLE_LABEL) for one in times)
            return replace(calendar, busy=(*calendar.busy, *taken))
        case CannotConfirm():
            return None
