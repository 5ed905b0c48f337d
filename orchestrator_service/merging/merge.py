"""Several leads become one: the survivor takes what hangs on the others, who stay as pointers to it (ADR 0033).

Locks are taken in one order: contacts, conversations, leads by id, clients. Whoever refers to an absorbed lead at that
moment waits, and what still names it then follows by the job `LeadsMerged`: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.clock import Clock
from core.contracts import LeadEdited
from core.crm_contracts import LeadsMerged
from core.database import Database, TenantTransaction
from core.errors import NotFound
from core.jobs import defer
from core.json_types import JsonObject
from core.outbox import emit
from core.principal import Principal, UserId
from core.system_events import record_event
from orchestrator_service.accounting.announce import announce_money
from orchestrator_service.auth.permissions import Permission, require, visible
from orchestrator_service.chat.announce import announce_conversation, announce_gone
from orchestrator_service.clients.announce import announce_client, announce_client_gone
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.history import record_change
from orchestrator_service.leads.words import refresh_words
from orchestrator_service.merging import repository
from orchestrator_service.merging.fields import Field, chosen, differing
from orchestrator_service.merging.join_contacts import join_contacts
from orchestrator_service.merging.repository import SQL, LockedLead

LATE: Final = timedelta(seconds=10)
REMEMBERED: Final = ("stage_key", "owner_user_id")


@dataclass(frozen=True, slots=True)
class Merged:
    """The merge's record, and how many references it turned."""

    id: int
    survivor_id: int
    absorbed: list[int]
    moved: int


async def merge_leads(  # noqa: PLR0917 - who, when, which and how
    tx: TenantTransaction,
    principal: Principal,
    clock: Clock,
    survivor_id: int,
    absorbed: Sequence[int],
    choices: Mapping[Field, int],
) -> Merged:
    """Merge `absorbed` into the survivor; `choices` says whose field is kept where it is not the survivor's.

    Asked again it answers the merge that did it, as a caller who lost the first answer asks.

    Raises NotFound for a lead that is missing, merged or out of the caller's scope, Forbidden where the owner changes
    and the caller may not assign.
    """
    ids = [survivor_id, *absorbed]
    await repository.lock_around(tx, ids)
    leads = await repository.lock_leads(tx, ids)
    check_reach(principal, leads.get(survivor_id))
    done = await tx.one(SQL["merge_that_did_it"], Merged, survivor_id=survivor_id, absorbed=list(absorbed))
    if done is not None:
        return done
    for lead_id in absorbed:
        check_reach(principal, leads.get(lead_id))
    survivor, others = leads[survivor_id], [leads[lead_id] for lead_id in absorbed]
    became = chosen(survivor.row, [other.row for other in others], choices)
    if became["owner_user_id"] != survivor.owner_user_id:
        require(principal, Permission.LEADS_ASSIGN)
    fields = differing(survivor.row, became)
    merge_id = await repository.begin_merge(tx, survivor_id, absorbed, fields, principal.user_id)
    before = {other.id: await repository.conversations_of(tx, other.id) for other in others}
    await turn_leads(tx, merge_id, survivor_id, absorbed)
    await tx.run(SQL["absorb"], survivor_id=survivor_id, lead_ids=list(absorbed))
    if fields:
        await tx.run(SQL["move_freely"])
        await tx.run(SQL["write_fields"], lead_id=survivor_id, fields=became)
        await remember(tx, principal, survivor_id, fields)
    await _merge_clients(tx, merge_id, survivor_id, ids)
    await join_contacts(tx, merge_id, survivor_id)
    await refresh_words(tx, ids)
    settled = {"lead_ids": ids, "user_id": principal.user_id, "was": "open", "state": "merged"}
    await tx.run(SQL["settle_pairs"], **settled)
    await _announce(tx, survivor, others, before, became)
    moved = await tx.value(SQL["count_moves"], int, merge_id=merge_id) or 0
    detail: JsonObject = {"merge_id": merge_id, "absorbed": list(absorbed), "moved": moved}
    subject = f"lead:{survivor_id}"
    await record_event(tx, "leads.merged", user_id=principal.user_id, subject=subject, detail=detail)
    await defer(tx, LeadsMerged(int(tx.tenant_id), merge_id), at=clock() + LATE)
    await defer(tx, LeadEdited(int(tx.tenant_id), survivor_id))
    return Merged(merge_id, survivor_id, list(absorbed), moved)


