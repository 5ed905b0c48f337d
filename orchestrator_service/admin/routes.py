"""`/admin/core`: accounts and the join code. For the ceo alone (PRODUCT §5.4)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.admin.schemas import AccountView, JoinCodeView, RoleBody
from orchestrator_service.agenda.enter_seller import seat_seller
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.govern import change_role, hold, list_users, set_status
from orchestrator_service.auth.join_code import read_join_code, rotate_join_code
from orchestrator_service.auth.models import UserStatus
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.sellers.change import follow_role

router = APIRouter(prefix="/admin/core", tags=["admin"])

UsersReader = Annotated[Principal, Depends(permit(Permission.USERS_READ))]
UsersWriter = Annotated[Principal, Depends(permit(Permission.USERS_WRITE))]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=200)]


@router.get("/users", dependencies=[Depends(rate_limit("100/minute", scope="admin.users"))])
@audit_access("users.list")
async def get_users(
    database: Db,
    principal: UsersReader,
    status: UserStatus | None = None,
    limit: Limit = DEFAULT_PAGE,
    cursor: Cursor = None,
) -> Page[AccountView]:
    """The company's accounts, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        users = await list_users(tx, status=status, before_id=before, most=limit + 1)
    return page(users, limit, show=AccountView.of, cursor=lambda user: id_cursor(user.id))


@router.post("/users/{user_id}/activate")
@audit_access("users.activate", subject="user")
async def post_activate(user_id: int, database: Db, principal: UsersWriter) -> AccountView:
    """Let a pending or suspended account in."""
    return await _set_status(database, principal, user_id, "active")


@router.post("/users/{user_id}/suspend")
@audit_access("users.suspend", subject="user")
async def post_suspend(user_id: int, database: Db, principal: UsersWriter) -> AccountView:
    """Shut an account out; its sessions end at once."""
    return await _set_status(database, principal, user_id, "suspended")


@router.post("/users/{user_id}/hold")
@audit_access("users.hold", subject="user")
async def post_hold(user_id: int, door: Door, principal: UsersWriter) -> AccountView:
    """Take a hasty answer back: the account waits again, its sessions end."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return AccountView.of(await hold(tx, principal, user_id, door.clock()))


@router.patch("/users/{user_id}")
@audit_access("users.change_role", subject="user")
async def patch_user(user_id: int, body: RoleBody, database: Db, principal: UsersWriter) -> AccountView:
    """Give an account another role; its sessions end at once."""
    async with database.tenant(principal.tenant_id) as tx:
        user, was = await change_role(tx, principal, user_id, body.role)
        await seat_seller(tx, user_id)
        await follow_role(tx, principal.user_id, user_id, was=was, became=user.role)
    return AccountView.of(user)


@router.get("/join-code")
@audit_access("join_code.read", subject="join_code")
async def get_join_code(door: Door, principal: UsersWriter) -> JoinCodeView:
    """What the ceo shares with people who shall register."""
    tenant_id = principal.tenant_id
    async with door.alarm.vault(tenant_id, "join_code"), door.database.tenant(tenant_id) as tx:
        code = await read_join_code(tx, door.keyring)
    return JoinCodeView(code=code.reveal() if code else None)


@router.post("/join-code")
@audit_access("join_code.rotate", subject="join_code")
async def post_join_code(door: Door, principal: UsersWriter) -> JoinCodeView:
    """Make a new code; the old one stops working."""
    async with door.database.tenant(principal.tenant_id) as tx:
        code = await rotate_join_code(tx, door.directory, door.keyring)
    return JoinCodeView(code=code.reveal())


async def _set_status(
    database: Db, principal: Principal, user_id: int, status: Literal["active", "suspended"]
) -> AccountView:
    async with database.tenant(principal.tenant_id) as tx:
        user = await set_status(tx, principal, user_id, status)
        await seat_seller(tx, user_id)
    return AccountView.of(user)
