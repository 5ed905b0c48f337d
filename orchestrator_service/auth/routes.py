"""`/auth` and `/team`: register, log in and out, who am I, where am I logged in (PRODUCT §5, §15)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status
from starlette.requests import Request
from starlette.responses import JSONResponse

from core.client_address import client_address
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit
from core.secret import Secret
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, Enrolling, LoggedIn, Whoever, permit
from orchestrator_service.auth.login import Visitor, login
from orchestrator_service.auth.logout import end_session, logout
from orchestrator_service.auth.members import list_members
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.auth.profile import list_sessions, read_profile
from orchestrator_service.auth.register import Registration, register
from orchestrator_service.auth.schemas import (
    Accepted,
    LoginBody,
    MemberView,
    MeView,
    RegisterBody,
    RoleList,
    SessionList,
    SessionView,
    as_secret,
)
from orchestrator_service.auth.totp.challenge import Challenged
from orchestrator_service.auth.totp.schemas import ChallengeView

router = APIRouter(prefix="/auth", tags=["auth"])
team_router = APIRouter(prefix="/team", tags=["team"])


@router.post(
    "/register",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(limit("3/minute", scope="auth.register"))],
)
async def post_register(body: RegisterBody, request: Request, door: Door) -> Accepted:
    """Ask to join a company. The answer is the same whether the code or the e-mail is known."""
    wanted = Registration(Secret(body.join_code), body.email, body.name, body.role, as_secret(body.password))
    await register(door, wanted, address=client_address(request.scope, door.trusted_proxies))
    return Accepted()


@router.post(
    "/login",
    status_code=status.HTTP_204_NO_CONTENT,
    responses={status.HTTP_200_OK: {"model": ChallengeView}},
    dependencies=[Depends(limit("5/minute", scope="auth.login"))],
)
async def post_login(body: LoginBody, request: Request, door: Door) -> Response:
    """Open a session (204), its token in the cookie alone; with a second factor, a challenge for its code (200)."""
    address = client_address(request.scope, door.trusted_proxies)
    visitor = Visitor(address, request.headers.get("user-agent"), request.cookies.get(door.device.name))
    found = await login(door, body.email, as_secret(body.password), visitor)
    if isinstance(found, Challenged):
        answer: Response = JSONResponse(ChallengeView.of(found).model_dump())
    else:
        cookie = door.cookie.set(found.token.reveal(), found.lifetime)
        answer = Response(status_code=status.HTTP_204_NO_CONTENT, headers={"set-cookie": cookie})
    answer.headers.append("set-cookie", door.device.set(body.email, now=door.clock()))
    return answer


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT)
@audit_access("auth.logout")
async def post_logout(response: Response, door: Door, principal: Enrolling) -> None:
    """End this session and clear the cookie."""
    await logout(door.database, principal, door.clock)
    response.headers["set-cookie"] = door.cookie.clear()


@router.get("/me")
async def get_me(database: Db, found: Whoever) -> MeView:
    """Who is logged in, where, and what they may do."""
    return MeView.of(await read_profile(database, found.principal), owes_totp=found.owes_totp)


@router.get("/roles", dependencies=[Depends(permit(Permission.USERS_READ))])
async def get_roles() -> RoleList:
    """What each role may do: the one permission table, the same for every company."""
    return RoleList.of_table()


@router.get("/sessions")
@audit_access("auth.sessions.list")
async def get_sessions(door: Door, principal: LoggedIn) -> SessionList:
    """The caller's own sessions."""
    found = await list_sessions(door.database, principal, door.clock())
    return SessionList(items=[SessionView.of(session, principal.session_id) for session in found])


@router.delete("/sessions/{session_id}", status_code=status.HTTP_204_NO_CONTENT)
@audit_access("auth.sessions.end", subject="session")
async def delete_session(session_id: UUID, door: Door, principal: LoggedIn) -> None:
    """End one of the caller's own sessions."""
    await end_session(door.database, principal, session_id, door.clock)


@team_router.get("/members", dependencies=[Depends(limit("100/minute", scope="team.members"))])
@audit_access("team.members", subject="team")
async def get_members(
    database: Db,
    principal: Annotated[Principal, Depends(permit(Permission.TEAM_READ))],
    most: Annotated[int, Query(alias="limit", ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[MemberView]:
    """The names of one's colleagues, by id."""
    after = id_before(cursor) if cursor else 0
    async with database.tenant(principal.tenant_id) as tx:
        members = await list_members(tx, after_id=after, most=most + 1)
    return page(members, most, show=MemberView.of, cursor=lambda member: id_cursor(member.id))
