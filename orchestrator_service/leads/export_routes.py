"""`GET /crm/leads/export.csv`; entered before the routes of single leads, whose id its name would be taken for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.leads.export import Language, leads_csv
from orchestrator_service.leads.schemas import LeadFilters

router = APIRouter(prefix="/crm/leads", tags=["leads"])

Exporter = Annotated[Principal, Depends(permit(Permission.EXPORTS))]


class ExportQuery(LeadFilters):
    """Which leads are wanted, and in which language their columns are named."""

    language: Language = "es"


@router.get(
    "/export.csv",
    dependencies=[Depends(rate_limit("6/minute", scope="crm.leads.export"))],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@audit_access("leads.export", subject="leads")
async def get_leads_csv(
    database: Db, principal: Exporter, wanted: Annotated[ExportQuery, Query()]
) -> StreamingResponse:
    """The leads that the list shows under the same filters, as a file for spreadsheets. Formulas are disarmed."""
    headers = {"Content-Disposition": 'attachment; filename="leads.csv"'}
    rows = leads_csv(database, principal, wanted.wanted(), wanted.language)
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)
