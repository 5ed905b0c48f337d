"""A service refuses to run as a role that row level security does not bind (PRODUCT §2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from core.config import MisconfiguredError
from core.database import Database
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class _Role:
    name: str
    superuser: bool
    bypasses: bool
    owns_tables: bool


async def refuse_powerful_role(database: Database) -> None:
    """Raise MisconfiguredError where the connected role is superuser, bypasses row level security or owns a table."""
    async with database.system() as tx:
        role = await tx.one(SQL["current_role"], _Role)
    if role is None or role.superuser or role.bypasses or role.owns_tables:
        name = role.name if role else "?"
        raise MisconfiguredError(f"DATABASE_URL connects as {name}, whom row level security does not bind.")
