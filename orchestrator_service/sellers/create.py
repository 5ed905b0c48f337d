"""A new seller: entered by somebody, or because an account was let in to sell."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.database import TenantTransaction
from core.system_events import record_event
from orchestrator_service.sellers import repository
from orchestrator_service.sellers.change import SELLING, announce_sellers
from orchestrator_service.sellers.models import Week


async def create_seller(
    tx: TenantTransaction, *, name: str, zone: ZoneInfo, working_hours: Week, user_id: int | None
) -> int:
    """Store an active seller and answer the id. Raises ConstraintViolated where the user is a seller already."""
    return await repository.create_seller(
        tx, name=name, zone=zone.key, working_hours=working_hours.as_json(), user_id=user_id
    )


async def seat_seller(tx: TenantTransaction, user_id: int, *, working_hours: Week) -> int | None:
    """Make an active account of a selling role bookable, with these hours in the company's zone.

    So nobody is in one list and missing in the other. Changes nothing, and answers None, for any other account and for
    whoever is a seller already.
    """
    seller_id = await repository.seat_seller(tx, user_id, SELLING, working_hours.as_json())
    if seller_id is not None:
        await record_event(tx, "sellers.seated", subject=f"seller:{seller_id}", detail={"user": user_id})
        await announce_sellers(tx)
    return seller_id


async def company_zone(tx: TenantTransaction) -> str:
    """The zone in which a new seller works, as stored."""
    return await repository.company_zone(tx)
