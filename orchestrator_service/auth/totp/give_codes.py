"""Ten new recovery codes in the place of all others; only their hashes stay."""

from __future__ import annotations

from core.database import TenantTransaction
from core.secret import Secret
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.recovery import code_hash, new_recovery_codes


async def give_recovery_codes(tx: TenantTransaction, user_id: int) -> list[Secret]:
    """Answer them, this once."""
    codes = new_recovery_codes()
    await repository.replace_recovery_codes(tx, user_id, [code_hash(tx.tenant_id, user_id, code) for code in codes])
    return codes
