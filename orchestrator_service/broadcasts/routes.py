"""`/chat/broadcasts` (PRODUCT §7.7)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.broadcasts.prepare import begin_broadcast, preview
from orchestrator_service.broadcasts.schemas import (
    BroadcastBody,
    BroadcastView,
    PreviewBody,
    PreviewView,
    RecipientView,
)
from orchestrator_service.broadcasts.steer import (
    cancel,
    list_broadcasts,
    list_recipients,
    pause,
    read_broadcast,
    resume,
)

router = APIRouter(prefix="/chat/broadcasts", tags=["broadcasts"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.BROADCASTS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.BROADCASTS_WRITE))]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=200)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,100}$")]
_READ = [Depends(rate_limit("100/minute", scope="chat.broadcasts"))]
_WRITE = [Depends(rate_limit("30/minute", scope="chat.broadcasts.write"))]


@router.get("", dependencies=_READ)
@audit_access("broadcasts.list", subject="broadcasts")
async def get_broadcasts(
    database: Db, principal: Reader, limit: Limit = DEFAULT_PAGE, cursor: Cursor = None
) -> Page[BroadcastView]:
    """Every broadcast with its figures, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_broadcasts(tx, before_id=before, most=limit + 1)
    return page(found, limit, show=BroadcastView.of, cursor=lambda one: id_cursor(one.id))


@router.post("/preview", dependencies=_READ)
@audit_access("broadcasts.preview", subject="broadcasts")
async def post_preview(body: PreviewBody, database: Db, principal: Writer) -> PreviewView:
    """Whom it would reach, and how it reads; nothing is stored.

    409 `template_unavailable`, `template_incomplete`, `unknown_field`.
    """
    async with database.tenant(principal.tenant_id) as tx:
        return PreviewView.of(await preview(tx, body.new()))


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_WRITE)
@audit_access("broadcasts.begin", subject="broadcast")
async def post_broadcast(
    request: Request, body: BroadcastBody, database: Db, principal: Writer, key: Key = None
) -> BroadcastView:
    """Begin one; with an `Idempotency-Key` the same is begun once. 409 as the preview; `nobody_meant`."""
    async with database.tenant(principal.tenant_id) as tx:
        broadcast_id = await begin_broadcast(tx, principal, body.broadcast(), key=key)
        begun = BroadcastView.of(await read_broadcast(tx, broadcast_id))
    name_subject(request, f"broadcast:{begun.id}")
    return begun


@router.get("/{broadcast_id}", dependencies=_READ)
@audit_access("broadcasts.show", subject="broadcast")
async def get_broadcast(broadcast_id: int, database: Db, principal: Reader) -> BroadcastView:
    """One with its figures."""
    async with database.tenant(principal.tenant_id) as tx:
        return BroadcastView.of(await read_broadcast(tx, broadcast_id))


@router.get("/{broadcast_id}/recipients", dependencies=_READ)
@audit_access("broadcasts.recipients", subject="broadcast")
async def get_recipients(
    broadcast_id: int, database: Db, principal: Reader, limit: Limit = DEFAULT_PAGE, cursor: Cursor = None
) -> Page[RecipientView]:
    """Whom it was for, and what became of each."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_recipients(tx, broadcast_id, before_id=before, most=limit + 1)
    return page(found, limit, show=RecipientView.of, cursor=lambda one: id_cursor(one.lead_id))


@router.post("/{broadcast_id}/pause", dependencies=_WRITE)
@audit_access("broadcasts.pause", subject="broadcast")
async def post_pause(broadcast_id: int, database: Db, principal: Writer) -> BroadcastView:
    """Hold it up; 409 `broadcast_over`."""
    async with database.tenant(principal.tenant_id) as tx:
        return BroadcastView.of(await pause(tx, broadcast_id))


@router.post("/{broadcast_id}/resume", dependencies=_WRITE)
@audit_access("broadcasts.resume", subject="broadcast")
async def post_resume(broadcast_id: int, database: Db, principal: Writer) -> BroadcastView:
    """Let it go on; 409 `broadcast_over`."""
    async with database.tenant(principal.tenant_id) as tx:
        return BroadcastView.of(await resume(tx, broadcast_id))


@router.post("/{broadcast_id}/cancel", dependencies=_WRITE)
@audit_access("broadcasts.cancel", subject="broadcast")
async def post_cancel(broadcast_id: int, database: Db, principal: Writer) -> BroadcastView:
    """End it for good; what has left has left. 409 `broadcast_over`."""
    async with database.tenant(principal.tenant_id) as tx:
        return BroadcastView.of(await cancel(tx, broadcast_id))
