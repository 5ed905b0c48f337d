"""How one's own second factor stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import Database
from core.principal import Principal
from orchestrator_service.auth.totp import repository


@dataclass(frozen=True, slots=True)
class TotpState:
    """`active_since` is None where there is none in use; `required` is the company's wish."""

    active_since: datetime | None
    codes_left: int
    required: bool


async def read_state(database: Database, principal: Principal) -> TotpState:
    """The caller's own."""
    async with database.tenant(principal.tenant_id) as tx:
        stored = await repository.find_totp(tx, principal.user_id)
        required = await repository.is_required(tx)
    return TotpState(stored.confirmed_at if stored else None, stored.codes_left if stored else 0, required)
