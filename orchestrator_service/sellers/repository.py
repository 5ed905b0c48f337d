"""Typed access to sellers."""

from __future__ import annotations

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.sellers.models import Seller

SQL = sibling_statements(__file__)


async def active_sellers(tx: TenantTransaction) -> list[Seller]:
    """Every active seller, by id."""
    return await tx.all(SQL["active_sellers"], Seller)


async def lock_seller(tx: TenantTransaction, seller_id: int) -> Seller | None:
    """One seller, active or not, with the row locked."""
    return await tx.one(SQL["lock_seller"], Seller, seller_id=seller_id)


async def create_seller(
    tx: TenantTransaction, *, name: str, zone: str, working_hours: JsonObject, user_id: int | None
) -> int:
    """The new seller's id."""
    created = await tx.value(
        SQL["create_seller"], int, name=name, zone=zone, working_hours=working_hours, user_id=user_id
    )
    assert created is not None, "an insert answers its row"
    return created


async def list_sellers(tx: TenantTransaction, *, user_id: int | None, after_id: int, most: int) -> list[Seller]:
    """At most `most` sellers above `after_id`, active or not, by id; of one user where given."""
    return await tx.all(SQL["list_sellers"], Seller, user_id=user_id, after_id=after_id, most=most)
