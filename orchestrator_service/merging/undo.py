"""A merge taken back: every row that it turned goes back to the lead it came from, and the fields as they were.

What came since stays with the survivor and is told of: a field that somebody has written on, a row that has moved on or
whose former place is taken, and how many messages, meetings and tasks came. What is said in a conversation goes with
the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.contracts import LeadEdited
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import Conflict, NotFound
from core.jobs import defer
from core.json_types import JsonObject
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.accounting.announce import announce_money
from orchestrator_service.auth.permissions import Permission, require
from orchestrator_service.chat.announce import announce_conversation
from orchestrator_service.clients.announce import announce_client
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.words import refresh_words
from orchestrator_service.merging import repository
from orchestrator_service.merging.fields import restored
from orchestrator_service.merging.merge import check_reach, remember
from orchestrator_service.merging.repository import SQL, LockedLead, Merge, Since


class MergeUndone(Conflict):
    """Somebody has undone it already."""

    code = "merge_undone"
    title = "Merge Undone"


class NotTheLatest(Conflict):
    """The survivor was merged or deleted since: that comes first."""

    code = "merge_not_latest"
    title = "Merge Not The Latest"


class PhoneTaken(Conflict):
    """A number that would come back is another lead's by now."""

    code = "phone_taken"
    title = "Phone Taken"


@dataclass(frozen=True, slots=True)
class Undone:
    """What is back, and what stayed with the survivor and why."""

    survivor_id: int
    leads: list[int]
    returned: int
    stayed: int
    kept_fields: list[str]
    since: Since


async def undo_merge(tx: TenantTransaction, principal: Principal, merge_id: int) -> Undone:
    """Take a merge back. Raises NotFound out of scope, MergeUndone, NotTheLatest, PhoneTaken."""
    found = await tx.one(SQL["find_merge"], Merge, merge_id=merge_id)
    if found is None or not found.absorbed:
        raise NotFound
    ids = [found.survivor_id, *found.absorbed]
    await repository.lock_around(tx, ids)
    leads = await repository.lock_leads(tx, ids)
    survivor = leads.get(found.survivor_id)
    if survivor is None or survivor.merged_into is not None:
        raise NotTheLatest("the lead was merged or deleted since")
    check_reach(principal, survivor)
    merge = await tx.one(SQL["lock_merge"], Merge, merge_id=merge_id)
    assert merge is not None, "records of merges stay"
    if merge.undone_at is not None:
        raise MergeUndone("it is undone already")
    kept = await _put_back(tx, principal, merge, survivor)
    turned = await tx.value(SQL["count_moves"], int, merge_id=merge_id) or 0
    returned = await tx.value(SQL["return_all"], int, merge_id=merge_id) or 0
    await tx.run(SQL["close_merge"], merge_id=merge_id, user_id=principal.user_id)
    settled = {"lead_ids": ids, "user_id": None, "was": "merged", "state": "open"}
    await tx.run(SQL["settle_pairs"], **settled)
    since = await tx.one(SQL["came_since"], Since, lead_id=survivor.id, since=merge.made_at)
    assert since is not None, "a select without FROM answers a row"
    await refresh_words(tx, ids)
    await _announce(tx, ids)
    detail: JsonObject = {"merge_id": merge_id, "returned": returned, "stayed": turned - returned, "kept": kept}
    subject = f"lead:{survivor.id}"
    await record_event(tx, "leads.merge_undone", user_id=principal.user_id, subject=subject, detail=detail)
    return Undone(survivor.id, merge.absorbed, returned, turned - returned, kept, since)


async def _put_back(tx: TenantTransaction, principal: Principal, merge: Merge, survivor: LockedLead) -> list[str]:
    """The survivor's fields, then the leads themselves; answers the fields that stay."""
    back, kept = restored(survivor.row, merge.fields)
    if "owner_user_id" in back:
        require(principal, Permission.LEADS_ASSIGN)
    try:
        if back:
            await tx.run(SQL["move_freely"])
            await tx.run(SQL["write_fields"], lead_id=survivor.id, fields={**survivor.row, **back})
            changes: JsonObject = {name: {"was": survivor.row[name], "became": back[name]} for name in back}
            await remember(tx, principal, survivor.id, changes)
        await tx.run(SQL["release"], survivor_id=survivor.id, lead_ids=merge.absorbed)
    except ConstraintViolated as error:
        if error.constraint == "leads_by_match_key":
            raise PhoneTaken("a number that would come back is another lead's by now") from error
        raise
    return kept


async def _announce(tx: TenantTransaction, lead_ids: list[int]) -> None:
    for lead_id in lead_ids:
        await announce_lead_change(tx, lead_id, "merged")
        for conversation_id in await repository.conversations_of(tx, lead_id):
            await announce_conversation(tx, conversation_id)
        await defer(tx, LeadEdited(int(tx.tenant_id), lead_id))
    for client in await repository.clients_of(tx, lead_ids):
        await announce_client(tx, client.id, "merged")
    await announce_money(tx, None, None)  # lines are told with the names of whose they are now
