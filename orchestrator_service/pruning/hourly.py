"""Forget events published a day ago (PRODUCT §13) and what ran out a day ago: every hour, tenant by tenant."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.clock import Clock
from core.database import Database, TenantTransaction
from core.database_errors import DatabaseUnavailable
from core.directory import Directory
from core.media_store import FileMissing, MediaStore
from core.resilience import optional
from core.statements import sibling_statements
from orchestrator_service.privacy.erase import remove_files
from orchestrator_service.privacy.retention import Due, enforce
from orchestrator_service.realtime.prune import prune_published
from orchestrator_service.webhooks.prune import prune_log

SQL = sibling_statements(__file__)
KEPT: Final = timedelta(hours=24)
PAUSE_SECONDS: Final = 3600
ENDED: Final = (
    "prune_challenges", "prune_account_tokens", "prune_consents", "prune_meeting_links", "prune_import_rows",
    "prune_import_drafts", "prune_answers",
)  # fmt: skip

# First the keys of what was taken away for good, then who names them; the files go with `keep_no_longer`.
PHOTOS: Final = ("keep_hidden_photos", "prune_hidden_photos")

_log = structlog.get_logger(__name__)


async def prune(database: Database, tenant_id: int, now: datetime) -> int:
    """Delete what was published, or ran out, more than 24 h before `now`; answers how many events. Unpublished stay."""
    before = now - KEPT
    async with database.tenant(tenant_id) as tx:
        for name in ENDED:
            await _delete(tx, name, before)
        for name in PHOTOS:
            await _delete(tx, name, before)
        await prune_log(tx, now)
        return await prune_published(tx, before)


async def prune_hourly(database: Database, directory: Directory, clock: Clock, store: MediaStore) -> None:
    """Prune every tenant, then wait an hour; runs until cancelled. Two processes at once only share the work."""
    while True:
        try:
            for tenant_id in await directory.tenants(database):
                await prune(database, tenant_id, clock())
                await keep_no_longer(database, store, tenant_id, clock())
        except (DatabaseUnavailable, FileMissing):
            _log.warning("prune_skipped")
        await asyncio.sleep(PAUSE_SECONDS)


async def keep_no_longer(database: Database, store: MediaStore, tenant_id: int, now: datetime) -> None:
    """What the company keeps no longer than it says: the next of it, and the files that nothing names any more."""
    async with database.tenant(tenant_id) as tx:

        async def query() -> Due:
            return await enforce(tx, now)

        await optional(tx, query, missing=Due(0, 0, 0))
    await remove_files(database, store, tenant_id)


async def _delete(tx: TenantTransaction, name: str, before: datetime) -> None:
    async def query() -> int:
        return await tx.run(SQL[name], before=before)

    await optional(tx, query, missing=0)
