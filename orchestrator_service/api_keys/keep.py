"""List a company's keys, and end one: it opens nothing from the commit on (PRODUCT §15)."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from orchestrator_service.api_keys import repository
from orchestrator_service.api_keys.models import ApiKey


async def list_keys(tx: TenantTransaction, *, before_id: int, most: int) -> list[ApiKey]:
    """The company's keys, newest first, the revoked ones too."""
    return await repository.list_keys(tx, before_id=before_id, most=most)


async def revoke_key(tx: TenantTransaction, key_id: int, *, now: datetime) -> None:
    """End a key; one that is revoked already stays as it is. Raises NotFound."""
    if not await repository.revoke_key(tx, key_id, now):
        raise NotFound
