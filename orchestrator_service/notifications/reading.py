"""One's own bell: what was told, how much of it is new, and what one has looked at."""

from __future__ import annotations

from collections.abc import Sequence

from core.database import TenantTransaction
from core.outbox import emit
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, Scope, scope_for
from orchestrator_service.notifications import repository
from orchestrator_service.notifications.models import Kind, Notification, Summary

NOTHING = Summary(unread=0, person_needed=0)


async def list_notifications(
    tx: TenantTransaction, principal: Principal, *, unread: bool, before_id: int, most: int
) -> list[Notification]:
    """At most `most` of the caller's own below `before_id`, newest first; none while the table is missing."""
    scope = scope_for(principal, Permission.LEADS_READ)

    async def query() -> list[Notification]:
        return await repository.list_notifications(
            tx,
            principal.user_id,
            owner=None if scope is Scope.TENANT else principal.user_id,
            unassigned=scope is Scope.UNASSIGNED_AND_OWN,
            unread=unread,
            before_id=before_id,
            most=most,
        )

    return await optional(tx, query, missing=[])


async def summarise(tx: TenantTransaction, principal: Principal) -> Summary:
    """What the caller's bell shows."""
    return await optional(tx, lambda: repository.summarise(tx, principal.user_id), missing=NOTHING)


async def mark_read(
    tx: TenantTransaction, principal: Principal, *, ids: Sequence[int] = (), through_id: int | None = None
) -> Summary:
    """Note that the caller has looked at `ids`, or at everything up to `through_id`; what is not theirs stays as it is.

    The caller's other windows hear of it.
    """

    async def query() -> int:
        return await repository.mark_read(tx, principal.user_id, ids=ids, through_id=through_id)

    if await optional(tx, query, missing=0):
        await _announce(tx, principal.user_id)
    return await summarise(tx, principal)


async def mark_conversation_read(tx: TenantTransaction, principal: Principal, conversation_id: int) -> None:
    """The caller has the conversation before them: being told of it is over."""

    async def query() -> int:
        return await repository.mark_conversation_read(tx, principal.user_id, conversation_id)

    if await optional(tx, query, missing=0):
        await _announce(tx, principal.user_id)


async def settle_conversation(tx: TenantTransaction, conversation_id: int, kind: Kind = "person_needed") -> None:
    """Nobody waits for that there any more: the calls of everybody are over."""

    async def query() -> list[int]:
        return await repository.settle_conversation(tx, conversation_id, kind)

    for user_id in await optional(tx, query, missing=[]):
        await _announce(tx, user_id)


async def _announce(tx: TenantTransaction, user_id: int) -> None:
    await emit(tx, "NOTIFICATION", {"notification": None}, owner_user_id=user_id, audience="user")
