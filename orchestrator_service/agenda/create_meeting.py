"""A meeting that a person of the team enters: any time they choose, as long as the seller is not booked then."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.principal import UserId
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.announce import announce_meeting
from orchestrator_service.agenda.booking import EXCLUSION, LONGEST_TITLE
from orchestrator_service.agenda.repository import NewMeeting
from orchestrator_service.leads.advance import MEETING_STAGE, advance_lead
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.sellers.calendar import lock_seller


class SlotTaken(Conflict):
    """The seller is booked at that time."""

    code: ClassVar[str] = "slot_taken"


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
    """Store a confirmed meeting and answer its id. Call it first in its transaction, as `book_offer`. Aware UTC.

    Raises NotFound for a seller or lead that is missing or inactive, BadInput where it does not end after it starts,
    SlotTaken (409) where the seller is booked.
    """
    if ends_at <= starts_at:
        raise BadInput("A meeting ends after it starts.")
    seller = await lock_seller(tx, seller_id)
    if seller is None or not seller.active:
        raise NotFound
    if lead_id is not None and await lock_lead(tx, lead_id) is None:
        raise NotFound
    new = NewMeeting(
        seller_id=seller_id,
        starts_at=starts_at,
        ends_at=ends_at,
        lead_id=lead_id,
        title=title.strip()[:LONGEST_TITLE],
        created_by=by,
    )
    try:
        async with tx.savepoint():
            meeting_id = await repository.store_meeting(tx, new)
    except (ConstraintViolated, Collided) as error:
        if isinstance(error, ConstraintViolated) and error.constraint != EXCLUSION:
            raise
        raise SlotTaken("The seller is booked at that time.") from error
    if lead_id is not None:
        await advance_lead(tx, lead_id, MEETING_STAGE)
    await announce_meeting(tx, meeting_id, new, seller)
    return meeting_id
