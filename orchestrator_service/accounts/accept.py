"""Accepting an invitation: the account is made, active, with a password of its owner's own choice."""

from __future__ import annotations

from core.database import TenantTransaction
from core.outbox import emit
from core.principal import UserId
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.accounts import repository
from orchestrator_service.accounts.look_up import look_up
from orchestrator_service.agenda.enter_seller import seat_seller
from orchestrator_service.auth.create_user import create_user
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.link_tokens import LinkInvalid
from orchestrator_service.auth.models import NewUser
from orchestrator_service.auth.password_rules import check_password


async def accept(door: AccessDoor, token: Secret, password: Secret, *, address: str) -> None:
    """Use the link up and let its holder in.

    Raises LinkInvalid; WeakPassword, after which the link still works; EmailTaken where another company has that e-mail
    (told to the link's holder alone); Unavailable where too many people hash.
    """
    link, target = await look_up(door, token, "invitation", address=address)
    check_password(password, personal=(target.email, target.name, target.company))
    password_hash = await door.passwords.hash(password)
    now = door.clock()
    async with door.database.tenant(link.tenant_id) as tx:
        used = await repository.use_token(tx, link, now)
        if used is None or used.invitation_id is None:
            raise LinkInvalid
        invited = await repository.accept_invitation(tx, used.invitation_id, now)
        if invited is None:
            raise LinkInvalid
        waiting = await repository.let_in_waiting(tx, invited, password_hash, now)
        user_id = UserId(waiting) if waiting is not None else await _create(tx, door, invited, password_hash)
        await repository.name_account(tx, used.invitation_id, user_id)
        await seat_seller(tx, user_id)
        detail = {"invitation": used.invitation_id, "role": invited.role}
        await record_event(
            tx, "invitations.accepted", user_id=user_id, subject=f"user:{user_id}", address=address, detail=detail
        )
        about = {"id": int(user_id), "status": "active"}
        await emit(tx, "USER_UPDATED", about, owner_user_id=None, audience="accounts")


async def _create(tx: TenantTransaction, door: AccessDoor, invited: repository.Invited, password_hash: str) -> UserId:
    user = NewUser(invited.email, invited.name, invited.role, "active", password_hash)
    return await create_user(tx, door.directory, user)
