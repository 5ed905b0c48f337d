"""Typed access to saved views: always those of one person."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.principal import UserId
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A row of `saved_views`. `filters` has the shape of `LeadFilters`, without what is left at its default."""

    id: int
    name: str
    filters: JsonObject


async def list_views(tx: TenantTransaction, user_id: UserId) -> list[SavedView]:
    """Every view of somebody, oldest first."""
    return await tx.all(SQL["list_views"], SavedView, user_id=user_id)


async def count_views(tx: TenantTransaction, user_id: UserId) -> int:
    """How many somebody keeps; another one cannot be added before the end of the transaction."""
    await tx.value(SQL["lock_owner"], int, user_id=user_id)
    return await tx.value(SQL["count_views"], int, user_id=user_id) or 0


async def add_view(tx: TenantTransaction, user_id: UserId, name: str, filters: JsonObject) -> int | None:
    """The new view's id, or None where the person has one of that name."""
    return await tx.value(SQL["add_view"], int, user_id=user_id, name=name, filters=filters)


async def change_view(
    tx: TenantTransaction, user_id: UserId, view_id: int, name: str | None, filters: JsonObject | None
) -> SavedView | None:
    """The view as it is now; None where it is not the person's. Raises ConstraintViolated for a name in use."""
    return await tx.one(SQL["change_view"], SavedView, user_id=user_id, view_id=view_id, name=name, filters=filters)


async def remove_view(tx: TenantTransaction, user_id: UserId, view_id: int) -> bool:
    """False where it is not the person's."""
    return await tx.run(SQL["remove_view"], user_id=user_id, view_id=view_id) > 0
