"""Typed access to documents, their versions and their passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.database import TenantTransaction
from core.principal import UserId
from core.statements import sibling_statements
from orchestrator_service.knowledge.asking import Language
from orchestrator_service.knowledge.chunking import Chunk
from orchestrator_service.knowledge.models import Document, Kind, Passage, Source, State, Version

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the share of the question that it holds; `matched` are the places of the groups, from 1."""

    id: int
    document_id: int
    heading: str
    page: int | None
    body: str
    score: float
    matched: list[int] | None = None

    @property
    def passage(self) -> Passage:
        """Itself, without how it was found."""
        return Passage(self.id, self.document_id, self.heading, self.page, self.body)


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


async def list_documents(tx: TenantTransaction, kind: Kind | None, *, before_id: int, most: int) -> list[Document]:
    """At most `most` below `before_id`, newest first."""
    return await tx.all(SQL["list_documents"], Document, kind=kind, before_id=before_id, most=most)


async def find_document(tx: TenantTransaction, document_id: int, *, deleted: bool = False) -> Document | None:
    """One document, locked."""
    return await tx.one(SQL["find_document"], Document, document_id=document_id, deleted=deleted)


async def count_documents(tx: TenantTransaction) -> int:
    """How many there are; nobody adds another before the end of the transaction."""
    await tx.value(SQL["lock_company"], int)
    return await tx.value(SQL["count_documents"], int) or 0


async def document_of_content(tx: TenantTransaction, sha256: str) -> int | None:
    """Which document has that content."""
    return await tx.value(SQL["document_of_content"], int, sha256=sha256)


async def add_document(tx: TenantTransaction, source: Source, user_id: UserId) -> Document:
    """A new one, with its first version."""
    named = {"kind": source.kind, "title": source.title, "sha256": source.sha256}
    added = await tx.one(SQL["add_document"], Document, **named, user_id=user_id)
    assert added is not None, "the company is there: somebody of it asks"
    await _add_version(tx, added, source, user_id)
    return added


async def replace_document(tx: TenantTransaction, document_id: int, source: Source, user_id: UserId) -> Document:
    """The same one in a new version; what it said before is cited no more."""
    named = {"title": source.title, "sha256": source.sha256}
    changed = await tx.one(SQL["replace_document"], Document, document_id=document_id, **named, user_id=user_id)
    assert changed is not None, "it was locked before"
    await tx.run(SQL["drop_passages"], document_id=document_id)
    await _add_version(tx, changed, source, user_id)
    return changed


async def _add_version(tx: TenantTransaction, document: Document, source: Source, user_id: UserId) -> None:
    made = {name: getattr(source, name) for name in ("title", "filename", "url", "storage_key", "size_bytes", "body")}
    await tx.run(SQL["add_version"], document_id=document.id, version=document.version, user_id=user_id, **made)


async def versions_of(tx: TenantTransaction, document_id: int) -> list[Version]:
    """All of a document, the newest first."""
    return await tx.all(SQL["list_versions"], Version, document_id=document_id)


async def find_version(tx: TenantTransaction, document_id: int, version: int) -> Version | None:
    """What a version is made of."""
    return await tx.one(SQL["find_version"], Version, document_id=document_id, version=version)


async def keep_fetched(tx: TenantTransaction, document: Document, body: str, size_bytes: int) -> None:
    """What its address said."""
    made = {"version": document.version, "body": body, "size_bytes": size_bytes}
    await tx.run(SQL["keep_fetched"], document_id=document.id, **made)


async def set_state(  # noqa: PLR0917 - the columns that the state goes with
    tx: TenantTransaction,
    document_id: int,
    state: State,
    reasons: Sequence[str] = (),
    passages: int = 0,
    language: Language | None = None,
    title: str | None = None,
) -> None:
    """How far its reading is; language and title where the reading told them."""
    told = {"reasons": list(reasons), "passages": passages, "language": language, "title": title}
    await tx.run(SQL["set_state"], document_id=document_id, state=state, **told)


async def delete_document(tx: TenantTransaction, document_id: int, user_id: UserId) -> bool:
    """Whether it was there."""
    return await tx.run(SQL["delete_document"], document_id=document_id, user_id=user_id) > 0


async def restore_document(tx: TenantTransaction, document_id: int, user_id: UserId) -> bool:
    """Whether it was deleted. Raises ConstraintViolated where another has its content now."""
    return await tx.run(SQL["restore_document"], document_id=document_id, user_id=user_id) > 0


async def write_passages(
    tx: TenantTransaction, document_id: int, language: Language, chunks: Sequence[tuple[str, Chunk]]
) -> None:
    """The document's passages under their headings, in place of those that it had."""
    await tx.run(SQL["drop_passages"], document_id=document_id)
    await tx.run(
        SQL["add_passages"],
        document_id=document_id,
        language=language,
        headings=[heading for heading, _ in chunks],
        pages=[chunk.page for _, chunk in chunks],
        bodies=[chunk.text for _, chunk in chunks],
    )
    await tx.run(SQL["drop_terms"], document_id=document_id)
    await tx.run(SQL["add_terms"], document_id=document_id)


async def count_other_passages(tx: TenantTransaction, document_id: int) -> int:
    """How many passages the other documents have."""
    return await tx.value(SQL["count_passages"], int, document_id=document_id) or 0


async def passages_of(tx: TenantTransaction, document_id: int, most: int) -> list[Passage]:
    """The first ones of a document, in order."""
    return await tx.all(SQL["passages_of_document"], Passage, document_id=document_id, most=most)


async def passages_by_id(tx: TenantTransaction, ids: Sequence[int]) -> list[Passage]:
    """Those that are still there."""
    return await tx.all(SQL["passages_by_id"], Passage, ids=list(ids))


async def ready_documents(tx: TenantTransaction) -> list[int]:
    """Ids of those that can be cited."""
    return [row.id for row in await tx.all(SQL["ready_documents"], _Id)]


async def knows_anything(tx: TenantTransaction) -> bool:
    """Whether anything can be cited."""
    return await tx.value(SQL["knows_anything"], bool) or False
