"""What a ceo decides about the accounts of the own company: who comes in, who stays out, in which role."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from core.database import TenantTransaction
from core.errors import Conflict, Forbidden, NotFound
from core.outbox import emit
from core.principal import Principal, Role
from core.system_events import record_event
from orchestrator_service.auth import repository
from orchestrator_service.auth.models import User, UserStatus
from orchestrator_service.auth.permissions import Permission, Scope, scope_of
from orchestrator_service.auth.totp.reset import reset_totp

UNDO_TIME: Final = timedelta(minutes=5)


class KnownAccount(Conflict):
    """Somebody who has been let in for a while is a colleague whose name records carry: suspended, never unknown."""

    code = "known_account"
    title = "Known Account"

    def __init__(self) -> None:
        super().__init__("this account was let in; suspend it instead")


class OwnAccount(Conflict):
    """Nobody suspends or demotes themselves: the company would be left without its ceo."""

    code = "own_account"
    title = "Own Account"

    def __init__(self) -> None:
        super().__init__("this cannot be done to one's own account")


async def list_users(tx: TenantTransaction, *, status: UserStatus | None, before_id: int, most: int) -> list[User]:
    """At most `most` accounts below `before_id`, newest first."""
    return await repository.list_users(tx, status=status, before_id=before_id, most=most)


async def set_status(
    tx: TenantTransaction, principal: Principal, user_id: int, status: Literal["active", "suspended"]
) -> User:
    """Activate or suspend; suspending ends every session. Raises NotFound, OwnAccount."""
    user = await _find(tx, principal, user_id)
    if status == "suspended" and user.id == principal.user_id:
        raise OwnAccount
    await repository.set_user_status(tx, user_id, status)
    if status == "suspended":
        await repository.revoke_sessions_of_user(tx, user_id)
    return await _changed(tx, principal, user, {"status": status, "was": user.status})


async def hold(tx: TenantTransaction, principal: Principal, user_id: int, now: datetime) -> User:
    """Put an account back among those who wait, which ends its sessions: the way back from a hasty answer.

    For five minutes after it was let in, and at any time where it never was. Raises NotFound, OwnAccount, KnownAccount.
    """
    user = await _find(tx, principal, user_id)
    if user.id == principal.user_id:
        raise OwnAccount
    if user.activated_at is not None and now - user.activated_at > UNDO_TIME:
        raise KnownAccount
    await repository.hold_user(tx, user_id)
    await repository.revoke_sessions_of_user(tx, user_id)
    return await _changed(tx, principal, user, {"status": "pending", "was": user.status})


async def change_role(tx: TenantTransaction, principal: Principal, user_id: int, role: Role) -> tuple[User, Role]:
    """Give another role, which ends every session; the account and the role it had. Raises NotFound, OwnAccount."""
    user = await _find(tx, principal, user_id)
    if user.id == principal.user_id:
        raise OwnAccount
    if user.role == role:
        return user, role
    await repository.set_user_role(tx, user_id, role)
    await repository.revoke_sessions_of_user(tx, user_id)
    return await _changed(tx, principal, user, {"role": role, "was": user.role}), user.role


async def reset_second_factor(tx: TenantTransaction, principal: Principal, user_id: int) -> User:
    """Take it off a colleague who lost phone and codes; their sessions end, and they are told.

    Raises NotFound, OwnAccount: one's own is turned off with password and code.
    """
    user = await _find(tx, principal, user_id)
    if user.id == principal.user_id:
        raise OwnAccount
    await reset_totp(tx, user_id, by=principal.user_id)
    return await _found(tx, user_id)


async def _find(tx: TenantTransaction, principal: Principal, user_id: int) -> User:
    """The account, and the caller's right, both locked: of two who demote each other one does. Raises Forbidden."""
    role = await repository.lock_accounts(tx, caller=principal.user_id, other=user_id)
    if role is None or scope_of(role, Permission.USERS_WRITE) is Scope.NONE:
        raise Forbidden
    return await _found(tx, user_id)


async def _found(tx: TenantTransaction, user_id: int) -> User:
    user = await repository.find_user(tx, user_id)
    if user is None:
        raise NotFound
    return user


async def _changed(tx: TenantTransaction, principal: Principal, user: User, detail: dict[str, str]) -> User:
    await record_event(tx, "users.changed", user_id=principal.user_id, subject=f"user:{user.id}", detail=detail)
    changed = await _found(tx, user.id)
    about = {"id": changed.id, "status": changed.status}
    await emit(tx, "USER_UPDATED", about, owner_user_id=None, audience="accounts")
    return changed
