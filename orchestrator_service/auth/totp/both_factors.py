"""What touches a second factor asks for password and code again: a browser left open is not enough."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.database import TenantTransaction
from core.principal import Principal
from core.secret import Secret
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.reauthenticate import reauthenticate
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.errors import TotpMissing
from orchestrator_service.auth.totp.prove import limit_codes, prove
from orchestrator_service.auth.totp.refuse import refuse_code

Done = TypeVar("Done")


async def with_both_factors(
    door: AccessDoor,
    principal: Principal,
    password: Secret,
    code: Secret,
    work: Callable[[TenantTransaction], Awaitable[Done]],
    *,
    address: str,
) -> Done:
    """Do the work on the transaction that spends the code.

    Raises WrongPassword, WrongCode, TooManyRequests; TotpMissing where the account has no second factor in use.
    """
    await reauthenticate(door, principal, password, address=address)
    await limit_codes(door, principal.tenant_id, principal.user_id)
    about = f"user:{principal.user_id}"
    async with door.alarm.vault(principal.tenant_id, about), door.database.tenant(principal.tenant_id) as tx:
        await repository.lock_account(tx, principal.user_id)
        if not await repository.is_active(tx, principal.user_id):
            raise TotpMissing
        if await prove(door, tx, principal.user_id, code, address=address) is not None:
            return await work(tx)
    return await refuse_code(door, principal, address)
