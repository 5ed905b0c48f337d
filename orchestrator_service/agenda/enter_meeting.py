"""A meeting that somebody of the team enters, within what the own role may book."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from core.principal import Principal, UserId
from orchestrator_service.agenda.create_meeting import Entered, EnteredMeeting, store_entered
from orchestrator_service.agenda.live import Live
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.sellers.calendar import lock_seller


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
    return await store_entered(tx, wanted, by=principal.user_id, live=live, now=now)
