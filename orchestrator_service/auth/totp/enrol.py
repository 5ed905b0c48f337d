"""Setting a second factor up: a secret, shown this once, that counts from its first right code on."""

from __future__ import annotations

from dataclasses import dataclass

from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.reauthenticate import reauthenticate
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.codes import new_secret, otpauth_uri
from orchestrator_service.auth.totp.errors import TotpActive


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The secret for the app: as the text of a QR code, and to copy by hand."""

    uri: Secret
    secret: Secret


async def enrol(door: AccessDoor, principal: Principal, password: Secret, *, address: str) -> Enrolment:
    """Make a secret that waits for its first code, in the place of one that waits already.

    Raises WrongPassword, TooManyRequests; TotpActive where one is in use.
    """
    email = await reauthenticate(door, principal, password, address=address)
    secret, user_id = new_secret(), principal.user_id
    async with door.database.tenant(principal.tenant_id) as tx:
        if not await repository.start_totp(tx, door.keyring, user_id, secret):
            raise TotpActive
        await record_event(tx, "auth.totp_started", user_id=user_id, subject=f"user:{user_id}", address=address)
    return Enrolment(otpauth_uri(secret, email), secret)
