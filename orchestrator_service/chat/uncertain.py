"""A message of which nobody knows whether it was sent: told to a person once the provider had time to speak of it.

It is never sent again by itself (PRODUCT §7.7): whoever looks at the conversation decides.
"""

from __future__ import annotations

import structlog

from core.contracts import DeliveryUncertain
from core.database import Database
from orchestrator_service.chat import repository
from orchestrator_service.chat.status_projection import project_status
from orchestrator_service.leads.tasks import add_task

REASON = "unknown"

_log = structlog.get_logger(__name__)


async def tell_of_uncertain(database: Database, job: DeliveryUncertain) -> None:
    """Ask a person to look, unless the provider has said meanwhile what became of the message."""
    async with database.tenant(job.tenant_id) as tx:
        known = await repository.delivery_projection(tx, job.message_id)
        if known is None or project_status(known.state, known.history) != "unknown":
            return
        await add_task(tx, "send_uncertain", known.conversation_id, known.lead_id, REASON)
    _log.warning("delivery_still_unknown", tenant_id=job.tenant_id, message_id=job.message_id)
