"""A delivery reached an outcome, or the provider spoke of it: the conversation shows it (MESSAGE_STATUS)."""

from __future__ import annotations

from core.contracts import DeliveryReported
from core.database import Database
from core.outbox import emit
from orchestrator_service.chat import repository
from orchestrator_service.chat.status_projection import project_status
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.owner import owner_of
from orchestrator_service.leads.tasks import add_task


async def show_delivery(database: Database, job: DeliveryReported) -> None:
    """Project a message's status anew; a failure becomes a task for a person."""
    async with database.tenant(job.tenant_id) as tx:
        known = await repository.delivery_projection(tx, job.message_id)
        if known is None:
            return
        status = project_status(known.state, known.history)
        if status == known.status:
            return
        error_code = (known.history_error or known.error_code) if status in {"failed", "refused", "unknown"} else None
        await repository.set_message_status(tx, job.message_id, status=status, wamid=known.wamid, error_code=error_code)
        payload = {"id": job.message_id, "conversation_id": known.conversation_id, "status": status}
        owner = await owner_of(tx, known.lead_id)
        await emit(tx, "MESSAGE_STATUS", {**payload, "error_code": error_code}, owner_user_id=owner)
        if status in {"failed", "refused"}:
            await add_task(tx, "send_failed", known.conversation_id, known.lead_id, error_code or status)
        await announce_lead_change(tx, known.lead_id, "messages")
