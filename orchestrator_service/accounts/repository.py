"""Typed access to invitations and links."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from core.database import TenantTransaction
from core.principal import Role
from core.statements import sibling_statements
from orchestrator_service.accounts.models import DueMail, Invitation, LinkTarget, NewInvitation, Origin, UsedLink
from orchestrator_service.auth.link_tokens import Link

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an accepted invitation was for."""

    email: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class OwnPassword:
    """What changing one's own password needs to know."""

    email: str
    name: str
    password_hash: str = field(repr=False)


async def has_account(tx: TenantTransaction, email: str) -> bool:
    """Whether the e-mail is known in this company."""
    return await tx.value(SQL["has_account"], bool, email=email) or False


async def add_invitation(tx: TenantTransaction, wanted: NewInvitation, invited_by: int, now: datetime) -> int:
    """Store an invitation. Raises ConstraintViolated where one is open for that e-mail."""
    made = await tx.value(SQL["add_invitation"], int, **asdict(wanted), invited_by=invited_by, now=now)
    assert made is not None, "an insert without conflict answers its id"
    return made


async def lock_invitation(tx: TenantTransaction, invitation_id: int) -> bool:
    """Hold an open invitation until the transaction ends; False where there is none."""
    return await tx.value(SQL["lock_invitation"], int, invitation_id=invitation_id) is not None


async def list_invitations(tx: TenantTransaction, *, before_id: int, most: int) -> list[Invitation]:
    """At most `most` open invitations below `before_id`, newest first."""
    return await tx.all(SQL["list_invitations"], Invitation, before_id=before_id, most=most, only=None)


async def find_invitation(tx: TenantTransaction, invitation_id: int) -> Invitation | None:
    """One open invitation."""
    return await tx.one(SQL["list_invitations"], Invitation, before_id=invitation_id + 1, most=1, only=invitation_id)


async def revoke_invitation(tx: TenantTransaction, invitation_id: int, now: datetime) -> bool:
    """Take an open invitation back; False where there is none."""
    await tx.run(SQL["void_of_invitation"], invitation_id=invitation_id, now=now)
    return await tx.run(SQL["revoke_invitation"], invitation_id=invitation_id, now=now) > 0


async def accept_invitation(tx: TenantTransaction, invitation_id: int, now: datetime) -> Invited | None:
    """Whom it was for; None where it is open no more."""
    return await tx.one(SQL["accept_invitation"], Invited, invitation_id=invitation_id, now=now)


async def name_account(tx: TenantTransaction, invitation_id: int, user_id: int) -> None:
    """Remember which account the invitation became."""
    await tx.run(SQL["name_account"], invitation_id=invitation_id, user_id=user_id)


async def let_in_waiting(tx: TenantTransaction, invited: Invited, password_hash: str, now: datetime) -> int | None:
    """Activate the account with which the invited asked to join meanwhile; None where there is none."""
    return await tx.value(SQL["let_in_waiting"], int, **asdict(invited), password_hash=password_hash, now=now)


async def add_invitation_token(
    tx: TenantTransaction,
    link: Link,
    *,
    invitation_id: int,
    created_by: int,
    now: datetime,
    expires_at: datetime,
    sealed: str | None,
) -> int:
    """Store a link of an invitation, voiding those before it. The invitation is to be locked, or new."""
    await tx.run(SQL["void_of_invitation"], invitation_id=invitation_id, now=now)
    made = await tx.value(
        SQL["add_invitation_token"],
        int,
        jti=link.jti,
        invitation_id=invitation_id,
        created_by=created_by,
        now=now,
        expires_at=expires_at,
        sealed=sealed,
    )
    assert made is not None, "an insert without conflict answers its id"
    return made


async def add_reset_token(
    tx: TenantTransaction,
    link: Link,
    *,
    user_id: int,
    origin: Origin,
    created_by: int | None,
    now: datetime,
    expires_at: datetime,
    sealed: str | None,
) -> int | None:
    """Store a link to a new password; None where the account may not come in, or there is none."""
    return await tx.value(
        SQL["add_reset_token"],
        int,
        jti=link.jti,
        user_id=user_id,
        origin=origin,
        created_by=created_by,
        now=now,
        expires_at=expires_at,
        sealed=sealed,
    )


async def note_forgotten(tx: TenantTransaction, user_id: int, now: datetime) -> int | None:
    """Remember that somebody waits for a link; None where the account may not come in, or there is none."""
    return await tx.value(SQL["note_forgotten"], int, user_id=user_id, now=now)


async def forget_request(tx: TenantTransaction, user_id: int) -> bool:
    """Nobody waits for that link any more; False where nobody did."""
    return await tx.run(SQL["forget_request"], user_id=user_id) > 0


async def still_asked(tx: TenantTransaction, user_id: int) -> bool:
    """Whether that person still waits for a link."""
    return await tx.value(SQL["still_asked"], bool, user_id=user_id) or False


async def status_of_user(tx: TenantTransaction, user_id: int) -> str | None:
    """How an account of the company stands, locked; None where there is none."""
    return await tx.value(SQL["status_of_user"], str, user_id=user_id)


async def void_of_user(tx: TenantTransaction, user_id: int, now: datetime) -> None:
    """No link of that person counts any more."""
    await tx.run(SQL["void_of_user"], user_id=user_id, now=now)


async def use_token(tx: TenantTransaction, link: Link, now: datetime) -> UsedLink | None:
    """Use a link up, at the commit of `tx`; None where it does not count any more."""
    return await tx.one(SQL["use_token"], UsedLink, jti=link.jti, purpose=link.purpose, now=now)


async def find_target(tx: TenantTransaction, link: Link, now: datetime) -> LinkTarget | None:
    """Whom a link is for; None where it does not count any more."""
    return await tx.one(SQL["find_target"], LinkTarget, jti=link.jti, purpose=link.purpose, now=now)


async def due_mail(tx: TenantTransaction, token_id: int, now: datetime) -> DueMail | None:
    """The mail of that link; None where it was sent, or has no point any more."""
    return await tx.one(SQL["due_mail"], DueMail, token_id=token_id, now=now)


async def settle_mail(tx: TenantTransaction, token_id: int, outcome: Literal["sent", "refused"]) -> None:
    """Note what became of a mail, and forget its token."""
    await tx.run(SQL["settle_mail"], token_id=token_id, outcome=outcome)


async def password_of(tx: TenantTransaction, user_id: int) -> OwnPassword | None:
    """The caller's own hash; None where the account is not active."""
    return await tx.one(SQL["password_of"], OwnPassword, user_id=user_id)
