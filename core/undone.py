"""A rehearsal is the use case itself, in a transaction that never commits: what it would refuse, it refuses now.

What it would announce or defer lies in the same transaction, and is gone with it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from core.database import Database, TenantTransaction
from core.principal import TenantId


class _UndoneError(Exception):
    """Raised to have the transaction rolled back, and nowhere else."""


@asynccontextmanager
async def undone(database: Database, tenant_id: TenantId) -> AsyncGenerator[TenantTransaction]:
    """A transaction in which everything works and nothing stays."""
    try:
        async with database.tenant(tenant_id) as tx:
            yield tx
            raise _UndoneError  # noqa: TRY301 - leaving the block by it is what rolls back
    except _UndoneError:
        return
