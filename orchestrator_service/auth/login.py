"""Login (seed §5, PRODUCT §5.3): a stranger learns nothing from it, neither from the answer nor from its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import uuid4

from core.database import TenantTransaction
from core.errors import Forbidden, Unauthorized
from core.principal import TenantId, UserId
from core.secret import Secret
from core.system_events import NO_TENANT, log_security_event, record_event
from orchestrator_service.auth import repository
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.models import Account
from orchestrator_service.auth.tokens import SessionClaims
from orchestrator_service.auth.totp.challenge import Challenged, challenge

LIFETIME: Final = timedelta(days=7)
LONGEST_AGENT: Final = 300


class BadCredentials(Unauthorized):
    """Unknown e-mail, wrong password, suspended company: which of them is not told."""

    code = "bad_credentials"
    title = "Bad Credentials"

    def __init__(self) -> None:
        super().__init__("e-mail or password is wrong")


class AccountPending(Forbidden):
    """Told only after the right password."""

    code = "account_pending"
    title = "Account Pending"


class AccountSuspended(Forbidden):
    """Told only after the right password."""

    code = "account_suspended"
    title = "Account Suspended"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a login comes from, for the list of sessions and the audit log. `device` is its cookie, if it has one."""

    address: str
    user_agent: str | None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedInAs:
    """The new session's token (for the cookie alone) and how long it lives."""

    token: Secret
    lifetime: timedelta


async def login(door: AccessDoor, email: str, password: Secret, visitor: Visitor) -> LoggedInAs | Challenged:
    """Open a session for the account behind an e-mail in lower case; with a second factor, ask for a code first.

    After ten wrong passwords for one account in fifteen minutes, whether it exists or not, the answer comes later
    (`throttle.py`). Raises TooManyRequests where too many wait for theirs; BadCredentials; AccountPending or
    AccountSuspended after the right password; Unavailable where too many people log in.
    """
    device = door.device.known(visitor.device, email, now=door.clock())
    if seconds := await door.throttle.delay(email, device):
        await _tell_throttled(door, email, visitor)
        await door.throttle.hold(email, visitor.address, seconds)
    entry = await door.directory.find(door.database, "email", email)
    # A stranger's e-mail costs the same statements as a known one: they just find nothing.
    tenant_id = entry.tenant_id if entry else NO_TENANT
    async with door.database.tenant(tenant_id) as tx:
        account = await repository.find_account(tx, email)
    stored = account.password_hash if account and account.tenant_active else None
    right = await door.passwords.verify_or_burn(stored, password)
    if account is None or not right:
        await door.throttle.failed(email, device)
        await _refuse(door, tenant_id, account, visitor, "wrong_credentials")
        raise BadCredentials
    if account.status != "active":
        await _refuse(door, tenant_id, account, visitor, f"account_{account.status}")
        raise AccountPending if account.status == "pending" else AccountSuspended
    rehashed = await door.passwords.hash(password) if door.passwords.needs_rehash(account.password_hash) else None
    async with door.database.tenant(tenant_id) as tx:
        if not await repository.hold_account(tx, account):
            raise BadCredentials
        if rehashed is not None:
            await repository.update_password_hash(
                tx, account.id, old_hash=account.password_hash, password_hash=rehashed
            )
        asked = await challenge(door, tx, account.id, address=visitor.address)
        return asked or await open_session(door, tx, account.id, visitor)


async def open_session(
    door: AccessDoor, tx: TenantTransaction, user_id: int, visitor: Visitor, *, second_factor: str | None = None
) -> LoggedInAs:
    """Store a session and write the login down. Everything that has to be proved was proved before."""
    now = door.clock()
    claims = SessionClaims(TenantId(tx.tenant_id), UserId(user_id), uuid4())
    await repository.create_session(
        tx,
        claims.session_id,
        user_id,
        now=now,
        expires_at=now + LIFETIME,
        address=visitor.address,
        user_agent=visitor.user_agent[:LONGEST_AGENT] if visitor.user_agent else None,
    )
    await record_event(
        tx,
        "auth.login",
        user_id=user_id,
        subject=f"session:{claims.session_id}",
        address=visitor.address,
        detail={"second_factor": second_factor} if second_factor else None,
    )
    return LoggedInAs(Secret(door.tokens.issue(claims, now=now, lifetime=LIFETIME)), LIFETIME)


async def _refuse(door: AccessDoor, tenant_id: int, account: Account | None, visitor: Visitor, reason: str) -> None:
    await log_security_event(
        door.database,
        "auth.login_refused",
        tenant_id=tenant_id,
        user_id=account.id if account else None,
        address=visitor.address,
        detail={"reason": reason},
    )


async def _tell_throttled(door: AccessDoor, email: str, visitor: Visitor) -> None:
    entry = await door.directory.find(door.database, "email", email)
    tenant_id = entry.tenant_id if entry else NO_TENANT
    await door.alarm.ring("auth.login_throttled", cause=email, tenant_id=tenant_id, address=visitor.address)
