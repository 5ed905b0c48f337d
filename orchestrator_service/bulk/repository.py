"""Typed access to edits of many leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A row of `lead_bulk_rows`. `before` and `after` hold what the edit touched (`models.py`)."""

    lead_id: int
    before: JsonObject
    after: JsonObject


async def begin_bulk(tx: TenantTransaction, bulk_id: UUID, made_by: int) -> None:
    """Somebody edits many leads."""
    await tx.run(SQL["begin_bulk"], bulk_id=bulk_id, made_by=made_by)


async def keep_row(tx: TenantTransaction, bulk_id: UUID, row: BulkRow) -> None:
    """Keep what a lead was and is."""
    await tx.run(SQL["keep_row"], bulk_id=bulk_id, lead_id=row.lead_id, before=row.before, after=row.after)


async def begin_undo(tx: TenantTransaction, bulk_id: UUID, made_by: int) -> bool:
    """Take one's own edit back, once; False where it is another's, or taken back already."""
    return await tx.run(SQL["undo_bulk"], bulk_id=bulk_id, made_by=made_by) > 0


async def bulk_exists(tx: TenantTransaction, bulk_id: UUID, made_by: int) -> bool:
    """Whether somebody made that edit."""
    return await tx.value(SQL["bulk_exists"], bool, bulk_id=bulk_id, made_by=made_by) or False


async def rows_of_bulk(tx: TenantTransaction, bulk_id: UUID) -> list[BulkRow]:
    """Every lead of an edit, by id."""
    return await tx.all(SQL["rows_of_bulk"], BulkRow, bulk_id=bulk_id)


async def put_back(
    tx: TenantTransaction,
    lead_id: int,
    *,
    stage_key: str,
    stage_since: datetime | None,
    owner_user_id: int | None,
    lost_reason: str | None,
) -> None:
    """A lead's stage and owner as they were."""
    columns = {"stage_key": stage_key, "stage_since": stage_since, "owner_user_id": owner_user_id}
    await tx.run(SQL["put_back"], lead_id=lead_id, lost_reason=lost_reason, **columns)


async def stage_since(tx: TenantTransaction, lead_id: int) -> datetime | None:
    """Since when a lead stands in its stage, as it is kept."""
    return await tx.value(SQL["stage_since"], datetime, lead_id=lead_id)
