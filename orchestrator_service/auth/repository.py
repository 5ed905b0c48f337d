"""Typed access to users and sessions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from core.database import TenantTransaction
from core.principal import Role, UserId
from core.statements import sibling_statements
from orchestrator_service.auth.models import (
    Account,
    LiveSession,
    NewUser,
    OwnPassword,
    Profile,
    Session,
    User,
    UserStatus,
)
from orchestrator_service.auth.tokens import SessionClaims

SQL = sibling_statements(__file__)
MOST_SESSIONS = 100


async def find_account(tx: TenantTransaction, email: str) -> Account | None:
    """The account with that e-mail in this company."""
    return await tx.one(SQL["find_account"], Account, email=email)


async def hold_account(tx: TenantTransaction, account: Account) -> bool:
    """Hold a password that was right until the transaction ends; False where it is another one by now."""
    held = await tx.value(SQL["hold_account"], int, user_id=account.id, password_hash=account.password_hash)
    return held is not None


async def find_own_password(tx: TenantTransaction, user_id: int) -> OwnPassword | None:
    """What the password of somebody logged in is compared with."""
    return await tx.one(SQL["find_own_password"], OwnPassword, user_id=user_id)


async def tenant_active(tx: TenantTransaction) -> bool:
    """Whether the company exists and may work."""
    return await tx.value(SQL["tenant_active"], bool) or False


async def create_user(tx: TenantTransaction, user: NewUser) -> UserId:
    """Store an account. Raises ConstraintViolated where the company has that e-mail already."""
    user_id = await tx.value(SQL["create_user"], int, **asdict(user))
    assert user_id is not None, "an insert without conflict answers its id"
    return UserId(user_id)


async def update_password_hash(tx: TenantTransaction, user_id: int, *, old_hash: str, password_hash: str) -> None:
    """Replace a hash by one of the same password; nothing where the password was changed meanwhile."""
    await tx.run(SQL["update_password_hash"], user_id=user_id, old_hash=old_hash, password_hash=password_hash)


async def create_session(
    tx: TenantTransaction,
    session_id: UUID,
    user_id: int,
    *,
    now: datetime,
    expires_at: datetime,
    address: str | None,
    user_agent: str | None,
) -> None:
    """Store a login."""
    await tx.run(
        SQL["create_session"],
        session_id=session_id,
        user_id=user_id,
        now=now,
        expires_at=expires_at,
        address=address,
        user_agent=user_agent,
    )


async def live_session(
    tx: TenantTransaction, claims: SessionClaims, now: datetime, *, in_steps: bool = False
) -> LiveSession | None:
    """Whose session it is; None where session, user or company does not count at `now`.

    `in_steps` is for a database that lacks the function; it needs a transaction of the tenant.
    """
    statement = SQL["live_session_in_steps" if in_steps else "live_session"]
    return await tx.one(statement, LiveSession, session_id=claims.session_id, user_id=claims.user_id, now=now)


async def list_sessions(tx: TenantTransaction, user_id: int, now: datetime) -> list[Session]:
    """A user's living sessions, newest first, a hundred at most."""
    return await tx.all(SQL["list_sessions"], Session, user_id=user_id, now=now, most=MOST_SESSIONS)


async def revoke_session(tx: TenantTransaction, session_id: UUID, user_id: int, now: datetime) -> bool:
    """End one session; False where the user has no such living one."""
    return await tx.run(SQL["revoke_session"], session_id=session_id, user_id=user_id, now=now) > 0


async def revoke_sessions_of_user(tx: TenantTransaction, user_id: int) -> int:
    """End all sessions of a user, and the logins that wait for a code; answers how many sessions."""
    return await tx.run(SQL["revoke_sessions_of_user"], user_id=user_id)


async def revoke_sessions_of_company(tx: TenantTransaction) -> None:
    """End every session of the company, and the logins that wait for a code."""
    await tx.run(SQL["revoke_sessions_of_company"])


async def find_profile(tx: TenantTransaction, user_id: int) -> Profile | None:
    """Who is logged in, and in which company."""
    return await tx.one(SQL["find_profile"], Profile, user_id=user_id)


async def list_users(tx: TenantTransaction, *, status: UserStatus | None, before_id: int, most: int) -> list[User]:
    """At most `most` accounts below `before_id`, newest first."""
    return await tx.all(SQL["list_users"], User, status=status, before_id=before_id, most=most)


async def find_user(tx: TenantTransaction, user_id: int) -> User | None:
    """One account of the company, locked until the transaction ends."""
    return await tx.one(SQL["find_user"], User, user_id=user_id)


@dataclass(frozen=True, slots=True)
class _Standing:
    id: int
    role: Role
    status: UserStatus


async def lock_accounts(tx: TenantTransaction, *, caller: int, other: int) -> Role | None:
    """Lock both until the transaction ends; the caller's role by now, None where they may not come in any more."""
    held = await tx.all(SQL["lock_accounts"], _Standing, user_ids=[caller, other])
    return next((each.role for each in held if each.id == caller and each.status == "active"), None)


async def set_user_status(tx: TenantTransaction, user_id: int, status: UserStatus) -> None:
    """Let an account in, or shut it out."""
    await tx.run(SQL["set_user_status"], user_id=user_id, status=status)


async def hold_user(tx: TenantTransaction, user_id: int) -> None:
    """Make an account wait again, as if it had never been let in."""
    await tx.run(SQL["hold_user"], user_id=user_id)


async def set_user_role(tx: TenantTransaction, user_id: int, role: Role) -> None:
    """Give an account another role."""
    await tx.run(SQL["set_user_role"], user_id=user_id, role=role)
