"""Registration (PRODUCT §5.5, Gatekeeper): with the company's join code, as pending, and never telling who is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.contracts import AccountWaiting
from core.database import TenantTransaction
from core.errors import Conflict
from core.jobs import defer
from core.outbox import emit
from core.principal import Role
from core.secret import Secret
from core.system_events import NO_TENANT, record_event
from orchestrator_service.auth import repository
from orchestrator_service.auth.create_user import create_user
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.models import NewUser
from orchestrator_service.auth.password_rules import check_password


class RoleNotOffered(Conflict):
    """Nobody registers as ceo."""

    code = "role_not_offered"


@dataclass(frozen=True, slots=True)
class Registration:
    """What a person gives. `email` is lower case; `role` is what they ask for, and what the ceo confirms."""

    join_code: Secret
    email: str
    name: str
    role: Role
    password: Secret = field(repr=False)


async def register(door: AccessDoor, wanted: Registration, *, address: str) -> None:
    """File a pending account. Says the same, nothing, whether it was made, the e-mail is known or the code is not.

    Raises WeakPassword and RoleNotOffered, which depend on what was sent alone; Unavailable where too many people hash.
    """
    if wanted.role == "ceo":
        raise RoleNotOffered
    check_password(wanted.password, personal=(wanted.email, wanted.name))
    entry = await door.directory.find(door.database, "join", wanted.join_code.reveal())
    hashed = await door.passwords.hash(wanted.password)  # always: the time tells nothing either
    user = NewUser(wanted.email, wanted.name, wanted.role, "pending", hashed)
    tenant_id = entry.tenant_id if entry else NO_TENANT
    try:
        async with door.database.tenant(tenant_id) as tx:
            joins = entry is not None and await repository.tenant_active(tx)
            if joins:
                await _file(tx, door, user, address)
    except Conflict:
        return
    if not joins:  # after the transaction: two connections at once for each stranger would be one too many
        await door.alarm.ring("auth.join_refused", cause=address, tenant_id=tenant_id, address=address)


async def _file(tx: TenantTransaction, door: AccessDoor, user: NewUser, address: str) -> None:
    user_id = await create_user(tx, door.directory, user)
    await record_event(tx, "auth.registered", user_id=user_id, subject=f"user:{user_id}", address=address)
    about = {"id": user_id, "status": "pending"}
    await emit(tx, "USER_UPDATED", about, owner_user_id=None, audience="accounts")
    await defer(tx, AccountWaiting(tx.tenant_id, user_id))
