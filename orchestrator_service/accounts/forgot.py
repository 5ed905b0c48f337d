"""A forgotten password (PRODUCT §5.3): the same answer for the same work, whoever asks for whomever.

Known or not, active or not, asked too often or not: one look-up, one statement that finds somebody or nobody, one job.
With a mail server the link leaves by mail; without one the ceos are told, and make the link.
"""

from __future__ import annotations

from typing import Final

from core.contracts import ResetAsked, SendLink
from core.database import TenantTransaction
from core.errors import TooManyRequests
from core.jobs import defer
from core.system_events import NO_TENANT
from orchestrator_service.accounts import repository
from orchestrator_service.accounts.issue import LinkMaker, make_link
from orchestrator_service.auth.door import AccessDoor

ACCOUNT_LIMIT: Final = "3 per hour"
NOBODY: Final = 0


async def forgot(door: AccessDoor, maker: LinkMaker, email: str, *, address: str) -> None:
    """Note that the password of that account (lower case) is forgotten. Never says what became of it."""
    heard = await _is_heard(door, email)
    entry = await door.directory.find(door.database, "email", email)
    known = heard and entry is not None and entry.ref is not None
    tenant_id = entry.tenant_id if entry and known else NO_TENANT
    user_id = entry.ref if entry and entry.ref and known else NOBODY
    async with door.database.tenant(tenant_id) as tx:
        await (_mail if maker.mails else _ask)(tx, door, maker, user_id)
    await door.alarm.ring("auth.password_forgotten", cause=address, tenant_id=tenant_id, address=address)


async def _mail(tx: TenantTransaction, door: AccessDoor, maker: LinkMaker, user_id: int) -> None:
    now = door.clock()
    made = make_link(maker, tx.tenant_id, "reset", now)
    token_id = await repository.add_reset_token(
        tx,
        made.link,
        user_id=user_id,
        origin="person",
        created_by=None,
        now=now,
        expires_at=made.expires_at,
        sealed=made.sealed,
    )
    await defer(tx, SendLink(tx.tenant_id, token_id or NOBODY))


async def _ask(tx: TenantTransaction, door: AccessDoor, maker: LinkMaker, user_id: int) -> None:
    del maker
    asked = await repository.note_forgotten(tx, user_id, door.clock())
    await defer(tx, ResetAsked(tx.tenant_id, asked or NOBODY))


async def _is_heard(door: AccessDoor, email: str) -> bool:
    """Beyond a few an hour for one account nothing happens any more, and nobody is told."""
    try:
        await door.limiter.check(ACCOUNT_LIMIT, scope="auth.forgot.account", key=email)
    except TooManyRequests:
        return False
    return True
