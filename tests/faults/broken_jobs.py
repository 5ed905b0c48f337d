"""The defences of background work, each with a way to go without it, as `broken.py` has for the path of a message."""

# A defence is taken out from behind.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

import nexus.worker
from core.crash_points import reached
from core.crm_contracts import ScanDuplicates
from core.database import Database, TenantTransaction
from core.statements import Statements
from orchestrator_service.alerts import send as alerts
from orchestrator_service.lead_sources import repository as lead_sources
from orchestrator_service.merging import scan as scanning
from orchestrator_service.privacy import erase
from whatsapp_service.delivery import alerts as whatsapp_alerts


def remove(defence: str) -> None:
    """Go without one defence, in this process."""
    DEFENCES[defence]()


def alert_claimed_with_its_outcome() -> None:
    """An alert is not marked before it leaves: a death in between forgets that it left."""

    async def nothing(_tx: TenantTransaction, _alert_id: int) -> None: ...

    alerts.repository.begin_sending = nothing
    known = whatsapp_alerts.SQL
    whatsapp_alerts.SQL = Statements(known.path, {**known, "claim_alert": known["lock_alert"]})


def fetched_leads_are_fetched_again() -> None:
    """What is settled is taken for what waits."""
    waiting = lead_sources.SQL["lock_waiting"]
    sql = waiting.sql.replace("AND r.state = 'waiting'", "")
    assert sql != waiting.sql
    lead_sources.SQL = Statements(
        lead_sources.SQL.path, {**lead_sources.SQL, "lock_waiting": replace(waiting, sql=sql)}
    )


def erased_before_it_is() -> None:
    """An erasure is done with as soon as it is begun: a death on the way leaves the rest where it is."""
    leave = erase._leave_google

    async def leave_and_forget(tx: TenantTransaction, request_id: int, now: datetime) -> None:
        await leave(tx, request_id, now)
        await tx.run(erase.ERASING["done"], request_id=request_id)

    erase._leave_google = leave_and_forget


def searched_before_it_is() -> None:
    """The search goes on behind a batch before the batch is looked up: a death in between leaves it out for good."""

    async def scan(database: Database, job: ScanDuplicates) -> None:
        async with database.tenant(job.tenant_id) as tx:
            place = await tx.one(scanning.SQL["lock_scan"], scanning._Place)
            assert place is not None
            wanted = {"after_at": place.through_at, "after_id": place.through_id, "most": scanning.BATCH}
            changed = await tx.all(scanning.SQL["changed_leads"], scanning._Changed, **wanted)
            last = changed[-1]
            await tx.run(scanning.SQL["move_scan"], through_at=last.changed_at, through_id=last.id)
        reached("looked_up")
        async with database.tenant(job.tenant_id) as tx:
            await scanning.look_up(tx, [lead.id for lead in changed])

    nexus.worker.scan = scan


DEFENCES: Final[dict[str, Callable[[], None]]] = {
    function.__name__: function
    for function in (
        alert_claimed_with_its_outcome,
        fetched_leads_are_fetched_again,
        erased_before_it_is,
        searched_before_it_is,
    )
}
