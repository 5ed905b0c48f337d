"""The search for duplicates in a whole company: leads that changed since the last time, looked up by their keys.

It costs what has changed, not what there is: the first time goes through everybody once, in batches of their own
transactions, and nobody is compared with everybody. Contacts that are one person by the provider's word are joined.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

import structlog

from core.crash_points import reached
from core.crm_contracts import ScanDuplicates
from core.database import Database
from core.database_errors import DatabaseUnavailable, ModuleMissing
from core.directory import Directory
from orchestrator_service.merging.join_contacts import join_known
from orchestrator_service.merging.pairs import look_up
from orchestrator_service.merging.repository import SQL, leads_with_links

BATCH: Final = 500
MOST_BATCHES: Final = 400  # of one run: the next one goes on where it ended
MOST_JOINED: Final = 100
# Who began to write before the last search and ended after it is found by going back so far, in microseconds.
OVERLAP: Final = 300 * 1_000_000
PAUSE_SECONDS: Final = 600.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Place:
    through_at: int
    through_id: int


@dataclass(frozen=True, slots=True)
class _Changed:
    id: int
    changed_at: int


async def scan(database: Database, job: ScanDuplicates) -> None:
    """Look at everybody who changed since the last search. Safe to run again, and several at once."""
    first = True
    for _ in range(MOST_BATCHES):
        async with database.tenant(job.tenant_id) as tx:
            place = await tx.one(SQL["lock_scan"], _Place)
            assert place is not None, "an upsert answers its row"
            after = max(0, place.through_at - OVERLAP) if first else place.through_at
            changed = await tx.all(
                SQL["changed_leads"], _Changed, after_at=after, after_id=0 if first else place.through_id, most=BATCH
            )
            if changed:
                await look_up(tx, [lead.id for lead in changed])
                last = changed[-1]
                await tx.run(SQL["move_scan"], through_at=last.changed_at, through_id=last.id)
                reached("looked_up")
        first = False
        if len(changed) < BATCH:
            break
    async with database.tenant(job.tenant_id) as tx:
        linked = await leads_with_links(tx, MOST_JOINED)
    for lead_id in linked:
        async with database.tenant(job.tenant_id) as tx:
            await join_known(tx, lead_id)


async def scan_regularly(database: Database, directory: Directory) -> None:
    """Search every company, one after the other, then rest; runs until cancelled."""
    while True:
        try:
            for tenant_id in await directory.tenants(database):
                await scan(database, ScanDuplicates(tenant_id))
        except (DatabaseUnavailable, ModuleMissing):
            _log.warning("duplicates_skipped")
        await asyncio.sleep(PAUSE_SECONDS)
