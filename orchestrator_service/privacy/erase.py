"""What hangs on an erased person goes, step by step (ADR 0041).

Each step is a transaction of its own and is safe to run again, so a worker that dies in the middle is followed by one
that begins anew. The request itself is the last to forget: until then it holds what the steps look for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from core.clock import Clock
from core.crash_points import reached
from core.crm_contracts import ErasePerson
from core.database import Database, TenantTransaction
from core.errors import Unavailable
from core.json_types import JsonObject
from core.media_store import MediaStore
from core.outbox import emit
from core.resilience import optional
from core.statements import load_statements
from core.system_events import record_event
from orchestrator_service.agenda import pending
from orchestrator_service.privacy.person import SQL

ERASING: Final = load_statements(Path(__file__).with_name("erasing.sql"))
# In the order of what refers to what. One that is missing here fails the walk over the catalog.
STEPS: Final = (
    "import_rows", "import_chunks", "import_files", "answers", "told", "told_answers", "received", "bells", "alerts",
    "playground", "results", "scenarios", "views", "audiences", "mirrored", "statuses", "inbox", "quarantine",
    "keep_media", "media_words", "media", "keep_receipts", "receipts", "descriptions", "deliveries", "recipients",
    "scheduled", "qualifications", "messages", "questions", "links", "meetings", "offers", "turns", "tasks", "notes",
    "tags", "changes", "bulks", "merges", "pairs", "conversations", "contacts", "client_contacts", "events",
)  # fmt: skip
# Steps after which somebody's page shows another thing: whose bells, and which broadcasts' figures.
SHOWN: Final = {"bells": "whose_bells", "recipients": "which_broadcasts"}


class StillTelling(Unavailable):
    """An event about the person is not published yet: the job comes again."""

    code = "still_telling"


@dataclass(frozen=True, slots=True)
class _Whom:
    id: int
    lead_ids: list[int]
    asked_by: int | None


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


@dataclass(frozen=True, slots=True)
class _File:
    storage_key: str


@dataclass(frozen=True, slots=True)
class EraseTools:
    """What the job works with."""

    database: Database
    store: MediaStore
    clock: Clock


async def erase_person(tools: EraseTools, job: ErasePerson) -> None:
    """Do every step, then forget what was looked for. Raises StillTelling."""
    database, tenant = tools.database, job.tenant_id
    async with database.tenant(tenant) as tx:
        whom = await tx.one(ERASING["whom"], _Whom, request_id=job.request_id)
        if whom is None:
            return
        await _leave_google(tx, whom.id, tools.clock())
    reached("forgotten", "google")
    for step in STEPS:
        async with database.tenant(tenant) as tx:
            await _take_away(tx, step, whom.id)
        reached("forgotten", step)
    await remove_files(database, tools.store, tenant)
    reached("forgotten", "files")
    while await _blank_log(database, tenant, whom.id):
        reached("forgotten", "log")
    async with database.tenant(tenant) as tx:
        if await tx.value(ERASING["still_telling"], int, request_id=whom.id):
            raise StillTelling("an event about the person waits to be told")
        if await tx.run(ERASING["done"], request_id=whom.id):
            told: JsonObject = {"request_id": whom.id}
            await record_event(tx, "privacy.erased", severity="warning", user_id=whom.asked_by, detail=told)
    reached("forgotten", "request")


async def remove_files(database: Database, store: MediaStore, tenant_id: int) -> None:
    """Take what was put down for it out of the store, but for what another record names, too."""
    while True:
        async with database.tenant(tenant_id) as tx:
            keys = [file.storage_key for file in await tx.all(SQL["files_to_remove"], _File)]
            if not keys:
                await tx.run(SQL["forget_shared"])
                return
        for key in keys:
            await store.remove(key)
            reached("removed")
        async with database.tenant(tenant_id) as tx:
            await tx.run(SQL["forget_files"], keys=keys)


async def _take_away(tx: TenantTransaction, step: str, request_id: int) -> None:
    """One step; of a module whose tables are missing there is nothing to take away."""

    async def query() -> int:
        shown = await tx.all(ERASING[SHOWN[step]], _Id, request_id=request_id) if step in SHOWN else []
        taken = await tx.run(ERASING[step], request_id=request_id)
        for one in shown:
            await _tell(tx, step, one.id)
        return taken

    await optional(tx, query, missing=0)


async def _tell(tx: TenantTransaction, step: str, of: int) -> None:
    """Whoever has read what is gone reads it anew; nobody is named."""
    if step == "bells":
        await emit(tx, "NOTIFICATION", {"notification": None}, owner_user_id=of, audience="user")
    else:
        await emit(tx, "BROADCAST_UPDATED", {"id": of}, owner_user_id=None, audience="accounts")


async def _leave_google(tx: TenantTransaction, request_id: int, now: datetime) -> None:
    """What stands in the sellers' calendars under the person's name, or was about to, is taken out there."""
    for meeting in await tx.all(ERASING["meetings_in_google"], _Id, request_id=request_id):
        await pending.begin(tx, meeting.id, "erase", now=now)


async def _blank_log(database: Database, tenant_id: int, request_id: int) -> int:
    """Empty the personal part of the next lines about them; answers how many."""
    async with database.tenant(tenant_id) as tx:
        lines = [line.id for line in await tx.all(ERASING["audit_lines"], _Id, request_id=request_id)]
        if lines:
            await tx.value(ERASING["erase_lines"], int, event_ids=lines)
        return len(lines)
