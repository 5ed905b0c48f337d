"""Changing one's own password, knowing the old one: the other sessions end."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.errors import Conflict
from core.principal import Principal
from core.secret import Secret
from core.system_events import log_security_event, record_event
from orchestrator_service.accounts import repository
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.password_rules import check_password
from orchestrator_service.auth.set_password import set_password
from orchestrator_service.auth.tokens import InvalidSession

TRIES: Final = "5 per 15 minutes"


class WrongPassword(Conflict):
    """The old password is another one. Not a 401: the session is good."""

    code = "wrong_password"
    title = "Wrong Password"

    def __init__(self) -> None:
        super().__init__("the current password is another one")


async def change_password(
    door: AccessDoor, principal: Principal, old: Secret, new: Secret, *, address: str, now: datetime
) -> None:
    """Replace the password and end every session but this one.

    Raises WrongPassword, WeakPassword, TooManyRequests after five tries in fifteen minutes, Unavailable, InvalidSession
    where the account was shut or its password changed meanwhile.
    """
    await door.limiter.check(TRIES, scope="auth.password", key=f"{principal.tenant_id}:{principal.user_id}")
    async with door.database.tenant(principal.tenant_id) as tx:
        own = await repository.password_of(tx, principal.user_id)
    if own is None:
        raise InvalidSession
    if not await door.passwords.verify_or_burn(own.password_hash, old):
        await log_security_event(
            door.database,
            "auth.password_change_refused",
            tenant_id=principal.tenant_id,
            user_id=principal.user_id,
            address=address,
        )
        raise WrongPassword
    check_password(new, personal=(own.email, own.name))
    password_hash = await door.passwords.hash(new)
    async with door.database.tenant(principal.tenant_id) as tx:
        changed = await set_password(
            tx, principal.user_id, password_hash, keep=principal.session_id, instead_of=own.password_hash
        )
        if not changed:
            raise InvalidSession
        await repository.void_of_user(tx, principal.user_id, now)
        subject = f"user:{principal.user_id}"
        await record_event(tx, "auth.password_changed", user_id=principal.user_id, subject=subject, address=address)
