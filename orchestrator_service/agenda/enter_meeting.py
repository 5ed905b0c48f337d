"""A meeting that somebody of the team enters, within what the own role may book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from core.principal import Principal, UserId
from orchestrator_service.agenda.create_meeting import Entered, create_meeting
from orchestrator_service.agenda.live import Live
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.sellers.calendar import lock_seller


@dataclass(frozen=True, slots=True)
class EnteredMeeting:
    """What is wanted. Times are aware UTC; `ends_at` is excluded. `force` overrules Google, never another meeting."""

    seller_id: int
    starts_at: datetime
    ends_at: datetime
    lead_id: int | None
    title: str
    force: bool = False


async def enter_meeting(
    tx: TenantTransaction, principal: Principal, wanted: EnteredMeeting, *, now: datetime, live: Live
) -> Entered:
    """Store a meeting as `create_meeting`, which see.

    Raises NotFound for a seller whom, or a lead that, the caller may not book or see; SlotTaken; SlotRefused; BadInput.
    """
    seller = await lock_seller(tx, wanted.seller_id)  # before any other lock, as every booking
    of_seller = UserId(seller.user_id) if seller and seller.user_id is not None else None
    if seller is None or not visible(principal, Permission.AGENDA_BOOK, of_seller):
        raise NotFound
    if wanted.lead_id is not None:
        lead = await lock_lead(tx, wanted.lead_id)
        owner = UserId(lead.owner_user_id) if lead and lead.owner_user_id is not None else None
        if lead is None or not visible(principal, Permission.LEADS_READ, owner):
            raise NotFound
    return await create_meeting(
        tx,
        seller_id=wanted.seller_id,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        lead_id=wanted.lead_id,
        title=wanted.title,
        by=principal.user_id,
        now=now,
        live=live,
        force=wanted.force,
    )
