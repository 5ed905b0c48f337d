"""Typed access to notes on leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.principal import Role
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Note:
    """A row of `lead_notes`; `mentions` are user ids."""

    id: int
    lead_id: int
    author_user_id: int
    body: str
    mentions: list[int]
    created_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in the company."""

    id: int
    role: Role


async def list_notes(tx: TenantTransaction, lead_id: int, *, before_id: int, most: int) -> list[Note]:
    """At most `most` notes of a lead below `before_id`, newest first."""
    return await tx.all(SQL["list_notes"], Note, lead_id=lead_id, before_id=before_id, most=most)


async def find_note(tx: TenantTransaction, note_id: int) -> Note | None:
    """One note, locked."""
    return await tx.one(SQL["find_note"], Note, note_id=note_id)


async def add_note(tx: TenantTransaction, lead_id: int, author: int, body: str, mentions: Sequence[int]) -> Note:
    """The new note."""
    note = await tx.one(
        SQL["add_note"], Note, lead_id=lead_id, author_user_id=author, body=body, mentions=list(mentions)
    )
    assert note is not None, "an insert answers its row"
    return note


async def change_note(tx: TenantTransaction, note_id: int, body: str, mentions: Sequence[int]) -> Note | None:
    """The note as it is now."""
    return await tx.one(SQL["change_note"], Note, note_id=note_id, body=body, mentions=list(mentions))


async def remove_note(tx: TenantTransaction, note_id: int) -> None:
    """Forget a note."""
    await tx.run(SQL["remove_note"], note_id=note_id)


async def colleagues(tx: TenantTransaction, user_ids: Sequence[int]) -> list[Colleague]:
    """Those of them who work in the company."""
    return await tx.all(SQL["workers"], Colleague, user_ids=list(user_ids))
