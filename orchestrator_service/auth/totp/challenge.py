"""The first step of a login with a second factor: the password was right, a code is awaited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from core.database import TenantTransaction
from core.principal import UserId
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.challenge_tokens import LIFETIME, ChallengeClaims


@dataclass(frozen=True, slots=True)
class Challenged:
    """No session yet: the token to answer with a code, and how long it can be answered."""

    token: Secret
    lifetime: timedelta


async def challenge(door: AccessDoor, tx: TenantTransaction, user_id: int, *, address: str) -> Challenged | None:
    """What a login answers after the right password of an account with a second factor; None where it has none."""
    if not await repository.is_active(tx, user_id):
        return None
    now = door.clock()
    claims = ChallengeClaims(tx.tenant_id, UserId(user_id), uuid4())
    await repository.create_challenge(tx, claims.challenge_id, user_id, now=now, expires_at=now + LIFETIME)
    await record_event(tx, "auth.code_asked", user_id=user_id, subject=f"user:{user_id}", address=address)
    return Challenged(door.challenges.issue(claims, now=now), LIFETIME)
