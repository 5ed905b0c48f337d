"""Tell those whom it concerns, at the commit of the fact: a row each, and NOTIFICATION in their own room alone."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from core.contracts import Notified
from core.database import TenantTransaction
from core.jobs import defer
from core.json_types import JsonObject
from core.outbox import emit
from core.principal import Principal, TenantId, UserId
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.notifications import repository
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.recipients import DIRECTED, directed, recipients
from orchestrator_service.notifications.repository import LeadOfNotice, Stored, Worker


async def notify(
    tx: TenantTransaction, notice: Notice, *, owners: Collection[int | None] = (), caused_by: int | None = None
) -> None:
    """Notify the owners of the record; the lead's owner is one, unless it is said to some by name.

    `caused_by` is told nothing.
    Call it last: its rows are locked after all others. Where the module's table is missing, nobody is told and the fact
    stands (PRODUCT §2.5).
    """
    await optional(tx, lambda: _notify(tx, notice, owners, caused_by), missing=None)


async def _notify(tx: TenantTransaction, notice: Notice, owners: Collection[int | None], caused_by: int | None) -> None:
    lead = await repository.lead_of_notice(tx, notice.lead_id) if notice.lead_id is not None else None
    owner = lead.owner_user_id if lead else None
    known = {each for each in owners if each is not None}
    team = await repository.active_users(tx)
    if notice.kind in DIRECTED:
        told = directed(notice.kind, team, known, owner, tenant_id=tx.tenant_id, caused_by=caused_by)
    else:
        known |= {owner} if owner is not None else set()
        told = recipients(notice.kind, team, known, tenant_id=tx.tenant_id, caused_by=caused_by)
    if not told:
        return
    roles = {worker.id: worker for worker in team}
    kept = await repository.store_notices(tx, notice, told)
    for stored in kept:
        name = _name_for(roles[stored.user_id], lead, tx.tenant_id)
        payload: JsonObject = {"notification": _as_event(notice, stored, name), "again": stored.again}
        await emit(tx, "NOTIFICATION", payload, owner_user_id=stored.user_id, audience="user")
    if await optional(tx, partial(repository.wants_alerts, tx, told), missing=False):
        await defer(tx, Notified(tx.tenant_id, tuple(stored.id for stored in kept)))


def _name_for(worker: Worker, lead: LeadOfNotice | None, tenant_id: int) -> str | None:
    """The lead's name, where this recipient may see the lead: a seller's meeting may be with a colleague's."""
    if lead is None:
        return None
    owner = UserId(lead.owner_user_id) if lead.owner_user_id is not None else None
    principal = Principal(TenantId(tenant_id), UserId(worker.id), worker.role)
    return lead.full_name if visible(principal, Permission.LEADS_READ, owner) else None


def _as_event(notice: Notice, stored: Stored, lead_name: str | None) -> JsonObject:
    return {
        "id": stored.id,
        "kind": notice.kind,
        "lead_id": notice.lead_id,
        "lead_name": lead_name,
        "conversation_id": notice.conversation_id,
        "event_id": notice.event_id,
        "data": notice.data.model_dump(mode="json"),
        "created_at": stored.created_at.isoformat(),
        "read_at": None,
    }
