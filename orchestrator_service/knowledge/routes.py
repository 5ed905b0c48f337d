"""`/agent/knowledge/documents` (PRODUCT §9.1, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.knowledge.keep import (
    add_document,
    forget_document,
    page_source,
    read_again,
    replace_document,
    restore_document,
    text_source,
)
from orchestrator_service.knowledge.models import Document, Kind
from orchestrator_service.knowledge.reading import list_documents, read_document
from orchestrator_service.knowledge.schemas import DocumentView, FaqBody, KnowledgeTextBody, KnownView, PageBody

router = APIRouter(prefix="/agent/knowledge", tags=["knowledge"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.KNOWLEDGE_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.KNOWLEDGE_WRITE))]
_READS = [Depends(rate_limit("100/minute", scope="agent.knowledge"))]
_WRITES = [Depends(rate_limit("60/minute", scope="agent.knowledge.write"))]


@router.get("/documents", dependencies=_READS)
@audit_access("knowledge.list", subject="knowledge")
async def get_documents(
    database: Db,
    principal: Reader,
    kind: Kind | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
) -> Page[DocumentView]:
    """What the agent may cite, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_documents(tx, kind, before_id=before, most=limit + 1)
    return page(found, limit, show=DocumentView.of, cursor=lambda document: id_cursor(document.id))


@router.get("/documents/{document_id}", dependencies=_READS)
@audit_access("knowledge.read", subject="knowledge_document")
async def get_document(document_id: int, database: Db, principal: Reader) -> KnownView:
    """One document with its versions and its passages."""
    async with database.tenant(principal.tenant_id) as tx:
        return KnownView.of(await read_document(tx, document_id))


@router.post("/texts", status_code=status.HTTP_201_CREATED, dependencies=_WRITES)
@audit_access("knowledge.add", subject="knowledge_document")
async def post_text(request: Request, body: KnowledgeTextBody, database: Db, principal: Writer) -> DocumentView:
    """Know these words. 409 `already_known` with the `document_id`, `too_many_documents`; 422 `nothing_to_read`."""
    async with database.tenant(principal.tenant_id) as tx:
        added = await add_document(tx, principal, text_source("text", body.title, body.text))
    return _named(request, added)


@router.put("/texts/{document_id}", dependencies=_WRITES)
@audit_access("knowledge.replace", subject="knowledge_document")
async def put_text(document_id: int, body: KnowledgeTextBody, database: Db, principal: Writer) -> DocumentView:
    """Put these words in place of the document's; what it said before is kept as history. 409 `already_known`."""
    async with database.tenant(principal.tenant_id) as tx:
        source = text_source("text", body.title, body.text)
        return DocumentView.of(await replace_document(tx, principal, document_id, source))


@router.post("/pages", status_code=status.HTTP_201_CREATED, dependencies=_WRITES)
@audit_access("knowledge.add_page", subject="knowledge_document")
async def post_page(request: Request, body: PageBody, database: Db, principal: Writer) -> DocumentView:
    """Fetch an address and know what it says. 409 `already_known`, `too_many_documents`."""
    async with database.tenant(principal.tenant_id) as tx:
        added = await add_document(tx, principal, page_source(body.url, body.url[:300]))
    return _named(request, added)


@router.post("/faq", status_code=status.HTTP_201_CREATED, dependencies=_WRITES)
@audit_access("knowledge.add_faq", subject="knowledge_document")
async def post_faq(request: Request, body: FaqBody, database: Db, principal: Writer) -> DocumentView:
    """Know the answer to a question. 409 `already_known`, `too_many_documents`."""
    async with database.tenant(principal.tenant_id) as tx:
        added = await add_document(tx, principal, text_source("faq", body.question, body.answer))
    return _named(request, added)


@router.put("/faq/{document_id}", dependencies=_WRITES)
@audit_access("knowledge.replace_faq", subject="knowledge_document")
async def put_faq(document_id: int, body: FaqBody, database: Db, principal: Writer) -> DocumentView:
    """Another question or answer. 409 `already_known`."""
    async with database.tenant(principal.tenant_id) as tx:
        source = text_source("faq", body.question, body.answer)
        return DocumentView.of(await replace_document(tx, principal, document_id, source))


@router.post("/documents/{document_id}/read-again", dependencies=_WRITES)
@audit_access("knowledge.read_again", subject="knowledge_document")
async def post_read_again(document_id: int, database: Db, principal: Writer) -> DocumentView:
    """Read it once more; an address is fetched anew."""
    async with database.tenant(principal.tenant_id) as tx:
        return DocumentView.of(await read_again(tx, document_id))


@router.delete("/documents/{document_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_WRITES)
@audit_access("knowledge.delete", subject="knowledge_document")
async def delete_document(document_id: int, database: Db, principal: Writer) -> None:
    """Cite it no more; it can be restored."""
    async with database.tenant(principal.tenant_id) as tx:
        await forget_document(tx, principal, document_id)


@router.post("/documents/{document_id}/restore", dependencies=_WRITES)
@audit_access("knowledge.restore", subject="knowledge_document")
async def post_restore(document_id: int, database: Db, principal: Writer) -> DocumentView:
    """Put a deleted document back. 409 `already_known` where another has its content now."""
    async with database.tenant(principal.tenant_id) as tx:
        return DocumentView.of(await restore_document(tx, principal, document_id))


def _named(request: Request, document: Document) -> DocumentView:
    name_subject(request, f"knowledge_document:{document.id}")
    return DocumentView.of(document)
