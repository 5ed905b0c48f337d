"""New recovery codes, with password and code; those of before are worth nothing."""

from __future__ import annotations

from core.database import TenantTransaction
from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.totp.both_factors import with_both_factors
from orchestrator_service.auth.totp.give_codes import give_recovery_codes


async def renew_codes(
    door: AccessDoor, principal: Principal, password: Secret, code: Secret, *, address: str
) -> list[Secret]:
    """Answer ten, this once. Raises WrongPassword, WrongCode, TooManyRequests, TotpMissing."""

    async def renew(tx: TenantTransaction) -> list[Secret]:
        user_id = principal.user_id
        about = f"user:{user_id}"
        await record_event(tx, "auth.recovery_codes_renewed", user_id=user_id, subject=about, address=address)
        return await give_recovery_codes(tx, user_id)

    return await with_both_factors(door, principal, password, code, renew, address=address)
