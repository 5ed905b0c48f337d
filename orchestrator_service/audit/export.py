"""The audit log as a file for spreadsheets, read and sent a batch at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

import msgspec

from core.csv_rows import csv_rows
from core.database import Database
from core.paging import LARGEST_ID
from orchestrator_service.audit.read_log import AuditFilter, AuditLine, read_log

BATCH: Final = 1000
COLUMNS: Final = (
    "id", "occurred_at", "action", "severity", "user_id", "subject", "request_id", "address", "detail", "erased",
)  # fmt: skip


async def csv_of(database: Database, tenant_id: int, wanted: AuditFilter) -> AsyncGenerator[str]:
    """The lines that the filter wants, newest first, under a line of names. Each batch is a transaction of its own."""
    yield csv_rows([COLUMNS], first=True)
    before = LARGEST_ID
    while True:
        async with database.tenant(tenant_id) as tx:
            lines = await read_log(tx, wanted, before_id=before, most=BATCH)
        if lines:
            yield csv_rows([_cells(line) for line in lines])
        if len(lines) < BATCH:
            return
        before = lines[-1].id


def _cells(line: AuditLine) -> tuple[object, ...]:
    values = {name: getattr(line, name) for name in COLUMNS}
    values["occurred_at"] = line.occurred_at.isoformat()
    values["detail"] = msgspec.json.encode(line.detail).decode()
    return tuple(values.values())
