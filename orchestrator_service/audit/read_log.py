"""The audit log as its company's ceo reads it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from core.system_events import Severity

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines are wanted; None wants all. `since` counts, `until` does not."""

    user_id: int | None = None
    action: str | None = None
    severity: Severity | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A row of `system_events`. `detail` of an access has `method` and `status`; `erased` where it was emptied."""

    id: int
    occurred_at: datetime
    action: str
    severity: Severity
    user_id: int | None
    subject: str | None
    request_id: str | None
    address: str | None
    detail: JsonObject
    erased: bool


async def read_log(tx: TenantTransaction, wanted: AuditFilter, *, before_id: int, most: int) -> list[AuditLine]:
    """At most `most` lines below `before_id`, newest first."""
    return await tx.all(SQL["list_events"], AuditLine, before_id=before_id, most=most, **asdict(wanted))


async def count_newer(tx: TenantTransaction, wanted: AuditFilter, *, after_id: int, reader: int, most: int) -> int:
    """How many lines came after `after_id`, at most `most`; what `reader` looked at does not count."""
    found = await tx.value(SQL["count_newer"], int, after_id=after_id, reader=reader, most=most, **asdict(wanted))
    return found or 0
