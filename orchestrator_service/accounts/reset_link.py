"""A link to a new password, made by the ceo or, for a ceo who lost theirs, by the operator (PRODUCT §5.3)."""

from __future__ import annotations

from datetime import datetime

from core.contracts import SendLink
from core.database import TenantTransaction
from core.errors import NotFound
from core.jobs import defer
from core.outbox import emit
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.accounts import repository
from orchestrator_service.accounts.issue import LinkMaker, NotActive, address_of, make_link
from orchestrator_service.accounts.models import Issued
from orchestrator_service.auth.govern import OwnAccount


async def make_reset_link(
    tx: TenantTransaction, maker: LinkMaker, user_id: int, now: datetime, *, by: Principal | None
) -> Issued:
    """A link for a member of the company; those before it lead nowhere any more. `by` None is the operator.

    Raises NotFound, OwnAccount, NotActive.
    """
    status = await repository.status_of_user(tx, user_id)
    if status is None:
        raise NotFound
    if by is not None and user_id == by.user_id:
        raise OwnAccount
    await repository.void_of_user(tx, user_id, now)
    made = make_link(maker, tx.tenant_id, "reset", now)
    token_id = await repository.add_reset_token(
        tx,
        made.link,
        user_id=user_id,
        origin="ceo" if by else "operator",
        created_by=by.user_id if by else None,
        now=now,
        expires_at=made.expires_at,
        sealed=made.sealed,
    )
    if token_id is None:
        raise NotActive
    await repository.forget_request(tx, user_id)
    detail = {"by": "mail" if made.sealed else "shown link", "from": "ceo" if by else "operator"}
    await record_event(
        tx, "users.reset_link", user_id=by.user_id if by else None, subject=f"user:{user_id}", detail=detail
    )
    await emit(tx, "USER_UPDATED", {"id": user_id, "status": status}, owner_user_id=None, audience="accounts")
    if made.sealed is None:
        return Issued(address_of(maker.public_url, "reset", made.token), made.expires_at)
    await defer(tx, SendLink(tx.tenant_id, token_id))
    return Issued(None, made.expires_at)


async def dismiss_request(tx: TenantTransaction, principal: Principal, user_id: int) -> None:
    """The ceo knows that it was not that person who asked. Raises NotFound where nobody did."""
    if not await repository.forget_request(tx, user_id):
        raise NotFound
    await record_event(tx, "users.reset_dismissed", user_id=principal.user_id, subject=f"user:{user_id}")
    await emit(tx, "USER_UPDATED", {"id": user_id, "status": "active"}, owner_user_id=None, audience="accounts")
