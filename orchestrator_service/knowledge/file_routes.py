"""`POST /agent/knowledge/files`: the body is the file itself; its name, and what it replaces, stand in the headers."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Request, status

from core.media_store import MediaStore
from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.upload import decoded_name, read_upload
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Store, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.knowledge.keep import add_document, file_source, replace_document, text_source
from orchestrator_service.knowledge.models import LONGEST_TITLE, MOST_BYTES, Source
from orchestrator_service.knowledge.schemas import DocumentView
from orchestrator_service.knowledge.sources import is_pdf, words_of

router = APIRouter(prefix="/agent/knowledge", tags=["knowledge"], route_class=ModelRoute)

PATHS: Final = re.compile(r"/agent/knowledge/files")
Writer = Annotated[Principal, Depends(permit(Permission.KNOWLEDGE_WRITE))]
# A character takes up to 12 in percent-encoding.
Name = Annotated[str, Header(alias="X-File-Name", max_length=12 * LONGEST_TITLE)]
Replaces = Annotated[int | None, Header(alias="X-Replaces", ge=1, le=2**63 - 1)]


@router.post(
    "/files",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(rate_limit("60/minute", scope="agent.knowledge.files"))],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@audit_access("knowledge.upload", subject="knowledge_document")
async def post_file(  # noqa: PLR0917 - FastAPI injects them
    request: Request,
    database: Db,
    principal: Writer,
    store: Store,
    name: Name = "",
    replaces: Replaces = None,
) -> DocumentView:
    """Know the file that is the body: a PDF, Markdown, plain text or a saved web page, 8 MB at most.

    `X-File-Name` is percent-encoded UTF-8; `X-Replaces` names the document whose next version it is. 409
    `already_known`, `too_many_documents`; 413 `body_too_large`; 415 `not_readable`; 422 `nothing_to_read`.
    """
    filename = decoded_name(name, LONGEST_TITLE)
    title = _title_of(filename)
    source = await _source(principal, store, await read_upload(request, MOST_BYTES), filename, title)
    async with database.tenant(principal.tenant_id) as tx:
        if replaces is not None:
            kept = await replace_document(tx, principal, replaces, source)
        else:
            kept = await add_document(tx, principal, source)
    name_subject(request, f"knowledge_document:{kept.id}")
    return DocumentView.of(kept)


async def _source(principal: Principal, store: MediaStore, content: bytes, filename: str, title: str) -> Source:
    if not is_pdf(content):
        return text_source("file", title, words_of(content), filename=filename or None)
    stored = await store.put(principal.tenant_id, content)
    return file_source(title, content, filename=filename or None, storage_key=stored.key)


def _title_of(filename: str) -> str:
    """What the file is called, without what its ending says."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", filename)
    return re.sub(r"[_\s]+", " ", stem).strip() or "PDF"
