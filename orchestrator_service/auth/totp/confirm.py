"""The first right code takes the secret into use: ten recovery codes, shown once, and every other session ends."""

from __future__ import annotations

from core.database import TenantTransaction
from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.announce import announce
from orchestrator_service.auth.totp.codes import matching_step
from orchestrator_service.auth.totp.errors import TotpMissing
from orchestrator_service.auth.totp.give_codes import give_recovery_codes
from orchestrator_service.auth.totp.prove import limit_codes
from orchestrator_service.auth.totp.refuse import refuse_code


async def confirm(door: AccessDoor, principal: Principal, code: Secret, *, address: str) -> list[Secret]:
    """Answer the recovery codes. Raises TotpMissing where no secret waits, WrongCode, TooManyRequests."""
    await limit_codes(door, principal.tenant_id, principal.user_id)
    about = f"user:{principal.user_id}"
    async with door.alarm.vault(principal.tenant_id, about), door.database.tenant(principal.tenant_id) as tx:
        codes = await _confirm(door, tx, principal, code, address)
    return codes if codes is not None else await refuse_code(door, principal, address)


async def _confirm(
    door: AccessDoor, tx: TenantTransaction, principal: Principal, code: Secret, address: str
) -> list[Secret] | None:
    now, user_id = door.clock(), principal.user_id
    await repository.lock_account(tx, user_id)
    if not await repository.lock_waiting(tx, user_id):
        raise TotpMissing
    secret = await repository.read_secret(tx, door.keyring, user_id)
    step = matching_step(secret, code, now) if secret else None
    if step is None:
        return None
    await repository.confirm_totp(tx, user_id, step=step, now=now)
    codes = await give_recovery_codes(tx, user_id)
    await repository.end_other_sessions(tx, user_id, kept=principal.session_id)
    await record_event(tx, "auth.totp_on", user_id=user_id, subject=f"user:{user_id}", address=address)
    await announce(tx, user_id)
    return codes
