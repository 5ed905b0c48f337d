"""Typed access to the credentials' rows; their values are read and written through `core/channels.py` alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.database import TenantTransaction
from core.errors import NotFound
from core.statements import sibling_statements
from orchestrator_service.vault.models import Number

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored key, masked: a mask a line."""

    name: str
    masked: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Modes:
    """Whether the company is a demo, and which brain answers its customers."""

    mode: Literal["demo", "live"]
    brain: Literal["demo", "live"]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote the key of a subject (`credential:<name>`) last, and when."""

    subject: str
    user_id: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """One envelope."""

    name: str
    sealed: str = field(repr=False)


async def list_stored(tx: TenantTransaction) -> dict[str, Stored]:
    """By name."""
    return {row.name: row for row in await tx.all(SQL["list_stored"], Stored)}


async def list_writers(tx: TenantTransaction) -> dict[tuple[str, datetime], int]:
    """Who wrote a subject's key at a moment."""
    return {(row.subject, row.occurred_at): row.user_id for row in await tx.all(SQL["writers"], Writer)}


async def list_numbers(tx: TenantTransaction) -> list[Number]:
    """Oldest first."""
    return await tx.all(SQL["list_numbers"], Number)


async def read_modes(tx: TenantTransaction) -> Modes:
    """What stands in for providers. Raises NotFound where the company has no settings."""
    modes = await tx.one(SQL["what_is_simulated"], Modes)
    if modes is None:
        raise NotFound
    return modes


async def delete(tx: TenantTransaction, name: str) -> bool:
    """Whether there was one."""
    return await tx.run(SQL["delete_credential"], name=name) > 0


async def count_stale(tx: TenantTransaction, prefix: str) -> int:
    """Values whose envelope does not start so."""
    return await tx.value(SQL["count_stale"], int, prefix=prefix) or 0


async def stale_batch(tx: TenantTransaction, prefix: str, *, after: str, most: int) -> list[Sealed]:
    """The next of them above `after`, by name."""
    return await tx.all(SQL["stale_batch"], Sealed, prefix=prefix, after=after, most=most)


async def replace_sealed(tx: TenantTransaction, replaced: list[tuple[Sealed, str]]) -> int:
    """Put the fresh envelope in the place of each old one that is still there; answers how many were."""
    return await tx.run(
        SQL["replace_sealed"],
        names=[old.name for old, _ in replaced],
        stale=[old.sealed for old, _ in replaced],
        fresh=[fresh for _, fresh in replaced],
    )
