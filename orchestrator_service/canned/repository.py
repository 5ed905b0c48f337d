"""Typed access to canned replies: the company's, which have no owner, and those of one person."""

from __future__ import annotations

from core.database import TenantTransaction
from core.principal import UserId
from core.statements import sibling_statements
from orchestrator_service.canned.models import Canned, CannedFields

SQL = sibling_statements(__file__)


async def list_canned(tx: TenantTransaction, user_id: UserId) -> list[Canned]:
    """The company's and somebody's own, by shortcut, their own first."""
    return await tx.all(SQL["list_canned"], Canned, user_id=user_id)


async def find_canned(tx: TenantTransaction, user_id: UserId, canned_id: int) -> Canned | None:
    """One that the person may see, locked."""
    return await tx.one(SQL["find_canned"], Canned, user_id=user_id, canned_id=canned_id)


async def count_canned(tx: TenantTransaction, owner_user_id: int | None) -> int:
    """How many the company, or somebody, keeps; nobody adds another before the end of the transaction."""
    await tx.value(SQL["lock_canned"], int)
    return await tx.value(SQL["count_canned"], int, owner_user_id=owner_user_id) or 0


async def add_canned(tx: TenantTransaction, fields: CannedFields, author: UserId) -> Canned | None:
    """The new one; None where its shortcut is taken."""
    return await tx.one(SQL["add_canned"], Canned, **_columns(fields), author_user_id=author)


async def change_canned(tx: TenantTransaction, canned_id: int, fields: CannedFields, author: UserId) -> Canned | None:
    """As it is now. Raises ConstraintViolated where the shortcut is taken."""
    return await tx.one(SQL["change_canned"], Canned, canned_id=canned_id, **_columns(fields), author_user_id=author)


async def remove_canned(tx: TenantTransaction, canned_id: int) -> None:
    """Forget one."""
    await tx.run(SQL["remove_canned"], canned_id=canned_id)


def _columns(fields: CannedFields) -> dict[str, object]:
    return {name: getattr(fields, name) for name in CannedFields.__slots__}
