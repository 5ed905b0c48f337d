"""Qualification: the record of how interested a lead is, mandatory before scheduling (seed §4.3)."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.models import Qualification
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify

HOT_ABOVE = 70
QUALIFIED_STAGE = "qualified"
CONTACTED_STAGE = "contacted"


async def qualify(
    tx: TenantTransaction,
    qualification: Qualification,
    *,
    conversation_id: int,
    lead_id: int,
    turn_id: int | None,
    by: int | None = None,
) -> None:
    """Store a qualification and move the lead on: to qualified where it is hot or warm, else to contacted.

    Whoever works on the lead is told once its score passes 70; who judged it `by` hand knows.
    """
    before = await repository.lock_lead(tx, lead_id)  # of two conversations of one lead, one passes 70
    await repository.store_qualification(
        tx, qualification, conversation_id=conversation_id, lead_id=lead_id, turn_id=turn_id, by=by
    )
    wanted = QUALIFIED_STAGE if qualification.interest in {"hot", "warm"} else CONTACTED_STAGE
    await repository.advance_stage(tx, lead_id, wanted)
    await announce_lead_change(tx, lead_id, "interest", "score", "stage_key")
    if qualification.score > HOT_ABOVE >= ((before.score if before else None) or 0):
        about = NotificationData(score=qualification.score)
        await notify(tx, Notice("hot_lead", lead_id=lead_id, conversation_id=conversation_id, data=about), caused_by=by)


async def latest_qualification(tx: TenantTransaction, conversation_id: int) -> Qualification | None:
    """The conversation's newest qualification, or None."""
    return await repository.latest_qualification(tx, conversation_id)
