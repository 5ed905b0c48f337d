"""NEW_LEAD and LEAD_UPDATED: after every mutation of a lead or of what hangs on it (seed §6, PRODUCT §13)."""

from __future__ import annotations

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.leads.repository import Lead, find_lead
from orchestrator_service.leads.schemas import LeadView


def as_event(lead: Lead) -> JsonObject:
    """The lead as `GET /crm/leads` shows it: a list in the web app takes it in without asking again."""
    return LeadView.of(lead).model_dump(mode="json")


async def announce_new_lead(tx: TenantTransaction, lead_id: int) -> None:
    """Tell of a lead that the transaction made."""
    lead = await find_lead(tx, lead_id)
    if lead is not None:
        await announce_lead(tx, lead)


async def announce_lead(tx: TenantTransaction, lead: Lead) -> None:
    """The same, of a lead as the transaction has just written it."""
    await emit(tx, "NEW_LEAD", {"lead": as_event(lead)}, owner_user_id=lead.owner_user_id)


async def announce_lead_change(tx: TenantTransaction, lead_id: int | None, *changed: str, binned: bool = False) -> None:
    """Tell what changed on a lead: its columns, or `messages`, `meetings`, `tasks`, `sales` that hang on it.

    Of a deleted lead nothing is told, unless `binned`: it has just been deleted, and lists drop it.
    """
    lead = await find_lead(tx, lead_id, binned=binned) if lead_id is not None else None
    if lead is not None:
        payload: JsonObject = {"lead": as_event(lead), "changed": list(changed)}
        await emit(tx, "LEAD_UPDATED", payload, owner_user_id=lead.owner_user_id)


async def announce_lead_gone(tx: TenantTransaction, lead_id: int, *, was: int | None, owner: int | None) -> None:
    """Tell those who saw a lead by its former owner, and do not by the new one, that it is out of their scope."""
    gone: JsonObject = {"id": lead_id, "visible": False, "owner_user_id": owner}
    await emit(tx, "LEAD_UPDATED", gone, owner_user_id=was, audience="left")
