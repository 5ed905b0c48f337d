"""Work that a conversation hands to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.owner import owner_of
from orchestrator_service.notifications.models import Kind, Notice, NotificationData
from orchestrator_service.notifications.notify import notify

TaskKind: TypeAlias = Literal[
    "person_requested", "blocked_message", "agent_failed", "send_failed", "follow_up", "audio_unheard",
    "send_uncertain", "calendar_conflict",
]  # fmt: skip
LONGEST_REASON: Final = 500
# What the bell calls it; a follow-up rings nobody.
_NOTICES: Final[Mapping[TaskKind, Kind]] = {
    "person_requested": "person_needed",
    "blocked_message": "person_needed",
    "agent_failed": "failure",
    "send_failed": "failure",
    "audio_unheard": "person_needed",
    "send_uncertain": "failure",
    "calendar_conflict": "person_needed",
}


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
    await announce_lead_change(tx, lead_id, "tasks")
    if kind != "follow_up":
        about = NotificationData(cause=kind)
        await notify(tx, Notice(_NOTICES[kind], lead_id=lead_id, conversation_id=conversation_id, data=about))
