"""Typed access to sellers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.sellers.models import ListedSeller, Seller

SQL = sibling_statements(__file__)


async def active_sellers(tx: TenantTransaction) -> list[Seller]:
    """Every active seller, by id."""
    return await tx.all(SQL["active_sellers"], Seller)


async def bookable_seller(tx: TenantTransaction, seller_id: int) -> Seller | None:
    """One seller, if active."""
    return await tx.one(SQL["bookable_seller"], Seller, seller_id=seller_id)


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


async def company_zone(tx: TenantTransaction) -> str:
    """The company's IANA zone."""
    zone = await tx.value(SQL["company_zone"], str)
    assert zone is not None, "a company has a zone"
    return zone


async def seat_seller(
    tx: TenantTransaction, user_id: int, roles: Sequence[str], working_hours: JsonObject
) -> int | None:
    """The id of the seller that the account has become; None where it is one already, or of another role."""
    return await tx.value(SQL["seat_seller"], int, user_id=user_id, roles=list(roles), working_hours=working_hours)


@dataclass(frozen=True, slots=True)
class Followed:
    """A seller whose account has another role now."""

    id: int
    active: bool


async def follow_role(tx: TenantTransaction, user_id: int, roles: Sequence[str]) -> Followed | None:
    """The account's seller, active only by one of these roles; None where that was so before."""
    return await tx.one(SQL["follow_role"], Followed, user_id=user_id, roles=list(roles))


async def change_seller(
    tx: TenantTransaction,
    seller_id: int,
    *,
    name: str | None,
    zone: str | None,
    working_hours: JsonObject | None,
    skills: Sequence[str] | None,
    active: bool | None,
    bio: str | None,
    most: int | None,
) -> None:
    """Replace what is given; `most` 0: as many meetings a day as the company has it."""
    await tx.run(
        SQL["change_seller"],
        seller_id=seller_id,
        name=name,
        zone=zone,
        working_hours=working_hours,
        skills=None if skills is None else list(skills),
        active=active,
        bio=bio,
        most=most,
    )


async def list_sellers(
    tx: TenantTransaction, *, user_id: int | None, seller_id: int | None, after_id: int, most: int, now: datetime
) -> list[ListedSeller]:
    """At most `most` sellers above `after_id`, active or not, by id; of one user, or one alone, where given."""
    return await tx.all(
        SQL["list_sellers"],
        ListedSeller,
        user_id=user_id,
        seller_id=seller_id,
        after_id=after_id,
        most=most,
        now=now,
    )
