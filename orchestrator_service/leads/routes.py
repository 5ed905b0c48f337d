"""`/crm/leads`, and the board's figures under `/crm/pipeline` (PRODUCT §12.1, §12.2, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request
from starlette.responses import Response

from core.model_route import ModelRoute
from core.paging import LARGEST_ID, Page, encoded_page, id_before, id_cursor
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.leads.edit import create_lead, edit_lead, list_leads, read_lead, summarise_leads
from orchestrator_service.leads.remove import delete_lead, restore_lead
from orchestrator_service.leads.retire_stage import retire_stage
from orchestrator_service.leads.schemas import (
    LeadBody,
    LeadFilters,
    LeadView,
    ListQuery,
    NewLeadBody,
    PipelineSummaryView,
)
from orchestrator_service.pipeline.schemas import StagesView

router = APIRouter(prefix="/crm/leads", tags=["leads"], route_class=ModelRoute)
board_router = APIRouter(prefix="/crm/pipeline", tags=["pipeline"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
BoardReader = Annotated[Principal, Depends(permit(Permission.PIPELINE_READ))]
BoardWriter = Annotated[Principal, Depends(permit(Permission.PIPELINE_WRITE))]
Writer = Annotated[Principal, Depends(permit(Permission.LEADS_WRITE))]

_DELETING = [Depends(rate_limit("60/minute", scope="crm.leads.delete"))]


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="crm.leads"))], response_model=Page[LeadView])
@audit_access("leads.list", subject="leads")
async def get_leads(database: Db, principal: Reader, wanted: Annotated[ListQuery, Query()]) -> Response:
    """The leads of the caller's scope, newest first.

    `q` searches names, companies, e-mails, numbers, needs, notes, tags and the company's fields; where nothing holds
    it, what comes near is listed.
    """
    before = id_before(wanted.cursor)
    async with database.tenant(principal.tenant_id) as tx:
        leads = await list_leads(tx, principal, wanted.wanted(), before_id=before, most=wanted.limit + 1)
    return encoded_page(leads, wanted.limit, cursor=lambda lead: id_cursor(lead.id))


@router.post("", status_code=status.HTTP_201_CREATED)
@audit_access("leads.create", subject="lead")
async def post_lead(request: Request, body: NewLeadBody, database: Db, principal: Writer) -> LeadView:
    """Create a lead; 409 `duplicate_phone` names the one that has the number already.

    409 `lost_reason_wanted`; 422 `unknown_lost_reason`, with the company's `reasons`.
    """
    async with database.tenant(principal.tenant_id) as tx:
        lead = await create_lead(tx, principal, body.fields(), other_reason=body.lost_reason_other)
    name_subject(request, f"lead:{lead.id}")
    return LeadView.of(lead)


@router.get("/{lead_id}")
@audit_access("leads.read", subject="lead")
async def get_lead(lead_id: int, database: Db, principal: Reader) -> LeadView:
    """One lead; 410 `lead_merged` names the `lead_id` of the one that it was merged into."""
    async with database.tenant(principal.tenant_id) as tx:
        return LeadView.of(await read_lead(tx, principal, lead_id))


@router.patch("/{lead_id}")
@audit_access("leads.edit", subject="lead")
async def patch_lead(lead_id: int, body: LeadBody, database: Db, principal: Writer) -> LeadView:
    """Edit a lead; 409 `stage_move_closed`, `lost_reason_wanted`; 422 `unknown_lost_reason`, with the `reasons`."""
    async with database.tenant(principal.tenant_id) as tx:
        lead = await edit_lead(tx, principal, lead_id, body.given(), body.custom, other_reason=body.lost_reason_other)
    return LeadView.of(lead)


@router.delete("/{lead_id}", dependencies=_DELETING)
@audit_access("leads.delete", subject="lead")
async def delete_one(lead_id: int, database: Db, principal: Writer) -> LeadView:
    """Delete a lead softly: out of every list, to be restored by whoever may write it."""
    async with database.tenant(principal.tenant_id) as tx:
        return LeadView.of(await delete_lead(tx, principal, lead_id))


@router.post("/{lead_id}/restore", dependencies=_DELETING)
@audit_access("leads.restore", subject="lead")
async def post_restore(lead_id: int, database: Db, principal: Writer) -> LeadView:
    """Bring a deleted lead back; 409 `duplicate_phone` where another lead has its number by now."""
    async with database.tenant(principal.tenant_id) as tx:
        return LeadView.of(await restore_lead(tx, principal, lead_id))


@board_router.get("/summary", dependencies=[Depends(rate_limit("100/minute", scope="crm.summary"))])
@audit_access("pipeline.summary", subject="pipeline")
async def get_summary(
    database: Db, principal: BoardReader, wanted: Annotated[LeadFilters, Query()]
) -> PipelineSummaryView:
    """How many leads of the caller's scope stand in each stage, and what they are worth in each currency."""
    async with database.tenant(principal.tenant_id) as tx:
        return PipelineSummaryView.of(await summarise_leads(tx, principal, wanted.wanted()))


@board_router.delete("/stages/{stage_id}", dependencies=[Depends(rate_limit("60/minute", scope="crm.pipeline.write"))])
@audit_access("pipeline.remove_stage", subject="pipeline")
async def delete_stage(
    stage_id: int, move_to: Annotated[int, Query(ge=1, le=LARGEST_ID)], database: Db, principal: BoardWriter
) -> StagesView:
    """Take a stage away; its leads go to `move_to`. 409 `stage_needed`, `stage_other_kind`."""
    async with database.tenant(principal.tenant_id) as tx:
        return StagesView.of(await retire_stage(tx, principal, stage_id, move_to=move_to))
