"""Deleting leads softly, and bringing them back (PRODUCT §12.1).

A deleted lead is in no list, count, board, booking, broadcast or tool; its number is free. Whoever may write it sees it
among the deleted ones and brings it back, unless another lead has its number by now.
"""

from __future__ import annotations

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.outbox import emit
from core.phone import match_key
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import PHONE_KEY, DuplicatePhone, duplicate, seen
from orchestrator_service.leads.repository import Lead

_FIELD = "deleted_at"


async def delete_lead(tx: TenantTransaction, principal: Principal, lead_id: int) -> Lead:
    """Delete a lead of the caller's scope; one that is deleted is answered as it is. Raises NotFound."""
    lead = seen(principal, await repository.lock_lead(tx, lead_id, binned=True), Permission.LEADS_WRITE)
    if lead.deleted_at is not None:
        return lead
    await repository.bin_lead(tx, lead_id)
    await repository.record_change(tx, lead_id, _FIELD, was=None, became="deleted", user_id=principal.user_id)
    await announce_lead_change(tx, lead_id, _FIELD, binned=True)
    gone = await repository.find_lead(tx, lead_id, binned=True)
    assert gone is not None, "it is locked"
    return gone


async def restore_lead(tx: TenantTransaction, principal: Principal, lead_id: int) -> Lead:
    """Bring a lead back as it was; one that is not deleted is answered as it is.

    Raises NotFound; DuplicatePhone where another lead has its number by now.
    """
    lead = seen(principal, await repository.lock_lead(tx, lead_id, binned=True), Permission.LEADS_WRITE)
    if lead.deleted_at is None:
        return lead
    key = match_key(lead.phone) if lead.phone else None
    if key is not None and await repository.find_by_match_key(tx, key) is not None:
        raise await duplicate(tx, principal, key)
    await bring_back(tx, lead_id, by=principal.user_id)
    back = await repository.find_lead(tx, lead_id)
    assert back is not None, "it is locked"
    return back


async def bring_back(tx: TenantTransaction, lead_id: int, *, by: int | None) -> None:
    """Undo the deletion of a locked lead, and tell; `by` None: its person wrote again. Raises DuplicatePhone."""
    try:
        async with tx.savepoint():
            await repository.unbin_lead(tx, lead_id)
    except ConstraintViolated as error:
        if error.constraint == PHONE_KEY:
            raise DuplicatePhone("that number is a lead already") from error
        raise
    await repository.record_change(tx, lead_id, _FIELD, was="deleted", became=None, user_id=by)
    await announce_lead_change(tx, lead_id, _FIELD)
    lead = await repository.find_lead(tx, lead_id)
    for talk in await repository.talks_of_lead(tx, lead_id):  # hidden with the lead, they come back with it
        await emit(tx, "CONVERSATION_UPDATED", {"id": talk}, owner_user_id=lead.owner_user_id if lead else None)
