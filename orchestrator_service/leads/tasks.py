"""Work that a conversation hands to a person."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.owner import owner_of

TaskKind: TypeAlias = Literal["person_requested", "blocked_message", "agent_failed", "send_failed", "follow_up"]
LONGEST_REASON: Final = 500


async def add_task(
    tx: TenantTransaction, kind: TaskKind, conversation_id: int, lead_id: int | None, reason: str
) -> None:
    """Ask for a person, at the commit of `tx`; the conversation is marked, and who may see it is notified.

    The conversation is locked before its task, as turns lock it: two that ask at once do not wait in a circle.
    """
    shown = reason[:LONGEST_REASON]
    since = await repository.call_person(tx, conversation_id)
    await repository.add_task(tx, kind=kind, conversation_id=conversation_id, lead_id=lead_id, reason=shown)
    owner = await owner_of(tx, lead_id)
    waiting = since.isoformat() if since else None
    called: JsonObject = {"id": conversation_id, "needs_person": True, "waiting_since": waiting}
    await emit(tx, "CONVERSATION_UPDATED", called, owner_user_id=owner)
    notice = {"kind": kind, "conversation_id": conversation_id, "lead_id": lead_id, "reason": shown}
    await emit(tx, "NOTIFICATION", notice, owner_user_id=owner)
    await announce_lead_change(tx, lead_id, "tasks")
