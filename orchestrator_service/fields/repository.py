"""Typed access to a company's fields."""

from __future__ import annotations

from collections.abc import Sequence

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.fields.values import CustomField

SQL = sibling_statements(__file__)


async def list_fields(tx: TenantTransaction) -> list[CustomField]:
    """Every field in its order, archived ones last."""
    return await tx.all(SQL["list_fields"], CustomField)


async def lock_fields(tx: TenantTransaction) -> list[CustomField]:
    """The same; nobody else changes them until the end of the transaction."""
    await tx.value(SQL["lock_company"], int)
    return await list_fields(tx)


async def add_field(
    tx: TenantTransaction, *, key: str, label: str, type_: str, choices: Sequence[str], required: bool
) -> int | None:
    """The new field's id; None where the key is taken."""
    columns = {"key": key, "label": label, "type": type_, "choices": list(choices), "required": required}
    return await tx.value(SQL["add_field"], int, **columns)


async def change_field(tx: TenantTransaction, field: CustomField) -> None:
    """Write its label, choices, whether it is required, and whether it is archived."""
    columns = {"label": field.label, "choices": field.choices, "required": field.required, "archived": field.archived}
    await tx.run(SQL["change_field"], field_id=field.id, **columns)


async def order_fields(tx: TenantTransaction, ids: Sequence[int]) -> None:
    """Put them in this order."""
    await tx.run(SQL["order_fields"], ids=list(ids))
