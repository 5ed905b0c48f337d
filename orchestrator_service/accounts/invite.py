"""Invitations by the ceo: the activation of an account, given in advance (PRODUCT §5.5).

Nothing is looked up beyond the own company and no account is made until somebody accepts: so an invitation tells its
ceo nothing about who is known elsewhere, and keeps nobody's e-mail from being used there (ADR 0012).
"""

from __future__ import annotations

from datetime import datetime

from core.contracts import SendLink
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import Conflict, NotFound
from core.jobs import defer
from core.outbox import emit
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.accounts import repository
from orchestrator_service.accounts.issue import LinkMaker, address_of, make_link
from orchestrator_service.accounts.models import Invitation, Issued, NewInvitation
from orchestrator_service.auth.create_user import EmailTaken


class AlreadyInvited(Conflict):
    """One open invitation an e-mail: it can be sent again."""

    code = "already_invited"
    title = "Already Invited"

    def __init__(self) -> None:
        super().__init__("that e-mail is invited already; send the invitation again instead")


async def invite(
    tx: TenantTransaction, maker: LinkMaker, principal: Principal, wanted: NewInvitation, now: datetime
) -> tuple[Invitation, Issued]:
    """Invite somebody. Raises EmailTaken where the own company knows the e-mail, AlreadyInvited."""
    if await repository.has_account(tx, wanted.email):
        raise EmailTaken
    try:
        invitation_id = await repository.add_invitation(tx, wanted, principal.user_id, now)
    except ConstraintViolated as error:
        raise AlreadyInvited from error
    issued = await _issue(tx, maker, principal, invitation_id, now)
    return await _told(tx, principal, "invitations.created", invitation_id), issued


async def resend(
    tx: TenantTransaction, maker: LinkMaker, principal: Principal, invitation_id: int, now: datetime
) -> tuple[Invitation, Issued]:
    """Make a new link; the one before leads nowhere from then on. Raises NotFound."""
    if not await repository.lock_invitation(tx, invitation_id):
        raise NotFound
    issued = await _issue(tx, maker, principal, invitation_id, now)
    return await _told(tx, principal, "invitations.resent", invitation_id), issued


async def revoke(tx: TenantTransaction, principal: Principal, invitation_id: int, now: datetime) -> None:
    """Take an invitation back: its link leads nowhere. Raises NotFound."""
    if not await repository.revoke_invitation(tx, invitation_id, now):
        raise NotFound
    await record_event(tx, "invitations.revoked", user_id=principal.user_id, subject=f"invitation:{invitation_id}")
    await _announce(tx, invitation_id)


async def list_invitations(tx: TenantTransaction, *, before_id: int, most: int) -> list[Invitation]:
    """At most `most` open invitations below `before_id`, newest first."""
    return await repository.list_invitations(tx, before_id=before_id, most=most)


async def _issue(
    tx: TenantTransaction, maker: LinkMaker, principal: Principal, invitation_id: int, now: datetime
) -> Issued:
    made = make_link(maker, tx.tenant_id, "invitation", now)
    token_id = await repository.add_invitation_token(
        tx,
        made.link,
        invitation_id=invitation_id,
        created_by=principal.user_id,
        now=now,
        expires_at=made.expires_at,
        sealed=made.sealed,
    )
    if made.sealed is None:
        return Issued(address_of(maker.public_url, "invitation", made.token), made.expires_at)
    await defer(tx, SendLink(tx.tenant_id, token_id))
    return Issued(None, made.expires_at)


async def _told(tx: TenantTransaction, principal: Principal, action: str, invitation_id: int) -> Invitation:
    found = await repository.find_invitation(tx, invitation_id)
    assert found is not None, "it was stored or locked on this transaction"
    detail = {"role": found.role, "by": "mail" if found.mail else "shown link"}
    await record_event(tx, action, user_id=principal.user_id, subject=f"invitation:{invitation_id}", detail=detail)
    await _announce(tx, invitation_id)
    return found


async def _announce(tx: TenantTransaction, invitation_id: int) -> None:
    await emit(tx, "USER_UPDATED", {"invitation": invitation_id}, owner_user_id=None, audience="accounts")
