"""`/admin/core`: who must have a second factor, and whose is taken off. For the ceo alone (PRODUCT §5.3)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from core.principal import Principal
from orchestrator_service.admin.schemas import AccountView, SecurityView
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.govern import reset_second_factor
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.auth.totp.require import read_requirement, require_totp

router = APIRouter(prefix="/admin/core", tags=["admin"])

SettingsReader = Annotated[Principal, Depends(permit(Permission.SETTINGS_READ))]
SettingsWriter = Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))]
UsersWriter = Annotated[Principal, Depends(permit(Permission.USERS_WRITE))]


@router.get("/security")
@audit_access("security.read", subject="company")
async def get_security(database: Db, principal: SettingsReader) -> SecurityView:
    """What the company demands of its accounts."""
    async with database.tenant(principal.tenant_id) as tx:
        return SecurityView(require_totp=await read_requirement(tx))


@router.put("/security")
@audit_access("security.change", subject="company")
async def put_security(body: SecurityView, database: Db, principal: SettingsWriter) -> SecurityView:
    """Demand it: from now on an account without a second factor, the caller's included, may only set one up."""
    async with database.tenant(principal.tenant_id) as tx:
        await require_totp(tx, principal, required=body.require_totp)
    return body


@router.post("/users/{user_id}/totp/reset")
@audit_access("users.reset_totp", subject="user")
async def post_reset_totp(user_id: int, database: Db, principal: UsersWriter) -> AccountView:
    """Take the second factor off a colleague's account; its sessions end at once, and its owner is told."""
    async with database.tenant(principal.tenant_id) as tx:
        return AccountView.of(await reset_second_factor(tx, principal, user_id))
