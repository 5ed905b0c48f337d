"""The resilience protocol (PRODUCT §2.5): a module whose table is missing degrades, it does not break the request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from core.database import TenantTransaction
from core.database_errors import ObjectMissing
from core.modules import misses_core
from core.system_events import record_event

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)
_told: set[str] = set()


async def optional(tx: TenantTransaction, query: Callable[[], Awaitable[Answer]], missing: Answer) -> Answer:
    """Answer the query, or `missing` where its table or column does not exist yet.

    Only an undefined column, or table of a module (`core/modules.py`), is forgiven; it is undone alone (savepoint) and
    told once per process as a system event. Every other error propagates.
    """
    try:
        async with tx.savepoint():
            return await query()
    except ObjectMissing as error:
        if misses_core(error.message):
            raise
        if error.message not in _told:
            _told.add(error.message)
            _log.error("module_missing", message=error.message)
            await record_event(tx, "module.missing", severity="error", detail={"message": error.message})
        return missing
