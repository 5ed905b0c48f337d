"""Whom a link is for: what its page shows, and the first step of using it."""

from __future__ import annotations

from core.secret import Secret
from core.system_events import NO_TENANT
from orchestrator_service.accounts import repository
from orchestrator_service.accounts.models import LinkTarget
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.link_tokens import Link, LinkInvalid, Purpose, read_link


async def look_up(door: AccessDoor, token: Secret, purpose: Purpose, *, address: str) -> tuple[Link, LinkTarget]:
    """A link of that purpose that still counts. Raises LinkInvalid; who tries those that do not is told of."""
    try:
        return await _find(door, token, purpose)
    except LinkInvalid:
        await door.alarm.ring("auth.link_refused", cause=address, tenant_id=NO_TENANT, address=address)
        raise


async def _find(door: AccessDoor, token: Secret, purpose: Purpose) -> tuple[Link, LinkTarget]:
    now = door.clock()
    link = read_link(door.signer, token, now=now)
    if link.purpose != purpose:
        raise LinkInvalid
    async with door.database.tenant(link.tenant_id) as tx:
        target = await repository.find_target(tx, link, now)
    if target is None:
        raise LinkInvalid
    return link, target
