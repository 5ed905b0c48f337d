"""Tags on a lead: put on and taken off by whoever writes it, told in its timeline."""

from __future__ import annotations

from collections.abc import Sequence

from core.database import TenantTransaction
from core.errors import NotFound
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.leads import lock
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import Lead, seen
from orchestrator_service.leads.remember import remember_change
from orchestrator_service.leads.words import refresh_words
from orchestrator_service.tags import repository


async def tag_lead(
    tx: TenantTransaction, principal: Principal, lead_id: int, *, add: Sequence[int] = (), remove: Sequence[int] = ()
) -> Lead:
    """Put tags on a lead and take others off; what it carries or lacks already stays so. Raises NotFound."""
    before = seen(principal, await lock.lock_lead(tx, lead_id), Permission.LEADS_WRITE)
    names = {tag_id: await _name(tx, tag_id) for tag_id in sorted({*add, *remove})}
    on, off = [each for each in names if each in add], [each for each in names if each in remove and each not in add]
    new, gone = [each for each in on if each not in before.tag_ids], [each for each in off if each in before.tag_ids]
    if not new and not gone:
        return before
    for tag_id in new:
        await repository.attach(tx, lead_id, tag_id, principal.user_id)
        await remember_change(tx, lead_id, "tags", was=None, became=names[tag_id], user_id=principal.user_id)
    for tag_id in gone:
        await repository.detach(tx, lead_id, tag_id)
        await remember_change(tx, lead_id, "tags", was=names[tag_id], became=None, user_id=principal.user_id)
    await refresh_words(tx, [lead_id])
    await announce_lead_change(tx, lead_id, "tags")
    after = await lock.lock_lead(tx, lead_id)
    assert after is not None, "it is locked"
    return after


async def _name(tx: TenantTransaction, tag_id: int) -> str:
    name = await repository.name_of_tag(tx, tag_id)
    if name is None:
        raise NotFound
    return name
