"""A new seller."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.database import TenantTransaction
from orchestrator_service.sellers import repository
from orchestrator_service.sellers.models import Week


async def create_seller(
    tx: TenantTransaction, *, name: str, zone: ZoneInfo, working_hours: Week, user_id: int | None
) -> int:
    """Store an active seller and answer the id. Raises ConstraintViolated where the user is a seller already."""
    return await repository.create_seller(
        tx, name=name, zone=zone.key, working_hours=working_hours.as_json(), user_id=user_id
    )
