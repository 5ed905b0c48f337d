"""The worker's part where no mail leaves: whoever may make the link is told that somebody waits for one."""

from __future__ import annotations

from core.contracts import ResetAsked
from core.database import Database
from core.outbox import emit
from orchestrator_service.accounts import repository
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify


async def tell_of_request(database: Database, job: ResetAsked) -> None:
    """Notify the ceos; nothing for a stranger's e-mail, or where the request was answered meanwhile."""
    async with database.tenant(job.tenant_id) as tx:
        if not await repository.still_asked(tx, job.user_id):
            return
        about = {"id": job.user_id, "status": "active"}
        await emit(tx, "USER_UPDATED", about, owner_user_id=None, audience="accounts")
        await notify(tx, Notice("reset_asked"), caused_by=job.user_id)
