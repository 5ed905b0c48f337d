"""The one way in: a submission becomes a lead, once, whatever door it came by."""

from __future__ import annotations

from core.database import TenantTransaction
from core.json_types import JsonObject
from orchestrator_service.lead_sources import repository
from orchestrator_service.lead_sources.models import SOURCE_OF, Source, Submission
from orchestrator_service.leads.models import Incoming
from orchestrator_service.leads.receive import ReceivedLead, fill_custom, receive_lead
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify


async def receive(tx: TenantTransaction, source: Source, submission: Submission) -> bool:
    """Whether it was new. Raises NoContact, with nothing stored."""
    received_id = await repository.store_received(tx, source.id, submission)
    if received_id is None:
        return False
    await become_lead(tx, source, received_id, submission)
    return True


async def become_lead(tx: TenantTransaction, source: Source, received_id: int, submission: Submission) -> ReceivedLead:
    """The lead of what is stored already; its owner, or whoever may take it, is told. Raises NoContact."""
    turn = await repository.count_one(tx, source.id)
    told = {key: text for key, text in submission.told.items() if text}
    referral: JsonObject = {"source_type": source.kind, "source_id": str(source.id), **submission.referral}
    referral.setdefault("headline", source.name)
    incoming = Incoming(SOURCE_OF[source.kind], language=submission.language, referral=referral, **told)
    lead = await receive_lead(tx, incoming, owners=source.owner_ids, turn=turn)
    if submission.custom:
        await fill_custom(tx, lead.lead_id, submission.custom)
    await repository.settle(tx, received_id, lead.lead_id, made=lead.made)
    await notify(tx, Notice("lead_received", lead_id=lead.lead_id))
    return lead
