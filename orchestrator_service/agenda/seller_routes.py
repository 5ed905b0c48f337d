"""`/crm/sellers`: profiles, hours and days off (PRODUCT §11.1, UI §3). Here, because the agenda parses hours."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.agenda.closing import add_day_off, drop_day_off
from orchestrator_service.agenda.enter_seller import enter_seller
from orchestrator_service.agenda.profile import profile_of
from orchestrator_service.agenda.seller_schemas import DaysOffBody, NewSellerBody, SellerBody, SellerProfile
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.sellers.change import change_seller

router = APIRouter(prefix="/crm/sellers", tags=["sellers"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.SELLERS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.SELLERS_WRITE))]
Manager = Annotated[Principal, Depends(permit(Permission.SELLERS_MANAGE))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.sellers.profile"))]


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("sellers.create", subject="seller")
async def post_seller(
    request: Request, body: NewSellerBody, database: Db, door: Door, principal: Manager
) -> SellerProfile:
    """Enter somebody who can be booked; 409 `already_sells` where the account does."""
    async with database.tenant(principal.tenant_id) as tx:
        seller_id = await enter_seller(tx, name=body.name, user_id=body.user_id)
        profile = await profile_of(tx, principal, seller_id, door.clock())
    name_subject(request, f"seller:{seller_id}")
    return profile


@router.get("/{seller_id}", dependencies=_LIMITED)
@audit_access("sellers.read", subject="seller")
async def get_seller(seller_id: int, database: Db, door: Door, principal: Reader) -> SellerProfile:
    """A seller's profile with the days off that are not over."""
    async with database.tenant(principal.tenant_id) as tx:
        return await profile_of(tx, principal, seller_id, door.clock())


@router.patch("/{seller_id}", dependencies=_LIMITED)
@audit_access("sellers.change", subject="seller")
async def patch_seller(seller_id: int, body: SellerBody, database: Db, door: Door, principal: Writer) -> SellerProfile:
    """Change a profile; what is missing stays."""
    async with database.tenant(principal.tenant_id) as tx:
        await change_seller(tx, principal, seller_id, body.change())
        return await profile_of(tx, principal, seller_id, door.clock())


@router.post("/{seller_id}/days-off", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("sellers.close", subject="seller")
async def post_days_off(
    seller_id: int, body: DaysOffBody, database: Db, door: Door, principal: Writer
) -> SellerProfile:
    """Close days of a seller, or open days on which the company is closed."""
    async with database.tenant(principal.tenant_id) as tx:
        await add_day_off(tx, principal, seller_id, body.day_off())
        return await profile_of(tx, principal, seller_id, door.clock())


@router.delete("/{seller_id}/days-off/{day_off_id}", dependencies=_LIMITED)
@audit_access("sellers.open", subject="seller")
async def delete_days_off(
    seller_id: int, day_off_id: int, database: Db, door: Door, principal: Writer
) -> SellerProfile:
    """Take days off back."""
    async with database.tenant(principal.tenant_id) as tx:
        await drop_day_off(tx, principal, seller_id, day_off_id)
        return await profile_of(tx, principal, seller_id, door.clock())
