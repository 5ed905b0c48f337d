"""What lost webhooks missed: every hour each page's leads at Meta are compared with those that are here.

From a little before the last comparison that went through to its end, so that nothing lies between two of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from core.crash_points import reached
from core.crm_contracts import FetchLead, ReconcileLeads
from core.database import TenantTransaction
from core.jobs import defer
from core.meta.lead_client import Failed
from core.resilience import optional
from core.secret import Secret
from orchestrator_service.lead_sources import repository
from orchestrator_service.lead_sources.fetch_lead import MetaTools

EVERY: Final = timedelta(hours=1)
OVERLAP: Final = timedelta(minutes=15)
FIRST_LOOK: Final = timedelta(days=1)


async def ask_reconciling(tx: TenantTransaction, now: datetime) -> None:
    """Have those pages compared whose turn it is."""
    for source_id in await optional(tx, partial(repository.take_due, tx, now, now + EVERY), missing=[]):
        await defer(tx, ReconcileLeads(int(tx.tenant_id), source_id))


async def reconcile_leads(tools: MetaTools, job: ReconcileLeads) -> None:
    """Have fetched what Meta has and we have not. Safe to run again: a lead is kept once by its id."""
    begun = tools.clock()
    async with tools.database.tenant(job.tenant_id) as tx:
        source = await repository.find_source(tx, job.source_id)
        token = await tools.token(tx)
    if source is None or source.page_id is None or not source.active:
        return
    since = (source.reconciled_until or source.created_at - FIRST_LOOK) - OVERLAP
    found = await tools.client(token).leads_since(source.page_id, since) if isinstance(token, Secret) else None
    reached("compared")
    async with tools.database.tenant(job.tenant_id) as tx:
        if not isinstance(token, Secret) or found is None:
            await repository.note_problem(tx, source.id, token if not isinstance(token, Secret) else None)
        elif isinstance(found, Failed):
            await repository.note_problem(tx, source.id, found.reason)
        else:
            for leadgen_id in sorted(found):
                received_id = await repository.await_lead(tx, source.id, leadgen_id)
                if received_id is not None:
                    await defer(tx, FetchLead(job.tenant_id, received_id))
            await repository.note_reconciled(tx, source.id, begun)
