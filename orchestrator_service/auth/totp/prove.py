"""A code of an account, spent: the app's or a recovery code (PRODUCT §5.3). Nothing else asks for one."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from core.contracts import AccountNotice
from core.database import TenantTransaction
from core.jobs import defer
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.codes import is_time_code, matching_step
from orchestrator_service.auth.totp.recovery import code_hash

Proof: TypeAlias = Literal["totp", "recovery_code"]
CODE_LIMIT: Final = "10 per 15 minutes;50/day"


async def limit_codes(door: AccessDoor, tenant_id: int, user_id: int) -> None:
    """Count one try of an account, wherever it comes from. Raises TooManyRequests."""
    await door.limiter.check(CODE_LIMIT, scope="auth.code", key=f"{tenant_id}:{user_id}")


async def prove(
    door: AccessDoor, tx: TenantTransaction, user_id: int, code: Secret, *, address: str | None
) -> Proof | None:
    """Spend a code: what it was, None where it is wrong or spent already. The caller has counted the try.

    A recovery code that was used is written down, and its owner is told: somebody else may have found it. Raises
    VaultError.
    """
    if is_time_code(code):
        secret = await repository.read_secret(tx, door.keyring, user_id)
        step = matching_step(secret, code, door.clock()) if secret else None
        spent = step is not None and await repository.spend_step(tx, user_id, step)
        return "totp" if spent else None
    hashed = code_hash(tx.tenant_id, user_id, code)
    if not await repository.spend_recovery_code(tx, user_id, hashed, door.clock()):
        return None
    await record_event(
        tx,
        "auth.recovery_code_used",
        severity="warning",
        user_id=user_id,
        subject=f"user:{user_id}",
        address=address,
    )
    await defer(tx, AccountNotice(tx.tenant_id, user_id, "recovery_code_used"))
    return "recovery_code"
