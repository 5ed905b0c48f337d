"""Forget what was published a day ago (PRODUCT §13): every hour, tenant by tenant."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.clock import Clock
from core.database import Database
from core.database_errors import DatabaseUnavailable
from core.directory import Directory
from orchestrator_service.realtime.repository import prune_events

KEPT: Final = timedelta(hours=24)
PAUSE_SECONDS: Final = 3600

_log = structlog.get_logger(__name__)


async def prune(database: Database, tenant_id: int, now: datetime) -> int:
    """Delete the tenant's events published more than 24 h before `now`; answers how many. Unpublished ones stay."""
    async with database.tenant(tenant_id) as tx:
        return await prune_events(tx, now - KEPT)


async def prune_hourly(database: Database, directory: Directory, clock: Clock) -> None:
    """Prune every tenant, then wait an hour; runs until cancelled. Two processes at once only share the work."""
    while True:
        try:
            for tenant_id in await directory.tenants(database):
                await prune(database, tenant_id, clock())
        except DatabaseUnavailable:
            _log.warning("prune_skipped")
        await asyncio.sleep(PAUSE_SECONDS)
