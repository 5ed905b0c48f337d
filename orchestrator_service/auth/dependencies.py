"""What routes ask for: somebody logged in, with a right (PRODUCT §5.4). One that asks for neither fails the tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from starlette.requests import Request

from core.client_address import client_address
from core.database import Database
from core.joined import joined_of
from core.media_store import MediaStore
from core.principal import Principal
from orchestrator_service.auth.authenticate import Authenticated, authenticate, tell_forgery
from orchestrator_service.auth.bearer import SessionRequired, TwoCredentials, authenticate_key, bearer_of
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.permissions import Permission, require
from orchestrator_service.auth.tokens import COOKIE_NAMES, InvalidSession
from orchestrator_service.auth.totp.errors import TotpRequired


# A dependency that is no coroutine would cost a trip through the thread pool in every request.
async def access_door(request: Request) -> AccessDoor:
    """The resources that the lifespan made."""
    door, joined = _door_of(request), joined_of(request)
    return replace(door, database=joined) if joined is not None else door


def _door_of(request: Request) -> AccessDoor:
    door = request.app.state.access
    assert isinstance(door, AccessDoor)
    return door


async def database_of(request: Request) -> Database:
    """The door to PostgreSQL."""
    return joined_of(request) or _door_of(request).database


async def media_store(request: Request) -> MediaStore:
    """Where files lie; made with the app."""
    store = request.app.state.media
    assert isinstance(store, MediaStore)
    return store


async def authenticated(request: Request) -> Authenticated:
    """Who is asking, by the cookie of a session or by an API key; raises Unauthorized (401).

    The audit middleware reads it from `request.state.principal`. A request that was read for before it is answered
    (`preconditions`) is recognised once: its transaction is open by then, and whoever holds a connection must not wait
    for another.
    """
    known = getattr(request.state, "authenticated", None)
    if isinstance(known, Authenticated):
        return known
    door = _door_of(request)
    address = client_address(request.scope, door.trusted_proxies)
    key = bearer_of(request.headers.get("authorization"))
    if key is None:
        found = await _by_cookie(door, request.cookies.get(door.cookie.name), address)
    elif not request.cookies.keys().isdisjoint(COOKIE_NAMES):
        raise TwoCredentials
    else:
        found = await authenticate_key(door, key, address)
    request.state.principal, request.state.authenticated = found.principal, found
    return found


async def _by_cookie(door: AccessDoor, cookie: str | None, address: str) -> Authenticated:
    found = await authenticate(door.database, door.tokens, cookie, door.clock())
    if found is None:
        await tell_forgery(door, cookie, address)
        raise InvalidSession
    return found


async def by_session(found: Annotated[Authenticated, Depends(authenticated)]) -> Authenticated:
    """Somebody logged in; raises SessionRequired (403) for an API key."""
    if found.principal.session_id is None:
        raise SessionRequired
    return found


async def session_principal(found: Annotated[Authenticated, Depends(by_session)]) -> Principal:
    """Who is logged in, a second factor owed or not: for what one does to set one up, or to leave."""
    return found.principal


async def current_principal(found: Annotated[Authenticated, Depends(authenticated)]) -> Principal:
    """Who is asking; raises TotpRequired (403) where a second factor is owed."""
    if found.owes_totp:
        raise TotpRequired
    return found.principal


async def person(
    principal: Annotated[Principal, Depends(current_principal)], _: Annotated[Authenticated, Depends(by_session)]
) -> Principal:
    """Who is logged in, for what is one's own; an API key has nothing of its own."""
    return principal


@dataclass(frozen=True, slots=True)
class Permitted:
    """A dependency that answers the principal, or raises InvalidSession (401) or Forbidden (403)."""

    permission: Permission

    async def __call__(self, principal: Annotated[Principal, Depends(current_principal)]) -> Principal:
        """Whether the right reaches the record at hand is for the use case: `owner_filter`, `visible`."""
        require(principal, self.permission)
        return principal


def permit(permission: Permission) -> Permitted:
    """`Annotated[Principal, Depends(permit(Permission.LEADS_READ))]`."""
    return Permitted(permission)


Door = Annotated[AccessDoor, Depends(access_door)]
Db = Annotated[Database, Depends(database_of)]
Store = Annotated[MediaStore, Depends(media_store)]
LoggedIn = Annotated[Principal, Depends(person)]
Enrolling = Annotated[Principal, Depends(session_principal)]
Whoever = Annotated[Authenticated, Depends(by_session)]


def asks_for_somebody(dependant: Dependant) -> bool:
    """Whether a route lets in nobody who is not logged in."""
    return any(inner.call is authenticated or asks_for_somebody(inner) for inner in dependant.dependencies)
