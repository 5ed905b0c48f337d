"""The second step of a login: a code for the challenge. A challenge is answered once; five wrong codes void it."""

from __future__ import annotations

from typing import Final

from core.contracts import AccountNotice
from core.database import TenantTransaction
from core.errors import NexusError, TooManyRequests
from core.jobs import defer
from core.secret import Secret
from core.system_events import NO_TENANT, log_security_event
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.login import LoggedInAs, Visitor, open_session
from orchestrator_service.auth.totp import repository
from orchestrator_service.auth.totp.challenge_tokens import ChallengeClaims
from orchestrator_service.auth.totp.errors import ChallengeInvalid, WrongCode
from orchestrator_service.auth.totp.prove import limit_codes, prove

MOST_WRONG_CODES: Final = 5


async def login_code(door: AccessDoor, token: Secret, code: Secret, visitor: Visitor) -> LoggedInAs:
    """Open a session for who has the right code: the app's, or a recovery code.

    Raises ChallengeInvalid, WrongCode; TooManyRequests after ten tries of an account in fifteen minutes or fifty a day.
    """
    claims = await _claims(door, token, visitor)
    await _throttle(door, claims, visitor)
    subject = f"user:{claims.user_id}"
    async with door.alarm.vault(claims.tenant_id, subject), door.database.tenant(claims.tenant_id) as tx:
        answer = await _judge(door, tx, claims, code, visitor)
    if isinstance(answer, LoggedInAs):
        return answer
    await log_security_event(
        door.database,
        "auth.code_refused",
        tenant_id=claims.tenant_id,
        user_id=claims.user_id,
        subject=subject,
        address=visitor.address,
        detail={"reason": answer.code},
    )
    raise answer


async def _judge(
    door: AccessDoor, tx: TenantTransaction, claims: ChallengeClaims, code: Secret, visitor: Visitor
) -> LoggedInAs | NexusError:
    """The refusal is an answer, not a raise: the count of wrong codes must be committed."""
    held = await repository.hold_account(tx, claims.user_id)
    if not held or not await repository.lock_challenge(tx, claims.challenge_id, claims.user_id, door.clock()):
        return ChallengeInvalid()
    proof = await prove(door, tx, claims.user_id, code, address=visitor.address)
    if proof is not None:
        await repository.delete_challenge(tx, claims.challenge_id)
        return await open_session(door, tx, claims.user_id, visitor, second_factor=proof)
    if await repository.count_wrong_code(tx, claims.challenge_id) < MOST_WRONG_CODES:
        return WrongCode()
    await repository.delete_challenge(tx, claims.challenge_id)
    await defer(tx, AccountNotice(claims.tenant_id, claims.user_id, "codes_refused"))
    return ChallengeInvalid()


async def _claims(door: AccessDoor, token: Secret, visitor: Visitor) -> ChallengeClaims:
    try:
        return door.challenges.read(token, now=door.clock())
    except ChallengeInvalid:
        address = visitor.address
        await door.alarm.ring("auth.challenge_refused", cause=address, tenant_id=NO_TENANT, address=address)
        raise


async def _throttle(door: AccessDoor, claims: ChallengeClaims, visitor: Visitor) -> None:
    try:
        await limit_codes(door, claims.tenant_id, claims.user_id)
    except TooManyRequests:
        cause = f"{claims.tenant_id}:{claims.user_id}"
        await door.alarm.ring(
            "auth.codes_throttled",
            cause=cause,
            tenant_id=claims.tenant_id,
            user_id=claims.user_id,
            address=visitor.address,
        )
        raise
