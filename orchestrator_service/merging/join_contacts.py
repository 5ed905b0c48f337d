"""Contacts of one lead who are one person by the provider's word (a new number, a user id): one holds the identities.

What is said from now on lands in one conversation. Where both have one on a channel, the older keeps its messages: it
stays to be read beside the other, under the same lead.
"""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.merging import repository
from orchestrator_service.merging.repository import SQL


async def join_contacts(tx: TenantTransaction, merge_id: int, lead_id: int) -> int:
    """Join them under a merge's record, under which it is undone; answers how many were."""
    joined = 0
    gone: dict[int, int] = {}
    for linked in await repository.linked_contacts(tx, lead_id):
        kept, other = gone.get(linked.contact_id, linked.contact_id), linked.other_id
        if other in gone or kept == other:
            continue
        await repository.turn(tx, merge_id, "contacts", other, kept)
        await tx.run(SQL["point_contact"], merge_id=merge_id, contact_id=other, into_id=kept)
        gone[other] = kept
        joined += 1
    return joined


async def join_known(tx: TenantTransaction, lead_id: int) -> int:
    """Join the contacts of a lead that was merged before the provider told, or by itself."""
    await repository.lock_around(tx, [lead_id])
    if not await repository.linked_contacts(tx, lead_id):
        return 0
    merge_id = await repository.begin_merge(tx, lead_id, [], {}, None)
    joined = await join_contacts(tx, merge_id, lead_id)
    await announce_lead_change(tx, lead_id, "contacts")
    return joined
