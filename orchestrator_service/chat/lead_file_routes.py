"""`GET /crm/leads/{id}/files`: a lead's files; each is opened at `/chat/media/{id}`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.lead_files import LeadFile, files_of_lead

router = APIRouter(prefix="/crm/leads", tags=["leads"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_READ))]


class LeadFileView(BaseModel):
    """A file of a lead's conversation. `media_type` is what its bytes are; only a `stored` one can be opened."""

    id: int
    conversation_id: int
    message_id: int
    direction: Literal["in", "out"]
    filename: str | None
    media_type: str | None
    size_bytes: int | None
    state: Literal["waiting", "stored", "refused", "gone"]
    created_at: datetime

    @classmethod
    def of(cls, file: LeadFile) -> LeadFileView:
        """The file."""
        return cls(
            id=file.id,
            conversation_id=file.conversation_id,
            message_id=file.message_id,
            direction=file.direction,
            filename=file.filename,
            media_type=file.sniffed_type or file.declared_type,
            size_bytes=file.size_bytes,
            state=file.state,
            created_at=file.created_at,
        )


@router.get("/{lead_id}/files", dependencies=[Depends(rate_limit("100/minute", scope="crm.files"))])
@audit_access("leads.files", subject="lead")
async def get_files(
    lead_id: int,
    database: Db,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[LeadFileView]:
    """What came and went in the lead's conversations, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        files = await files_of_lead(tx, principal, lead_id, before_id=before, most=limit + 1)
    return page(files, limit, show=LeadFileView.of, cursor=lambda file: id_cursor(file.id))
