"""A seller's profile as it is answered: with the days off that are not over."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.database import TenantTransaction
from core.principal import Principal
from orchestrator_service.agenda.closing import days_off_of_seller
from orchestrator_service.agenda.seller_schemas import SellerProfile
from orchestrator_service.sellers.reading import read_seller


async def profile_of(tx: TenantTransaction, principal: Principal, seller_id: int, now: datetime) -> SellerProfile:
    """The profile. Raises NotFound."""
    seller = await read_seller(tx, principal, seller_id, now=now)
    # A day more: somewhere it is still yesterday.
    return SellerProfile.of(seller, await days_off_of_seller(tx, seller_id, (now - timedelta(days=1)).date()))
