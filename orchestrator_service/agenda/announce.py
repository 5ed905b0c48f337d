"""EVENT_CREATED and EVENT_UPDATED: what the web app hears of meetings (PRODUCT §13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from core.contracts import MeetingChanged
from core.database import TenantTransaction
from core.jobs import defer
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.agenda.reading import AgendaEvent
from orchestrator_service.agenda.repository import NewMeeting
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify
from orchestrator_service.sellers.models import Seller

_OF_THE_TIME: Final = ("id", "seller_id", "kind", "status", "starts_at", "ends_at")


async def announce_meeting(tx: TenantTransaction, meeting_id: int, new: NewMeeting, seller: Seller) -> None:
    """Tell the seller of the meeting and the lead's owner of the lead, whose meetings and stage have changed.

    Both are notified, but for whoever entered it.
    """
    event: JsonObject = {
        "id": meeting_id,
        "seller_id": new.seller_id,
        "kind": "meeting",
        "status": "confirmed",
        "starts_at": new.starts_at.isoformat(),
        "ends_at": new.ends_at.isoformat(),
        "lead_id": new.lead_id,
        "conversation_id": new.conversation_id,
        "title": new.title,
    }
    await emit(tx, "EVENT_CREATED", {"event": event}, owner_user_id=seller.user_id)
    await defer(tx, MeetingChanged(int(tx.tenant_id), meeting_id))
    await _tell_planners(tx, "EVENT_CREATED", event)
    await announce_lead_change(tx, new.lead_id, "meetings", "stage_key")
    about = NotificationData(starts_at=new.starts_at)
    notice = Notice("booking", new.lead_id, new.conversation_id, meeting_id, about)
    await notify(tx, notice, owners=(seller.user_id,), caused_by=new.created_by)


async def announce_event_change(tx: TenantTransaction, event: AgendaEvent, user_ids: Sequence[int | None]) -> None:
    """Tell the sellers whom it concerns how an event stands now, and the lead's owner of the lead."""
    shown: JsonObject = {
        "id": event.id,
        "seller_id": event.seller_id,
        "kind": event.kind,
        "status": event.status,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "lead_id": event.lead_id,
        "conversation_id": event.conversation_id,
        "title": event.title,
    }
    await defer(tx, MeetingChanged(int(tx.tenant_id), event.id))
    for user_id in dict.fromkeys(user_ids):
        await emit(tx, "EVENT_UPDATED", {"event": shown}, owner_user_id=user_id)
    await _tell_planners(tx, "EVENT_UPDATED", shown)
    await announce_lead_change(tx, event.lead_id, "meetings")


async def _tell_planners(
    tx: TenantTransaction, name: Literal["EVENT_CREATED", "EVENT_UPDATED"], event: JsonObject
) -> None:
    """Whoever plans for all sellers hears that a time is taken, and of nobody's lead."""
    bare: JsonObject = {field: event[field] for field in _OF_THE_TIME}
    await emit(tx, name, {"event": bare}, owner_user_id=None, audience="agendas")
