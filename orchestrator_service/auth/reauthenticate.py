"""The password again, from somebody who is logged in: before what a browser left open must not be enough for."""

from __future__ import annotations

from typing import Final

from core.errors import Forbidden
from core.principal import Principal
from core.secret import Secret
from core.system_events import log_security_event
from orchestrator_service.auth import repository
from orchestrator_service.auth.door import AccessDoor

LIMIT: Final = "10 per 15 minutes"


class WrongPassword(Forbidden):
    """Not 401: the session counts on."""

    code = "wrong_password"
    title = "Wrong Password"


async def reauthenticate(door: AccessDoor, principal: Principal, password: Secret, *, address: str) -> str:
    """The caller's e-mail, where the password is theirs. Raises WrongPassword; TooManyRequests after ten tries."""
    await door.limiter.check(LIMIT, scope="auth.password", key=f"{principal.tenant_id}:{principal.user_id}")
    async with door.database.tenant(principal.tenant_id) as tx:
        own = await repository.find_own_password(tx, principal.user_id)
    if await door.passwords.verify_or_burn(own.password_hash if own else None, password) and own is not None:
        return own.email
    await log_security_event(
        door.database,
        "auth.password_refused",
        tenant_id=principal.tenant_id,
        user_id=principal.user_id,
        subject=f"user:{principal.user_id}",
        address=address,
    )
    raise WrongPassword
