"""From a cookie to a principal: for each request and each socket, afresh (PRODUCT §5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import cookie_parser

from core.database import Database
from core.database_errors import FunctionMissing
from core.principal import Principal, UserId
from core.system_events import NO_TENANT
from orchestrator_service.auth import repository
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.tokens import ForgedSession, InvalidSession, SessionTokens


@dataclass(frozen=True, slots=True)
class Authenticated:
    """Who it is; with `owes_totp` (the company wants a second factor, the account has none) it may only set one up."""

    principal: Principal
    owes_totp: bool


async def authenticate(
    database: Database, tokens: SessionTokens, cookie_value: str | None, now: datetime
) -> Authenticated | None:
    """Who the cookie's session is at `now`; None for nobody.

    The token is only a pointer: session, user and company are read in one statement each time, so that a logout, a
    suspension or another role counts from its commit on. Raises DatabaseUnavailable.
    """
    if not cookie_value:
        return None
    try:
        claims = tokens.read(cookie_value, now=now)
    except InvalidSession:
        return None
    try:
        async with database.entering(claims.tenant_id) as tx:
            session = await repository.live_session(tx, claims, now)
    except FunctionMissing:  # the schema is being evolved under a running process
        async with database.tenant(claims.tenant_id) as tx:
            session = await repository.live_session(tx, claims, now, in_steps=True)
    if session is None:
        return None
    principal = Principal(claims.tenant_id, UserId(session.user_id), session.role, claims.session_id)
    return Authenticated(principal, session.owes_totp)


async def tell_forgery(door: AccessDoor, cookie_value: str | None, address: str) -> None:
    """Write down that somebody came with a token that we never made; one that has run out is nothing to tell."""
    try:
        if cookie_value:
            door.tokens.read(cookie_value, now=door.clock())
    except ForgedSession:
        await door.alarm.ring("auth.session_forged", cause=address, tenant_id=NO_TENANT, address=address)
    except InvalidSession:
        return


async def authenticate_cookies(door: AccessDoor, header: str) -> Principal | None:
    """The same for a whole Cookie header, as the sockets see it: nobody where a second factor is owed."""
    cookie = cookie_parser(header).get(door.cookie.name)
    found = await authenticate(door.database, door.tokens, cookie, door.clock())
    return found.principal if found and not found.owes_totp else None
