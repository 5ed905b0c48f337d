"""`/crm/leads`, and the board's figures under `/crm/pipeline` (PRODUCT §12.1, §12.2, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import LARGEST_ID, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.leads.edit import create_lead, edit_lead, edit_many, list_leads, read_lead, summarise_leads
from orchestrator_service.leads.retire_stage import retire_stage
from orchestrator_service.leads.schemas import (
    BulkBody,
    LeadBody,
    LeadFilters,
    LeadsView,
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


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="crm.leads"))])
@audit_access("leads.list", subject="leads")
async def get_leads(database: Db, principal: Reader, wanted: Annotated[ListQuery, Query()]) -> Page[LeadView]:
    """The leads of the caller's scope, newest first. `q` is part of a name, company, e-mail or phone number."""
    before = id_before(wanted.cursor)
    async with database.tenant(principal.tenant_id) as tx:
        leads = await list_leads(tx, principal, wanted.wanted(), before_id=before, most=wanted.limit + 1)
    return page(leads, wanted.limit, show=LeadView.of, cursor=lambda lead: id_cursor(lead.id))


@router.post("/bulk", dependencies=[Depends(rate_limit("30/minute", scope="crm.leads.bulk"))])
@audit_access("leads.bulk", subject="leads")
async def post_bulk(request: Request, body: BulkBody, database: Db, principal: Writer) -> LeadsView:
    """Set the stage or the owner of up to 200 leads, all or none; 404 where one is missing or out of scope."""
    name_subject(request, f"leads:{len(body.lead_ids)}")
    async with database.tenant(principal.tenant_id) as tx:
        leads = await edit_many(tx, principal, body.lead_ids, body.changes())
    return LeadsView(items=[LeadView.of(lead) for lead in leads])


@router.post("", status_code=status.HTTP_201_CREATED)
@audit_access("leads.create", subject="lead")
async def post_lead(request: Request, body: NewLeadBody, database: Db, principal: Writer) -> LeadView:
    """Create a lead; 409 `duplicate_phone` names the one that has the number already."""
    async with database.tenant(principal.tenant_id) as tx:
        lead = await create_lead(tx, principal, body.fields())
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
    """Edit a lead; 409 `stage_move_closed`, `lost_reason_wanted`."""
    async with database.tenant(principal.tenant_id) as tx:
        return LeadView.of(await edit_lead(tx, principal, lead_id, body.given()))


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
