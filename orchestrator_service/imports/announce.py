"""What the web app hears of an import (ADR 0032).

A small import tells of each lead as every other door does. A large one would send more than a browser takes in: each
of its chunks tells `LEADS_CHANGED` to everybody instead, which names nobody and has lists read anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.contracts import LEAST_URGENT, LeadEdited
from core.database import TenantTransaction
from core.jobs import Deferred, defer_all
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.imports.models import MOST_TOLD, Import
from orchestrator_service.imports.repository import PutBack, Unmade, Written
from orchestrator_service.leads.announce import announce_lead_change, announce_new_lead
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify

_OF_CONVERSION = frozenset({"stage_key", "full_name", "phone", "email"})
_UNTOLD = frozenset({"match_key"})


async def announce_import(tx: TenantTransaction, one: Import) -> None:
    """Tell the person who imports how far it is."""
    told: JsonObject = {"id": one.id, "state": one.state, "passed": one.passed, "chunk_count": one.chunk_count}
    await emit(tx, "IMPORT_UPDATED", {"import": told}, owner_user_id=one.created_by, audience="user")


async def announce_finished(tx: TenantTransaction, one: Import) -> None:
    """Ring for the person who imports: how many leads are new, changed, and how many rows were not taken in."""
    refused = one.written.get("bad", 0) + one.written.get("repeated", 0)
    data = NotificationData(
        import_id=one.id, created=one.written.get("create", 0), changed=one.written.get("change", 0), refused=refused
    )
    await notify(tx, Notice("import_finished", data=data), owners=(one.created_by,))


async def announce_written(tx: TenantTransaction, one: Import, leads: Sequence[Written]) -> None:
    """Tell of leads that a chunk made or changed, and have those judged whose change may make them clients."""
    if one.row_count > MOST_TOLD:
        await _announce_many(tx, len(leads))
    else:
        for lead in leads:
            if lead.created:
                await announce_new_lead(tx, lead.lead_id)
            else:
                await announce_lead_change(tx, lead.lead_id, *_told(lead.changed or ()))
    await _judge(tx, [lead.lead_id for lead in leads if not _OF_CONVERSION.isdisjoint(lead.changed or ())])


async def announce_undone(
    tx: TenantTransaction, one: Import, unmade: Sequence[Unmade], put_back: Sequence[PutBack]
) -> None:
    """Tell of leads that are gone, and of those that are as they were."""
    if one.row_count > MOST_TOLD:
        await _announce_many(tx, len(unmade) + len(put_back))
        return
    for gone in unmade:
        payload: JsonObject = {"id": gone.lead_id, "visible": False}
        await emit(tx, "LEAD_UPDATED", payload, owner_user_id=gone.owner_user_id)
    for lead in put_back:
        await announce_lead_change(tx, lead.lead_id, *_told(lead.changed))


async def _announce_many(tx: TenantTransaction, leads: int) -> None:
    if leads:
        await emit(tx, "LEADS_CHANGED", {"leads": leads}, owner_user_id=None, audience="everyone")


async def _judge(tx: TenantTransaction, lead_ids: Sequence[int]) -> None:
    jobs = [Deferred(LeadEdited(int(tx.tenant_id), lead_id), priority=LEAST_URGENT) for lead_id in lead_ids]
    await defer_all(tx, jobs)


def _told(changed: Sequence[str]) -> list[str]:
    """The names as other doors tell them: `custom` for each of the company's own fields."""
    return sorted({name.partition(":")[0] for name in changed} - _UNTOLD)
