"""`/crm/sellers/{id}/performance` and `/targets` (PRODUCT §12.4): here, because they read what reports read."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from pydantic import Field

from core.database import TenantTransaction
from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.reports import repository
from orchestrator_service.reports.period import month_of
from orchestrator_service.reports.seller_schemas import PerformanceView, TargetsBody
from orchestrator_service.reports.targets import read_performance, set_targets
from orchestrator_service.sellers.reading import read_seller

router = APIRouter(prefix="/crm/sellers", tags=["sellers"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.SELLERS_READ))]
Manager = Annotated[Principal, Depends(permit(Permission.SELLERS_MANAGE))]
_Month = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))] | None
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.sellers.performance"))]


@router.get("/{seller_id}/performance", dependencies=_LIMITED)
@audit_access("sellers.performance", subject="seller")
async def get_performance(
    seller_id: int, database: Db, door: Door, principal: Reader, month: _Month = None
) -> PerformanceView:
    """A seller's month (a day in it; left out: this one) beside its targets."""
    async with database.tenant(principal.tenant_id) as tx:
        await read_seller(tx, principal, seller_id, now=door.clock())
        zone = ZoneInfo(await repository.company_zone(tx))
        return await _performance(tx, seller_id, month or door.clock().astimezone(zone).date(), zone)


@router.put("/{seller_id}/targets", dependencies=_LIMITED)
@audit_access("sellers.targets", subject="seller")
async def put_targets(seller_id: int, body: TargetsBody, database: Db, principal: Manager) -> PerformanceView:
    """Set what a seller is to reach in a month; what is left out is no target any more."""
    async with database.tenant(principal.tenant_id) as tx:
        await set_targets(tx, principal, seller_id, body.month.replace(day=1), body.wanted())
        return await _performance(tx, seller_id, body.month, ZoneInfo(await repository.company_zone(tx)))


async def _performance(tx: TenantTransaction, seller_id: int, day: date, zone: ZoneInfo) -> PerformanceView:
    return PerformanceView.of(await read_performance(tx, seller_id, month_of(day, zone)))
