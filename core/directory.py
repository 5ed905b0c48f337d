"""What must be found before the tenant is known (PRODUCT §3.2).

`directory` maps the keyed hash of an e-mail, a join code, an API key or a webhook endpoint key to its tenant: no
personal data, no row level security. It also lists the tenants, so that periodic work can open one tenant
transaction each.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.database import Database, TenantTransaction, Transaction
from core.database_errors import ConstraintViolated
from core.errors import Conflict
from core.statements import sibling_statements

SQL = sibling_statements(__file__)

Kind: TypeAlias = Literal["tenant", "email", "endpoint", "join", "form", "lead_hook", "api_key"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Whose key it was; `ref` is the row it stands for (a channel), where there is one."""

    tenant_id: int
    ref: int | None


class Directory:
    """Lookups keyed by HMAC-SHA256, so that the table cannot be searched for a known e-mail without the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def digest(self, kind: Kind, value: str) -> bytes:
        """The 32 bytes under which a value is filed."""
        return hmac.new(self._key, f"{kind}\0{value}".encode(), hashlib.sha256).digest()

    async def find(self, database: Database, kind: Kind, value: str) -> Entry | None:
        """The tenant that a value belongs to, or None."""
        async with database.system() as tx:
            return await tx.one(SQL["find_entry"], Entry, kind=kind, key_hash=self.digest(kind, value))

    async def add(self, tx: Transaction, kind: Kind, value: str, tenant_id: int, ref: int | None = None) -> None:
        """File a value. Raises Conflict where it is filed already, whoever owns it."""
        try:
            await tx.run(SQL["add_entry"], kind=kind, key_hash=self.digest(kind, value), owner=tenant_id, ref=ref)
        except ConstraintViolated as error:
            raise Conflict("That key is already in use.") from error

    async def remove_all(self, tx: TenantTransaction, kind: Kind) -> None:
        """Forget every value of a kind that is filed under the tenant: they lead nowhere from the commit on."""
        await tx.run(SQL["remove_entries"], kind=kind)

    async def tenants(self, database: Database) -> list[int]:
        """Ids of every tenant, ascending."""
        async with database.system() as tx:
            return [entry.tenant_id for entry in await tx.all(SQL["all_tenants"], Entry)]
