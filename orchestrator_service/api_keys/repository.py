"""Typed access to API keys."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.principal import UserId
from core.statements import sibling_statements
from orchestrator_service.api_keys.models import ApiKey, NewApiKey, Owner

SQL = sibling_statements(__file__)


async def list_keys(tx: TenantTransaction, *, before_id: int, most: int) -> list[ApiKey]:
    """The company's keys, newest first."""
    return await tx.all(SQL["list_keys"], ApiKey, before_id=before_id, most=most)


async def find_key(tx: TenantTransaction, key_id: int) -> ApiKey | None:
    """One key; None for another company's too."""
    return await tx.one(SQL["find_key"], ApiKey, key_id=key_id)


async def find_owner(tx: TenantTransaction, user_id: int) -> Owner | None:
    """An account of the company."""
    return await tx.one(SQL["find_owner"], Owner, user_id=user_id)


async def count_keys(tx: TenantTransaction) -> int:
    """How many keys are not revoked; nobody adds another before the end of the transaction."""
    await tx.value(SQL["lock_keys"], int)
    return await tx.value(SQL["count_keys"], int) or 0


async def add_key(
    tx: TenantTransaction,
    wanted: NewApiKey,
    *,
    user_id: int,
    author: UserId,
    key_hash: bytes,
    hint: str,
    now: datetime,
) -> int:
    """Store a key's hash; its id."""
    key_id = await tx.value(
        SQL["add_key"],
        int,
        user_id=user_id,
        name=wanted.name,
        key_hash=key_hash,
        hint=hint,
        scopes=list(wanted.scopes),
        created_by=author,
        now=now,
        expires_at=wanted.expires_at,
    )
    assert key_id is not None, "an insert without conflict answers its id"
    return key_id


async def renew_key(tx: TenantTransaction, key_id: int, *, key_hash: bytes, hint: str, now: datetime) -> bool:
    """Give a key another secret; False where there is none, or it is revoked."""
    return await tx.value(SQL["renew_key"], int, key_id=key_id, key_hash=key_hash, hint=hint, now=now) is not None


async def revoke_key(tx: TenantTransaction, key_id: int, now: datetime) -> bool:
    """End a key; False where the company has none of that id."""
    return await tx.run(SQL["revoke_key"], key_id=key_id, now=now) > 0
