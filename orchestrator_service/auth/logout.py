"""Logout and the end of a session from the list: the row is revoked, so the cookie is worth nothing at once."""

from __future__ import annotations

from uuid import UUID

from core.clock import Clock
from core.database import Database, TenantTransaction
from core.errors import NotFound
from core.principal import Principal
from orchestrator_service.auth import repository


async def logout(database: Database, principal: Principal, clock: Clock) -> None:
    """End the session that the request came with."""
    if principal.session_id is None:
        return
    async with database.tenant(principal.tenant_id) as tx:
        await repository.revoke_session(tx, principal.session_id, principal.user_id, clock())


async def end_company_sessions(tx: TenantTransaction) -> None:
    """Log everybody of the company out: where it is suspended, nothing of before counts once it works again."""
    await repository.revoke_sessions_of_company(tx)


async def end_session(database: Database, principal: Principal, session_id: UUID, clock: Clock) -> None:
    """End one of the caller's own sessions. Raises NotFound for anybody else's."""
    async with database.tenant(principal.tenant_id) as tx:
        if not await repository.revoke_session(tx, session_id, principal.user_id, clock()):
            raise NotFound
