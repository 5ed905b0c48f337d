"""Changing one's own password, knowing the old one: the other sessions end."""

from __future__ import annotations

from datetime import datetime

from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.accounts import repository
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.password_rules import check_password
from orchestrator_service.auth.reauthenticate import reauthenticate
from orchestrator_service.auth.set_password import set_password
from orchestrator_service.auth.tokens import InvalidSession


async def change_password(
    door: AccessDoor, principal: Principal, old: Secret, new: Secret, *, address: str, now: datetime
) -> None:
    """Replace the password and end every session but this one.

    Raises WrongPassword and TooManyRequests as `reauthenticate`, WeakPassword, Unavailable, InvalidSession where the
    account was shut or its password changed meanwhile.
    """
    async with door.database.tenant(principal.tenant_id) as tx:
        own = await repository.password_of(tx, principal.user_id)
    if own is None:
        raise InvalidSession
    await reauthenticate(door, principal, old, address=address)
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
