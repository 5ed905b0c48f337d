"""The worker's clock: every company in turn, what is due is sent and what has become due is planned.

Any number of workers may run one: a row is taken by one of them alone, and planning again plans nothing twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.clock import Clock
from core.customer_links import CustomerLinks
from core.database import Database
from core.directory import Directory
from orchestrator_service.google_calendar.sync import ask_due
from orchestrator_service.lead_sources.reconcile import ask_reconciling
from orchestrator_service.templates.sync import refresh_stale
from orchestrator_service.triggers.plan import plan_silent
from orchestrator_service.triggers.send_due import send_due

PAUSE_SECONDS: Final = 15.0
PLAN_EVERY: Final = timedelta(minutes=1)

_log = structlog.get_logger(__name__)


class Clockwork:
    """Run it as a task beside the worker's jobs, and cancel that at the end."""

    def __init__(self, database: Database, clock: Clock, links: CustomerLinks) -> None:
        self._database = database
        self._links = links
        self._clock = clock
        self._planned_at: datetime | None = None

    async def run(self, directory: Directory) -> None:
        """Go round until cancelled; what fails is logged and tried again in the next round."""
        while True:
            await self._outlive(self.round(directory), tenant_id=None)
            await asyncio.sleep(PAUSE_SECONDS)

    async def round(self, directory: Directory) -> None:
        """Every company once; planning only once a minute."""
        now = self._clock()
        plans = self._planned_at is None or now - self._planned_at >= PLAN_EVERY
        for tenant_id in await directory.tenants(self._database):
            if plans:
                await self._outlive(self._plan(tenant_id, now), tenant_id=tenant_id)
            await self._outlive(send_due(self._database, tenant_id, self._clock(), self._links), tenant_id=tenant_id)
        if plans:
            self._planned_at = now

    async def _plan(self, tenant_id: int, now: datetime) -> None:
        async with self._database.tenant(tenant_id) as tx:
            await refresh_stale(tx, now)
        async with self._database.tenant(tenant_id) as tx:
            await ask_due(tx, now)
        async with self._database.tenant(tenant_id) as tx:
            await ask_reconciling(tx, now)
        async with self._database.tenant(tenant_id) as tx:
            await plan_silent(tx, now)

    async def _outlive(self, step: Awaitable[object], *, tenant_id: int | None) -> None:
        try:
            await step
        except Exception as error:  # noqa: BLE001 - one company's trouble must not silence the others
            _log.warning("clockwork_failed", tenant_id=tenant_id, error=type(error).__name__)
