"""`/crm/leads/bulk` (PRODUCT §12.1)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.bulk.edit import edit_many
from orchestrator_service.bulk.schemas import BulkBody, BulkUndoneView, BulkView
from orchestrator_service.bulk.undo import undo_bulk

router = APIRouter(prefix="/crm/leads/bulk", tags=["leads"], route_class=ModelRoute)

Writer = Annotated[Principal, Depends(permit(Permission.LEADS_WRITE))]


@router.post("", dependencies=[Depends(rate_limit("30/minute", scope="crm.leads.bulk"))])
@audit_access("leads.bulk", subject="leads")
async def post_bulk(request: Request, body: BulkBody, database: Db, principal: Writer) -> BulkView:
    """Edit up to 200 leads, all or none; 404 where one is missing or out of scope. `bulk_id` undoes it."""
    name_subject(request, f"leads:{len(body.lead_ids)}")
    async with database.tenant(principal.tenant_id) as tx:
        return BulkView.of(await edit_many(tx, principal, body.lead_ids, body.edit()))


@router.post("/{bulk_id}/undo", dependencies=[Depends(rate_limit("30/minute", scope="crm.leads.bulk"))])
@audit_access("leads.bulk_undo", subject="leads")
async def post_undo(bulk_id: UUID, database: Db, principal: Writer) -> BulkUndoneView:
    """Make each lead what it was before one's own edit; what somebody changed since stays. 409 `already_undone`."""
    async with database.tenant(principal.tenant_id) as tx:
        return BulkUndoneView.of(await undo_bulk(tx, principal, bulk_id))
