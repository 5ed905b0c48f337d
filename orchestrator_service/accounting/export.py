"""The ledger as a file for spreadsheets, read and sent a batch at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

from core.csv_rows import csv_rows
from core.database import Database
from core.paging import LARGEST_ID, NEWEST
from core.principal import Principal
from orchestrator_service.accounting.models import Transaction, Wanted
from orchestrator_service.accounting.reading import list_transactions

BATCH: Final = 1000
COLUMNS: Final = (
    "id", "occurred_at", "kind", "amount", "currency", "effect", "method", "category", "description", "client_id",
    "client_name", "lead_id", "lead_name", "seller_id", "seller_name", "paid_at", "income_id", "reverses_id",
    "reversed_by_id", "reduces_id", "created_at", "created_by",
)  # fmt: skip
_MOMENTS: Final = ("occurred_at", "paid_at", "created_at")


async def csv_of(database: Database, principal: Principal, wanted: Wanted) -> AsyncGenerator[str]:
    """The wanted lines, newest first, under a line of names. Each batch is a transaction of its own."""
    yield csv_rows([COLUMNS], first=True)
    before = NEWEST, LARGEST_ID
    while True:
        async with database.tenant(principal.tenant_id) as tx:
            lines = await list_transactions(tx, principal, wanted, before=before, most=BATCH)
        if lines:
            yield csv_rows([_cells(line) for line in lines])
        if len(lines) < BATCH:
            return
        before = lines[-1].occurred_at, lines[-1].id


def _cells(line: Transaction) -> tuple[object, ...]:
    values = {name: getattr(line, name) for name in COLUMNS}
    for name in _MOMENTS:
        values[name] = values[name].isoformat() if values[name] is not None else None
    return tuple(values.values())
