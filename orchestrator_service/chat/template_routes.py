"""Templates in the hand of whoever answers: `/chat/conversations…` (PRODUCT §7.7, §12.0)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.schemas import MessageView
from orchestrator_service.chat.template_schemas import OfferedListView, StartBody, StartedView, TemplateBody
from orchestrator_service.chat.template_writing import (
    OfferedToLead,
    offered_in,
    offered_to,
    start_conversation,
    write_template,
)

router = APIRouter(prefix="/chat/conversations", tags=["chat"], route_class=ModelRoute)
start_router = APIRouter(prefix="/chat/leads", tags=["chat"], route_class=ModelRoute)

Writer = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_WRITE))]
Key = Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,100}$")]
_READ = [Depends(rate_limit("100/minute", scope="chat.offered"))]
_WRITE = [Depends(rate_limit("60/minute", scope="chat.write"))]


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_WRITE)
@audit_access("conversations.start", subject="conversation")
async def post_conversation(  # noqa: PLR0917 - FastAPI injects them
    request: Request, body: StartBody, door: Door, database: Db, principal: Writer, key: Key = None
) -> StartedView:
    """Write to a lead first, by template; with an `Idempotency-Key` the same message is sent once.

    409 `no_address`, `template_unavailable`, `template_incomplete` with the `values` that are wrong, and what refuses a
    message.
    """
    async with database.tenant(principal.tenant_id) as tx:
        conversation_id, written = await start_conversation(
            tx, principal, body.lead_id, body.template_id, body.values, key=key, now=door.clock()
        )
    name_subject(request, f"conversation:{conversation_id}")
    return StartedView(conversation_id=conversation_id, message=MessageView.of(written))


@router.get("/{conversation_id}/templates", dependencies=_READ)
@audit_access("conversations.templates", subject="conversation")
async def get_offered(conversation_id: int, database: Db, principal: Writer) -> OfferedListView:
    """The templates that may be sent there, filled as far as the lead is known."""
    async with database.tenant(principal.tenant_id) as tx:
        offered = await offered_in(tx, principal, conversation_id)
    return OfferedListView.of(OfferedToLead(reachable=True, offered=offered))


@router.post("/{conversation_id}/templates", status_code=status.HTTP_201_CREATED, dependencies=_WRITE)
@audit_access("conversations.template", subject="conversation")
async def post_template(  # noqa: PLR0917 - FastAPI injects them
    conversation_id: int, body: TemplateBody, door: Door, database: Db, principal: Writer, key: Key = None
) -> MessageView:
    """Send a template; the agent pauses. 409 as when a conversation is started."""
    async with database.tenant(principal.tenant_id) as tx:
        written = await write_template(
            tx, principal, conversation_id, body.template_id, body.values, key=key, now=door.clock()
        )
    return MessageView.of(written)


@start_router.get("/{lead_id}/templates", dependencies=_READ)
@audit_access("leads.templates", subject="lead")
async def get_offered_to_lead(lead_id: int, database: Db, principal: Writer) -> OfferedListView:
    """The templates with which a lead may be written to, filled as far as it is known."""
    async with database.tenant(principal.tenant_id) as tx:
        return OfferedListView.of(await offered_to(tx, principal, lead_id))
