"""Searching what was said: texts, captions, file names and transcripts, within the caller's scope (PRODUCT §12.0)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from core.database import TenantTransaction
from core.phone import display
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission, owner_filter
from orchestrator_service.chat.reading import SQL
from orchestrator_service.chat.snippets import Part, as_query, beginning, snippet, wanted_words

Place: TypeAlias = Literal["body", "file", "words"]
FEWEST_ALIKE: Final = 4  # letters below which nothing is alike: everything would be


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    conversation_id: int
    direction: str
    author: str
    author_user_id: int | None
    type: str
    body: str
    created_at: datetime
    filename: str | None
    words: str | None
    lead_name: str | None
    contact_name: str | None
    phone: str | None
    username: str | None


@dataclass(frozen=True, slots=True)
class _Near:
    word: str


@dataclass(frozen=True, slots=True)
class Found:
    """A message that says it, in its `body`, in its file's name, or in its file's `words`."""

    id: int
    conversation_id: int
    direction: str
    author: str
    author_user_id: int | None
    type: str
    created_at: datetime
    lead_name: str | None
    contact_name: str | None
    handle: str | None
    place: Place
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was found; `alike`: nothing says it exactly, these come near."""

    found: list[Found]
    alike: bool


async def search_messages(
    tx: TenantTransaction, principal: Principal, text: str, *, before_id: int, most: int
) -> Search:
    """At most `most` messages of the caller's scope below `before_id` that hold every word, the newest first.

    Where none does, words that come near (a slip of the pen) stand in for those that were typed.
    """
    words = wanted_words(text)
    if not words:
        return Search([], alike=False)
    rows = await _find(tx, principal, as_query(*((word,) for word in words)), before_id=before_id, most=most)
    if rows:
        return Search([_shown(row, words) for row in rows], alike=False)
    near = [(word, *await _near(tx, word)) for word in words]
    if all(len(each) == 1 for each in near):
        return Search([], alike=False)
    rows = await _find(tx, principal, as_query(*near), before_id=before_id, most=most)
    marked = tuple(word for each in near for word in each)
    return Search([_shown(row, marked) for row in rows], alike=bool(rows))


async def _near(tx: TenantTransaction, word: str) -> list[str]:
    if len(word) < FEWEST_ALIKE:
        return []
    return [near.word for near in await tx.all(SQL["near_words"], _Near, word=word) if near.word.isalnum()]


async def _find(tx: TenantTransaction, principal: Principal, wanted: str, *, before_id: int, most: int) -> list[_Row]:
    scope = owner_filter(principal, Permission.CONVERSATIONS_READ)
    return await tx.all(
        SQL["find_messages"],
        _Row,
        wanted=wanted,
        owner=scope.owner,
        unassigned=scope.unassigned,
        before_id=before_id,
        most=most,
    )


def _shown(row: _Row, words: tuple[str, ...]) -> Found:
    places: tuple[tuple[Place, str], ...] = (
        ("body", row.body),
        ("words", row.words or ""),
        ("file", row.filename or ""),
    )
    place: Place = "body"
    parts = beginning(row.body)
    for where, text in places:
        if (marked := snippet(text, words)) is not None:
            place, parts = where, marked
            break
    return Found(
        id=row.id,
        conversation_id=row.conversation_id,
        direction=row.direction,
        author=row.author,
        author_user_id=row.author_user_id,
        type=row.type,
        created_at=row.created_at,
        lead_name=row.lead_name,
        contact_name=row.contact_name,
        handle=display(row.phone) if row.phone else f"@{row.username}" if row.username else None,
        place=place,
        parts=parts,
    )
