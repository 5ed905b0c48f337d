"""`/auth/totp`, one's own second factor, and `/auth/login/code`, the second step of a login (PRODUCT §5.3).

What an account may do that owes a second factor is here: see `Enrolling`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response, status
from starlette.requests import Request

from core.client_address import client_address
from core.rate_limit import limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, Enrolling
from orchestrator_service.auth.login import Visitor
from orchestrator_service.auth.schemas import as_secret
from orchestrator_service.auth.totp.confirm import confirm
from orchestrator_service.auth.totp.enrol import enrol
from orchestrator_service.auth.totp.login_code import login_code
from orchestrator_service.auth.totp.renew_codes import renew_codes
from orchestrator_service.auth.totp.schemas import (
    BothFactorsBody,
    CodeBody,
    EnrolmentView,
    LoginCodeBody,
    PasswordBody,
    RecoveryCodesView,
    TotpView,
)
from orchestrator_service.auth.totp.state import read_state
from orchestrator_service.auth.totp.turn_off import turn_off

router = APIRouter(prefix="/auth", tags=["auth"])
CHANGES = [Depends(limit("20/minute", scope="auth.totp"))]


async def address_of(request: Request, door: Door) -> str:
    """Where the request comes from, for the audit log."""
    return client_address(request.scope, door.trusted_proxies)


Address = Annotated[str, Depends(address_of)]


@router.post(
    "/login/code",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(limit("10/minute", scope="auth.login.code"))],
)
async def post_login_code(
    body: LoginCodeBody, request: Request, response: Response, door: Door, address: Address
) -> None:
    """Open the session that a login's first step has prepared; its token is in the cookie alone."""
    visitor = Visitor(address, request.headers.get("user-agent"))
    session = await login_code(door, as_secret(body.challenge), as_secret(body.code), visitor)
    response.headers["set-cookie"] = door.cookie.set(session.token.reveal(), session.lifetime)


@router.get("/totp")
@audit_access("auth.totp.read")
async def get_totp(database: Db, principal: Enrolling) -> TotpView:
    """How the caller's second factor stands."""
    return TotpView.of(await read_state(database, principal))


@router.post("/totp", status_code=status.HTTP_201_CREATED, dependencies=CHANGES)
@audit_access("auth.totp.start")
async def post_totp(body: PasswordBody, door: Door, principal: Enrolling, address: Address) -> EnrolmentView:
    """Begin: a secret for the app, shown this once. It counts once a code of it was confirmed."""
    return EnrolmentView.of(await enrol(door, principal, as_secret(body.password), address=address))


@router.post("/totp/confirm", dependencies=CHANGES)
@audit_access("auth.totp.confirm")
async def post_totp_confirm(body: CodeBody, door: Door, principal: Enrolling, address: Address) -> RecoveryCodesView:
    """Take it into use; every other session of the caller ends."""
    return RecoveryCodesView.of(await confirm(door, principal, as_secret(body.code), address=address))


@router.post("/totp/off", status_code=status.HTTP_204_NO_CONTENT, dependencies=CHANGES)
@audit_access("auth.totp.off")
async def post_totp_off(body: BothFactorsBody, door: Door, principal: Enrolling, address: Address) -> None:
    """Turn it off; every other session of the caller ends."""
    await turn_off(door, principal, as_secret(body.password), as_secret(body.code), address=address)


@router.post("/totp/recovery-codes", dependencies=CHANGES)
@audit_access("auth.totp.recovery_codes")
async def post_totp_recovery_codes(
    body: BothFactorsBody, door: Door, principal: Enrolling, address: Address
) -> RecoveryCodesView:
    """Make new recovery codes; the old ones stop working."""
    codes = await renew_codes(door, principal, as_secret(body.password), as_secret(body.code), address=address)
    return RecoveryCodesView.of(codes)
