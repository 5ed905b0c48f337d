"""What routes ask for: somebody logged in, with a right (PRODUCT §5.4). One that asks for neither fails the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from core.client_address import client_address
from core.database import Database
from core.principal import Principal
from orchestrator_service.auth.authenticate import authenticate, tell_forgery
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.permissions import Permission, require
from orchestrator_service.auth.tokens import InvalidSession


def access_door(request: Request) -> AccessDoor:
    """The resources that the lifespan made."""
    door = request.app.state.access
    assert isinstance(door, AccessDoor)
    return door


def database_of(request: Request) -> Database:
    """The door to PostgreSQL."""
    return access_door(request).database


async def current_principal(request: Request) -> Principal:
    """Who is asking; raises InvalidSession (401). The audit middleware reads it from `request.state.principal`."""
    door = access_door(request)
    cookie = request.cookies.get(door.cookie.name)
    principal = await authenticate(door.database, door.tokens, cookie, door.clock())
    if principal is None:
        await tell_forgery(door, cookie, client_address(request.scope, door.trusted_proxies))
        raise InvalidSession
    request.state.principal = principal
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
LoggedIn = Annotated[Principal, Depends(current_principal)]
