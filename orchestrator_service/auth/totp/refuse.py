"""A wrong code of somebody logged in is written down, as at the login."""

from __future__ import annotations

from typing import NoReturn

from core.principal import Principal
from core.system_events import log_security_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.totp.errors import WrongCode


async def refuse_code(door: AccessDoor, principal: Principal, address: str) -> NoReturn:
    """Raises WrongCode. Call it outside the transaction, which may be rolled back."""
    await log_security_event(
        door.database,
        "auth.code_refused",
        tenant_id=principal.tenant_id,
        user_id=principal.user_id,
        subject=f"user:{principal.user_id}",
        address=address,
        detail={"reason": WrongCode.code},
    )
    raise WrongCode
