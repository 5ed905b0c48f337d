"""The first step of an erasure, at once and in one transaction (ADR 0041).

From its commit on the person is on no page, is found by no search and no number, and whoever writes from there is a
stranger. What hangs on them then goes by a job, which knows from the request what to look for.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from core.crm_contracts import ErasePerson
from core.database import TenantTransaction
from core.jobs import defer
from core.json_types import JsonObject
from core.outbox import emit
from core.system_events import record_event
from orchestrator_service.agenda.change_meeting import OfLead, cancel_event
from orchestrator_service.clients.announce import announce_client_gone
from orchestrator_service.privacy.models import Person, Reason
from orchestrator_service.privacy.person import SQL, Named, count_person, find_person, markers_of_person


@dataclass(frozen=True, slots=True)
class _Owned:
    id: int
    owner_user_id: int | None


@dataclass(frozen=True, slots=True)
class _Meeting:
    id: int
    lead_id: int


async def begin_erasure(
    tx: TenantTransaction, named: Named, *, now: datetime, by: int | None, reason: Reason = "asked"
) -> int:
    """The request's id. Raises NotFound."""
    await _lock(tx, await find_person(tx, named))
    person = await find_person(tx, named)  # nobody adds to them any more
    leads, clients = await _lock(tx, person)
    markers = await markers_of_person(tx, person)
    counts = await count_person(tx, person)
    for meeting in await tx.all(SQL["open_meetings"], _Meeting, lead_ids=person.lead_ids, now=now):
        await cancel_event(tx, OfLead(meeting.lead_id), meeting.id, now=now)
    await _announce(tx, person, leads, clients)
    await _become_nobody(tx, person)
    request_id = await tx.value(
        SQL["add_request"],
        int,
        kind="erase",
        reason=reason,
        state="waiting",
        asked_by=by,
        counts=asdict(counts),
        **asdict(named),
        **asdict(person),
        **asdict(markers),
    )
    assert request_id is not None, "it was inserted"
    detail: JsonObject = {"request_id": request_id, "reason": reason}
    await record_event(tx, "privacy.erasing", severity="warning", user_id=by, detail=detail)
    await defer(tx, ErasePerson(int(tx.tenant_id), request_id))
    return request_id


async def _lock(tx: TenantTransaction, person: Person) -> tuple[list[_Owned], list[_Owned]]:
    await tx.run(SQL["lock_contacts"], contact_ids=person.contact_ids)
    await tx.run(SQL["lock_conversations"], conversation_ids=person.conversation_ids)
    leads = await tx.all(SQL["lock_leads"], _Owned, lead_ids=person.lead_ids)
    return leads, await tx.all(SQL["lock_clients"], _Owned, client_ids=person.client_ids)


async def _become_nobody(tx: TenantTransaction, person: Person) -> None:
    contacts, talks = {"contact_ids": person.contact_ids}, {"conversation_ids": person.conversation_ids}
    await tx.run(SQL["make_key"])
    await tx.run(SQL["drop_refusals"], **contacts)
    await tx.run(SQL["keep_refusals"], **contacts)
    await tx.run(SQL["forget_identities"], **contacts)
    await tx.run(SQL["blank_contacts"], **contacts)
    await tx.run(SQL["settle_inbox"], **talks)
    await tx.run(SQL["empty_mailboxes"], **talks)
    await tx.run(SQL["blank_leads"], lead_ids=person.lead_ids)
    await tx.run(SQL["blank_clients"], client_ids=person.client_ids)


async def _announce(tx: TenantTransaction, person: Person, leads: list[_Owned], clients: list[_Owned]) -> None:
    """Gone, for whoever saw them: ids alone are told."""
    owner = leads[0].owner_user_id if leads else None
    for lead in leads:
        gone: JsonObject = {"id": lead.id, "visible": False}
        await emit(tx, "LEAD_UPDATED", gone, owner_user_id=lead.owner_user_id)
    for talk in person.conversation_ids:
        await emit(tx, "CONVERSATION_UPDATED", {"id": talk, "visible": False}, owner_user_id=owner)
    for client in clients:
        await announce_client_gone(tx, client.id, client.owner_user_id)
