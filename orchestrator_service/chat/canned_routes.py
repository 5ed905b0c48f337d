"""Canned replies as they would be inserted: `/chat/conversations/{id}/canned-replies` (PRODUCT §12.0)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.canned_filling import FilledReply, canned_in

router = APIRouter(prefix="/chat/conversations", tags=["chat"], route_class=ModelRoute)

Writer = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_WRITE))]


class FilledReplyView(BaseModel):
    """A reply for one conversation; what is not known stays in braces, and its names stand in `gaps`."""

    id: int
    title: str
    shortcut: str
    text: str
    gaps: list[str]
    language: str | None
    shared: bool

    @classmethod
    def of(cls, reply: FilledReply) -> FilledReplyView:
        """The reply."""
        kept = reply.canned
        return cls(
            id=kept.id,
            title=kept.title,
            shortcut=kept.shortcut,
            text=reply.text,
            gaps=list(reply.gaps),
            language=kept.language,
            shared=kept.owner_user_id is None,
        )


class FilledRepliesView(BaseModel):
    """All that the caller may insert, by shortcut."""

    items: list[FilledReplyView]


@router.get(
    "/{conversation_id}/canned-replies", dependencies=[Depends(rate_limit("100/minute", scope="chat.canned_in"))]
)
@audit_access("conversations.canned", subject="conversation")
async def get_canned_in(conversation_id: int, database: Db, principal: Writer) -> FilledRepliesView:
    """The company's replies and the caller's own, filled as far as the lead is known."""
    async with database.tenant(principal.tenant_id) as tx:
        filled = await canned_in(tx, principal, conversation_id)
    return FilledRepliesView(items=[FilledReplyView.of(one) for one in filled])
