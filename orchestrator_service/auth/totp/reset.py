"""Taking the second factor off an account whose owner lost phone and codes: by a ceo, or by the operator."""

from __future__ import annotations

from core.contracts import AccountNotice
from core.database import TenantTransaction
from core.jobs import defer
from core.json_types import JsonObject
from core.system_events import record_event
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.announce import announce


async def reset_totp(tx: TenantTransaction, user_id: int, *, by: int | None, detail: JsonObject | None = None) -> bool:
    """Forget it, end every session of the account, and tell its owner; False, and nothing, where there is none.

    `by` is the ceo; None is the operator.
    """
    await repository.lock_account(tx, user_id)
    if not await repository.delete_totp(tx, user_id):
        return False
    await repository.end_other_sessions(tx, user_id, kept=None)
    await record_event(tx, "auth.totp_reset", severity="warning", user_id=by, subject=f"user:{user_id}", detail=detail)
    await announce(tx, user_id)
    await defer(tx, AccountNotice(tx.tenant_id, user_id, "totp_reset"))
    return True
