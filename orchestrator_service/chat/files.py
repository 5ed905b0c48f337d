"""The files of messages as the team sees them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.database import TenantTransaction
from core.statements import load_statements

SQL = load_statements(Path(__file__).with_name("media.sql"))


@dataclass(frozen=True, slots=True)
class MediaCard:
    """A file. `media_type` is what it turned out to be; `words` what it says or shows."""

    id: int
    state: str
    reason: str | None
    media_type: str | None
    size_bytes: int | None
    filename: str | None
    words_state: str
    words: str | None


@dataclass(frozen=True, slots=True)
class _OfMessage(MediaCard):
    message_id: int


async def files_of(tx: TenantTransaction, message_ids: list[int]) -> dict[int, MediaCard]:
    """The files of these messages, by message."""
    found = await tx.all(SQL["files_of_messages"], _OfMessage, message_ids=message_ids)
    return {one.message_id: one for one in found}
