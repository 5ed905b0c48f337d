"""Something was done to somebody's account: its owner is told, and nobody else."""

from __future__ import annotations

from core.contracts import AccountNotice
from core.database import Database
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify


async def tell_owner(database: Database, job: AccountNotice) -> None:
    """Notify the owner; they find it at the next login where they are not there now."""
    async with database.tenant(job.tenant_id) as tx:
        await notify(tx, Notice(job.news), owners=(job.user_id,))
