"""Another password ends what the old one opened, sessions and logins half done (PRODUCT §5.1), on one transaction."""

from __future__ import annotations

from uuid import UUID

from core.database import TenantTransaction
from orchestrator_service.auth.repository import SQL


async def set_password(
    tx: TenantTransaction, user_id: int, password_hash: str, *, keep: UUID | None = None, instead_of: str | None = None
) -> bool:
    """Give an active account another password; all sessions but `keep` end, and logins that wait for a code.

    False, and nothing changed, where the account is not active, or `instead_of` is not its hash any more.
    """
    changed = await tx.run(SQL["set_password"], user_id=user_id, password_hash=password_hash, instead_of=instead_of)
    if changed:
        await tx.run(SQL["revoke_other_sessions"], user_id=user_id, kept=keep)
    return changed > 0
