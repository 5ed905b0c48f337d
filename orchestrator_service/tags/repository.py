"""Typed access to the company's tags; who carries them is kept with the leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.database import TenantTransaction
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Tag:
    """A row of `tags`; `leads` is how many of the reader's scope carry it."""

    id: int
    name: str
    color: str
    leads: int


@dataclass(frozen=True, slots=True)
class _Made:
    id: int


@dataclass(frozen=True, slots=True)
class _Carrier:
    lead_id: int


async def list_tags(tx: TenantTransaction, *, owner: int | None, unassigned: bool) -> list[Tag]:
    """Every tag by its name; the scope is that of the leads which are counted."""
    return await tx.all(SQL["list_tags"], Tag, owner=owner, unassigned=unassigned)


async def find_tag(tx: TenantTransaction, tag_id: int) -> Tag | None:
    """One tag, locked, uncounted."""
    return await tx.one(SQL["find_tag"], Tag, tag_id=tag_id)


async def count_tags(tx: TenantTransaction) -> int:
    """How many there are; another one cannot be added before the end of the transaction."""
    await tx.value(SQL["lock_company"], int)
    return await tx.value(SQL["count_tags"], int) or 0


async def add_tag(tx: TenantTransaction, name: str, color: str, created_by: int) -> int | None:
    """The new tag's id; None where the name is taken."""
    return await tx.value(SQL["add_tag"], int, name=name, color=color, created_by=created_by)


async def change_tag(tx: TenantTransaction, tag_id: int, name: str, color: str) -> None:
    """Rename or recolour. Raises ConstraintViolated for a name in use."""
    await tx.run(SQL["change_tag"], tag_id=tag_id, name=name, color=color)


async def leads_with_tag(tx: TenantTransaction, tag_id: int) -> list[int]:
    """Ids of the leads that carry it, deleted ones too."""
    return [row.lead_id for row in await tx.all(SQL["leads_with_tag"], _Carrier, tag_id=tag_id)]


async def remove_tag(tx: TenantTransaction, tag_id: int) -> None:
    """Forget a tag; its leads lose it."""
    await tx.run(SQL["remove_tag"], tag_id=tag_id)


async def attach(tx: TenantTransaction, lead_id: int, tag_id: int, added_by: int) -> None:
    """Put a tag on a lead."""
    await tx.run(SQL["attach"], lead_id=lead_id, tag_id=tag_id, added_by=added_by)


async def detach(tx: TenantTransaction, lead_id: int, tag_id: int) -> None:
    """Take a tag off a lead."""
    await tx.run(SQL["detach"], lead_id=lead_id, tag_id=tag_id)


async def name_of_tag(tx: TenantTransaction, tag_id: int) -> str | None:
    """What a tag is called, which is not forgotten before the end of the transaction."""
    return await tx.value(SQL["name_of_tag"], str, tag_id=tag_id)


async def make_tags(tx: TenantTransaction, names: Sequence[str], created_by: int) -> list[int]:
    """The ids of the tags that were missing."""
    made = await tx.all(SQL["make_tags"], _Made, names=list(names), created_by=created_by)
    return [one.id for one in made]


async def forget_unused(tx: TenantTransaction, tag_ids: Sequence[int]) -> int:
    """Forget those that no lead carries; answers how many."""
    return await tx.run(SQL["forget_unused"], tag_ids=list(tag_ids))
