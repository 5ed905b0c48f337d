"""`/admin/core/settings/holidays`: on which days of a year the company is closed (PRODUCT §11.1)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field

from core.database import TenantTransaction
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.agenda.closing import company_year, set_company_days
from orchestrator_service.agenda.public_holidays import known_countries, regions_of
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.settings.holiday_schemas import CompanyDay, CompanyDayBody, HolidaysView, RegionView
from orchestrator_service.settings.models import CompanySettings
from orchestrator_service.settings.read import read_section

router = APIRouter(prefix="/admin/core/settings/holidays", tags=["settings"])

Reader = Annotated[Principal, Depends(permit(Permission.SETTINGS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="admin.holidays"))]
_Day = Annotated[date, Path(), Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
_Country = Annotated[str | None, Query(pattern="^[A-Z]{2}$")]


@router.get("", dependencies=_LIMITED)
@audit_access("settings.holidays", subject="settings:holidays")
async def get_holidays(
    database: Db,
    principal: Reader,
    year: Annotated[int, Query(ge=2000, le=2100)],
    country: _Country = None,
) -> HolidaysView:
    """The year's days off; with `country`, the regions of that one in place of the company's own."""
    async with database.tenant(principal.tenant_id) as tx:
        return await _shown(tx, year, country)


@router.put("/{day}", dependencies=_LIMITED)
@audit_access("settings.holiday", subject="settings:holidays")
async def put_holiday(
    day: _Day,
    body: CompanyDayBody,
    database: Db,
    principal: Writer,
) -> HolidaysView:
    """Close or open a day, or all from it to `last_day`, for everybody; a seller's own word stands above.

    422 `bad_days` where the last day comes before the first, or more than a year after it.
    """
    async with database.tenant(principal.tenant_id) as tx:
        await set_company_days(tx, principal, day, body.last_day or day, closed=body.closed, note=body.name)
        return await _shown(tx, day.year, None)


async def _shown(tx: TenantTransaction, year: int, country: str | None) -> HolidaysView:
    language = (await read_section(tx, CompanySettings)).language
    found = await company_year(tx, year, language)
    regions = await regions_of(country or found.country)
    return HolidaysView(
        year=year,
        country=found.country,
        region=found.region,
        countries=list(await known_countries()),
        regions=[RegionView(code=one.code, name=one.name) for one in regions],
        days=[CompanyDay(day=one.day, name=one.name, public=one.public, closed=one.closed) for one in found.days],
    )
