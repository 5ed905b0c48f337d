"""`/crm/reports` (PRODUCT §12.6, §15)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query

from core.database import TenantTransaction
from core.model_route import ModelRoute
from core.paging import Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.reports import repository
from orchestrator_service.reports.list_rows import list_rows
from orchestrator_service.reports.period import Period, period_of
from orchestrator_service.reports.read import read_report
from orchestrator_service.reports.schemas import PeriodQuery, ReadinessView, ReportView, RowsQuery, RowView

router = APIRouter(prefix="/crm/reports", tags=["reports"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.REPORTS_READ))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.reports"))]


@router.get("", dependencies=_LIMITED)
@audit_access("reports.read", subject="reports")
async def get_report(database: Db, door: Door, principal: Reader, asked: Annotated[PeriodQuery, Query()]) -> ReportView:
    """A period in figures, with the one before; 422 `bad_period` for more than 366 days or none."""
    async with database.tenant(principal.tenant_id) as tx:
        period = await _period(tx, asked.first, asked.last, door.clock())
        return ReportView.of(await read_report(tx, period))


@router.get("/rows", dependencies=_LIMITED)
@audit_access("reports.rows", subject="reports")
async def get_rows(database: Db, door: Door, principal: Reader, asked: Annotated[RowsQuery, Query()]) -> Page[RowView]:
    """What a figure counts, row by row, newest first: as many rows as the figure says."""
    before = id_before(asked.cursor)
    async with database.tenant(principal.tenant_id) as tx:
        period = await _period(tx, asked.first, asked.last, door.clock())
        rows = await list_rows(tx, asked.figure, period, asked.part(), before_id=before, most=asked.limit + 1)
    return page(rows, asked.limit, show=RowView.of, cursor=lambda row: id_cursor(row.id))


@router.get("/readiness", dependencies=_LIMITED)
@audit_access("reports.readiness", subject="reports")
async def get_readiness(database: Db, principal: Reader) -> ReadinessView:
    """What is done of going live."""
    async with database.tenant(principal.tenant_id) as tx:
        return ReadinessView.of(await repository.readiness(tx))


async def _period(tx: TenantTransaction, first: date | None, last: date | None, now: datetime) -> Period:
    return period_of(first, last, zone=ZoneInfo(await repository.company_zone(tx)), now=now)
