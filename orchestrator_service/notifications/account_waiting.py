"""Somebody waits to be let in: whoever lets people in is told, once for all who wait."""

from __future__ import annotations

from core.contracts import AccountWaiting
from core.database import Database
from orchestrator_service.notifications import repository
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify


async def tell_of_account(database: Database, job: AccountWaiting) -> None:
    """Notify those who may activate accounts; nothing where the account was decided on meanwhile."""
    async with database.tenant(job.tenant_id) as tx:
        if await repository.is_pending(tx, job.user_id):
            await notify(tx, Notice("account_waiting"))
