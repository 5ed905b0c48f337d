"""Adding, replacing, deleting and putting back documents; each is read by a job of its own (`index.py`)."""

from __future__ import annotations

import hashlib

from core.contracts import IndexDocument, index_lock
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.jobs import defer
from core.principal import Principal
from orchestrator_service.knowledge import repository
from orchestrator_service.knowledge.announce import announce_document
from orchestrator_service.knowledge.models import (
    LONGEST_TEXT,
    MOST_DOCUMENTS,
    Document,
    Kind,
    Source,
)

_CONTENT_KEY = "knowledge_documents_by_content"


class AlreadyKnown(Conflict):
    """Another document has that content; `document_id` says which."""

    code = "already_known"
    title = "Already Known"


class TooManyDocuments(Conflict):
    """As many as a company may keep."""

    code = "too_many_documents"
    title = "Too Many Documents"


class NothingToRead(BadInput):
    """No word in it."""

    code = "nothing_to_read"


class TextTooLong(BadInput):
    """More characters than are kept of a document."""

    code = "text_too_long"


def text_source(kind: Kind, title: str, body: str, *, filename: str | None = None, url: str | None = None) -> Source:
    """Words that are known by themselves. Raises NothingToRead, TextTooLong."""
    if not body.strip():
        raise NothingToRead("there is no word in it")
    if len(body) > LONGEST_TEXT:
        raise TextTooLong(f"{LONGEST_TEXT} characters are kept at most", extra={"most": LONGEST_TEXT})
    content = body.encode()
    digest = _digest((kind == "faq" and title.casefold().encode() + b"\x00") or b"", content)
    return Source(kind, title, digest, len(content), body=body, filename=filename, url=url)


def page_source(url: str, title: str) -> Source:
    """An address that is still to be fetched: it is known by itself, whatever it says."""
    return Source("page", title, _digest(b"url\x00", url.encode()), 0, url=url)


def file_source(title: str, content: bytes, *, filename: str | None, storage_key: str) -> Source:
    """A file in the store."""
    digest = _digest(b"", content)
    return Source("file", title, digest, len(content), filename=filename, storage_key=storage_key)


def _digest(before: bytes, content: bytes) -> str:
    return hashlib.sha256(before + content).hexdigest()


async def add_document(tx: TenantTransaction, principal: Principal, source: Source) -> Document:
    """Keep it and have it read. Raises AlreadyKnown, TooManyDocuments."""
    if await repository.count_documents(tx) >= MOST_DOCUMENTS:
        raise TooManyDocuments(f"{MOST_DOCUMENTS} are kept at most")
    await _demand_new(tx, source, None)
    added = await repository.add_document(tx, source, principal.user_id)
    await have_it_read(tx, added)
    return added


async def replace_document(tx: TenantTransaction, principal: Principal, document_id: int, source: Source) -> Document:
    """A new version in place of the old, which is kept as history and cited no more.

    Raises NotFound, also where it is of another kind; AlreadyKnown.
    """
    known = await repository.find_document(tx, document_id)
    if known is None or (known.kind == "faq") != (source.kind == "faq"):
        raise NotFound
    await _demand_new(tx, source, document_id)
    changed = await repository.replace_document(tx, document_id, source, principal.user_id)
    await have_it_read(tx, changed)
    return changed


async def read_again(tx: TenantTransaction, document_id: int) -> Document:
    """Read the version at hand once more, an address by fetching it anew. Raises NotFound."""
    known = await repository.find_document(tx, document_id)
    if known is None:
        raise NotFound
    await repository.set_state(tx, document_id, "waiting", passages=known.passages)
    await have_it_read(tx, known)
    return known


async def forget_document(tx: TenantTransaction, principal: Principal, document_id: int) -> None:
    """It is cited no more from this moment. Raises NotFound."""
    if not await repository.delete_document(tx, document_id, principal.user_id):
        raise NotFound
    await announce_document(tx, document_id, "deleted")


async def restore_document(tx: TenantTransaction, principal: Principal, document_id: int) -> Document:
    """It is cited again. Raises NotFound where it was not deleted, AlreadyKnown where another has its content now."""
    try:
        async with tx.savepoint():
            restored = await repository.restore_document(tx, document_id, principal.user_id)
    except ConstraintViolated as error:
        if error.constraint == _CONTENT_KEY:
            raise AlreadyKnown("another document has that content now") from error
        raise
    known = await repository.find_document(tx, document_id) if restored else None
    if known is None:
        raise NotFound
    await announce_document(tx, document_id, known.state)
    return known


async def have_it_read(tx: TenantTransaction, document: Document) -> None:
    """At the commit of `tx`."""
    job = IndexDocument(tx.tenant_id, document.id, document.version)
    await defer(tx, job, lock=index_lock(tx.tenant_id))
    await announce_document(tx, document.id, "waiting")


async def _demand_new(tx: TenantTransaction, source: Source, document_id: int | None) -> None:
    known = await repository.document_of_content(tx, source.sha256)
    if known is not None and known != document_id:
        raise AlreadyKnown("another document has that content", extra={"document_id": known})
