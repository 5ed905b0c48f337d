"""A meeting that a person of the team enters: any time they choose, as long as the seller is not booked then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.google.outcomes import CannotConfirm
from core.principal import UserId
from orchestrator_service.agenda import pending, repository
from orchestrator_service.agenda.announce import announce_meeting
from orchestrator_service.agenda.booking import LONGEST_TITLE
from orchestrator_service.agenda.live import DATABASE_ALONE, Known, Live
from orchestrator_service.agenda.repository import EXCLUSION, NewMeeting
from orchestrator_service.google_calendar.models import LiveBusy, NotConnected
from orchestrator_service.leads.advance import MEETING_STAGE, advance_lead
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.sellers.calendar import lock_seller

UNCONFIRMED: Final = "unconfirmed"


class SlotTaken(Conflict):
    """The seller is booked at that time."""

    code: ClassVar[str] = "slot_taken"


class SlotRefused(Conflict):
    """A rule is against that time; `extra.rule` names it. Forcing overrules all but another meeting."""

    code: ClassVar[str] = "slot_refused"
    title = "Slot Refused"


@dataclass(frozen=True, slots=True)
class EnteredMeeting:
    """What is wanted. Times are aware UTC; `ends_at` is excluded. `force` overrules Google, never another meeting."""

    seller_id: int
    starts_at: datetime
    ends_at: datetime
    lead_id: int | None
    title: str
    force: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """The meeting's id. `claim`: the time is only held, Google is to be told by it before the meeting counts."""

    id: int
    claim: UUID | None = None


async def create_meeting(
    tx: TenantTransaction,
    *,
    seller_id: int,
    starts_at: datetime,
    ends_at: datetime,
    lead_id: int | None,
    title: str,
    by: UserId,
) -> int:
    """Store a confirmed meeting of a seller without a Google calendar, and answer its id. Raises as `store_entered`."""
    wanted = EnteredMeeting(seller_id, starts_at, ends_at, lead_id, title)
    return (await store_entered(tx, wanted, by=by, live=DATABASE_ALONE)).id


async def store_entered(
    tx: TenantTransaction, wanted: EnteredMeeting, *, by: UserId, live: Live, now: datetime | None = None
) -> Entered:
    """Store a meeting. Call it first in its transaction, as `book_offer`.

    It is confirmed at once, or only held where `live` says that the seller has a Google calendar; forced, Google is
    told afterwards. Raises NotFound for a seller or lead that is missing or inactive, BadInput where it does not end
    after it starts, SlotTaken (409) where the seller is booked, SlotRefused where Google is against it.
    """
    if wanted.ends_at <= wanted.starts_at:
        raise BadInput("A meeting ends after it starts.")
    seller = await lock_seller(tx, wanted.seller_id)
    if seller is None or not seller.active:
        raise NotFound
    if wanted.lead_id is not None and await lock_lead(tx, wanted.lead_id) is None:
        raise NotFound
    known = live.of(seller.id)
    if not wanted.force:
        _demand_free(known, wanted.starts_at, wanted.ends_at)
    holds = isinstance(known, LiveBusy) and not wanted.force
    new = NewMeeting(
        seller_id=seller.id,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        lead_id=wanted.lead_id,
        title=wanted.title.strip()[:LONGEST_TITLE],
        created_by=by,
        status="held" if holds else "confirmed",
    )
    await pending.drop_expired_holds(tx, seller.id, now)
    try:
        async with tx.savepoint():
            meeting_id = await repository.store_meeting(tx, new)
    except (ConstraintViolated, Collided) as error:
        if isinstance(error, ConstraintViolated) and error.constraint != EXCLUSION:
            raise
        raise SlotTaken("The seller is booked at that time.") from error
    if holds and now is not None:
        return Entered(meeting_id, await pending.begin(tx, meeting_id, "book", now=now, at_once=True))
    if now is not None and not isinstance(known, NotConnected):
        await pending.begin(tx, meeting_id, "write", now=now)
    if wanted.lead_id is not None:
        await advance_lead(tx, wanted.lead_id, MEETING_STAGE)
    await announce_meeting(tx, meeting_id, new, seller)
    return Entered(meeting_id)


def _demand_free(known: Known, starts_at: datetime, ends_at: datetime) -> None:
    """A person may choose any time, but not unknowingly one that is taken in Google, or of which nobody knows."""
    if isinstance(known, CannotConfirm):
        raise SlotRefused("Nobody can confirm now that the seller is free.", extra={"rule": UNCONFIRMED})
    if isinstance(known, LiveBusy) and any(one.starts_at < ends_at and starts_at < one.ends_at for one in known.times):
        raise SlotRefused("The seller's Google calendar is busy then.", extra={"rule": "google_busy"})