async def turn_leads(tx: TenantTransaction, merge_id: int, survivor_id: int, absorbed: Sequence[int]) -> int:
    """Turn what hangs on the absorbed leads; answers how many references."""
    turned = 0
    for lead_id in sorted(absorbed):
        turned += await repository.turn(tx, merge_id, "leads", lead_id, survivor_id)
    return turned


async def take_late(database: Database, job: LeadsMerged) -> None:
    """What was being written while a merge was made still names an absorbed lead: it follows. Safe to run again."""
    async with database.tenant(job.tenant_id) as tx:
        merge = await tx.one(SQL["lock_merge"], repository.Merge, merge_id=job.merge_id)
        if merge is None or merge.undone_at is not None:
            return
        late = await turn_leads(tx, merge.id, merge.survivor_id, merge.absorbed)
        if late:
            await announce_lead_change(tx, merge.survivor_id, "merged")


def check_reach(principal: Principal, lead: LockedLead | None) -> LockedLead:
    """The lead, which the caller may change and which is no pointer. Raises NotFound."""
    owner = UserId(lead.owner_user_id) if lead and lead.owner_user_id is not None else None
    if lead is None or lead.merged_into is not None or not visible(principal, Permission.LEADS_WRITE, owner):
        raise NotFound
    return lead


async def remember(tx: TenantTransaction, principal: Principal, lead_id: int, fields: JsonObject) -> None:
    """Write down where the survivor's stage and owner went, as an edit does."""
    for name in REMEMBERED:
        change = fields.get(name)
        if isinstance(change, Mapping):
            was, became = change["was"], change["became"]
            await record_change(tx, lead_id, name, was=was, became=became, user_id=principal.user_id)


async def _merge_clients(tx: TenantTransaction, merge_id: int, survivor_id: int, lead_ids: Sequence[int]) -> None:
    """The survivor's client goes on, else the oldest of the others; the rest point to it and keep their money."""
    clients = await repository.clients_of(tx, lead_ids)
    if not clients:
        return
    kept = next((client for client in clients if client.lead_id == survivor_id), clients[0])
    for client in clients:
        if client.id != kept.id:
            await repository.turn(tx, merge_id, "clients", client.id, kept.id)
            await tx.run(SQL["point_client"], merge_id=merge_id, client_id=client.id, into_id=kept.id)
            await announce_client_gone(tx, client.id)
    if kept.lead_id != survivor_id:
        given = {"survivor_id": survivor_id, "client_id": kept.id, "was": kept.lead_id}
        await tx.run(SQL["give_client"], merge_id=merge_id, **given)
    await announce_client(tx, kept.id, "merged")
    await announce_money(tx, None, None)  # lines are told with the name of whose they are now


async def _announce(
    tx: TenantTransaction,
    survivor: LockedLead,
    others: Sequence[LockedLead],
    before: Mapping[int, Sequence[int]],
    became: JsonObject,
) -> None:
    """The survivor as it is, the others as gone, and whose each conversation is now."""
    owner = became["owner_user_id"]
    assert owner is None or isinstance(owner, int), "as the column has it"
    for other in others:
        gone: JsonObject = {"id": other.id, "visible": False, "merged_into": survivor.id}
        await emit(tx, "LEAD_UPDATED", gone, owner_user_id=other.owner_user_id)
        for conversation_id in before[other.id]:
            await announce_conversation(tx, conversation_id)
            if other.owner_user_id != owner:
                await announce_gone(tx, conversation_id, was=other.owner_user_id, owner=owner)
    if survivor.owner_user_id != owner:
        left: JsonObject = {"id": survivor.id, "visible": False}
        await emit(tx, "LEAD_UPDATED", left, owner_user_id=survivor.owner_user_id)
    await announce_lead_change(tx, survivor.id, "merged", *differing(survivor.row, became))
