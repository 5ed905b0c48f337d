"""Whether a company wants a second factor of everybody: its ceo's decision."""

from __future__ import annotations

from core.database import TenantTransaction
from core.outbox import emit
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.auth.totp import repository


async def read_requirement(tx: TenantTransaction) -> bool:
    """Whether it does."""
    return await repository.is_required(tx)


async def require_totp(tx: TenantTransaction, principal: Principal, *, required: bool) -> None:
    """From the commit on, an account without one may only set one up. Its sockets hear why before they end."""
    if await repository.set_required(tx, required=required):
        await record_event(
            tx,
            "company.totp_required",
            severity="warning",
            user_id=principal.user_id,
            subject="company",
            detail={"required": required},
        )
        await emit(tx, "COMPANY_UPDATED", {"require_totp": required}, owner_user_id=None, audience="everyone")
