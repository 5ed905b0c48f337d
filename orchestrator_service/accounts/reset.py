"""A new password by a link: every session and socket ends, no other link counts, and the person is told."""

from __future__ import annotations

from core.outbox import emit
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.accounts import repository
from orchestrator_service.accounts.look_up import look_up
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.link_tokens import LinkInvalid
from orchestrator_service.auth.password_rules import check_password
from orchestrator_service.auth.set_password import set_password
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify


async def reset(door: AccessDoor, token: Secret, password: Secret, *, address: str) -> None:
    """Use the link up. Raises LinkInvalid; WeakPassword, after which it still works; Unavailable."""
    link, target = await look_up(door, token, "reset", address=address)
    check_password(password, personal=(target.email, target.name, target.company))
    password_hash = await door.passwords.hash(password)
    now = door.clock()
    async with door.database.tenant(link.tenant_id) as tx:
        used = await repository.use_token(tx, link, now)
        if used is None or used.user_id is None or not await set_password(tx, used.user_id, password_hash):
            raise LinkInvalid
        await repository.void_of_user(tx, used.user_id, now)
        detail = {"link_by": used.origin, "link_by_user": used.created_by}
        await record_event(
            tx,
            "auth.password_reset",
            severity="warning",
            user_id=used.user_id,
            subject=f"user:{used.user_id}",
            address=address,
            detail=detail,
        )
        about = {"id": used.user_id, "status": "active"}
        await emit(tx, "USER_UPDATED", about, owner_user_id=None, audience="accounts")
        told = NotificationData(link_by=used.origin, by_user_id=used.created_by, link_at=used.created_at)
        await notify(tx, Notice("password_reset", data=told), owners=(used.user_id,))
