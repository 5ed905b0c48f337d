"""Reading what is known: documents, one with its versions and passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.database import TenantTransaction
from core.errors import NotFound
from core.resilience import optional
from orchestrator_service.knowledge import repository
from orchestrator_service.knowledge.models import Document, Kind, Passage, Version

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A document with all that it was made of, and the first of its passages."""

    document: Document
    versions: list[Version]
    passages: list[Passage]


async def list_documents(tx: TenantTransaction, kind: Kind | None, *, before_id: int, most: int) -> list[Document]:
    """At most `most` below `before_id`, newest first."""
    return await optional(
        tx, lambda: repository.list_documents(tx, kind, before_id=before_id, most=most), missing=list[Document]()
    )


async def read_document(tx: TenantTransaction, document_id: int) -> Known:
    """One document. Raises NotFound."""
    document = await optional(tx, lambda: repository.find_document(tx, document_id), missing=None)
    if document is None:
        raise NotFound
    versions = await optional(tx, lambda: repository.versions_of(tx, document_id), missing=list[Version]())
    passages = await optional(tx, lambda: repository.passages_of(tx, document_id, MOST_SHOWN), missing=list[Passage]())
    return Known(document, versions, passages)


async def cited_passages(tx: TenantTransaction, ids: Sequence[int]) -> list[Passage]:
    """Those of the passages that are still there, by id."""
    return await optional(tx, lambda: repository.passages_by_id(tx, ids), missing=list[Passage]())
