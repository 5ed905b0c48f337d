"""Turning one's own second factor off, with password and code; every other session of the user ends."""

from __future__ import annotations

from core.database import TenantTransaction
from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.announce import announce
from orchestrator_service.auth.totp.both_factors import with_both_factors


async def turn_off(door: AccessDoor, principal: Principal, password: Secret, code: Secret, *, address: str) -> None:
    """Forget secret and recovery codes; where the company wants a second factor, only setting one up is left to do.

    Raises WrongPassword, WrongCode, TooManyRequests, TotpMissing.
    """

    async def forget(tx: TenantTransaction) -> None:
        user_id = principal.user_id
        await repository.delete_totp(tx, user_id)
        await repository.end_other_sessions(tx, user_id, kept=principal.session_id)
        about = f"user:{user_id}"
        await record_event(tx, "auth.totp_off", severity="warning", user_id=user_id, subject=about, address=address)
        await announce(tx, user_id)

    await with_both_factors(door, principal, password, code, forget, address=address)
