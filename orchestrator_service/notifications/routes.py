"""`/notifications`: the caller's own bell (UI §3). Nobody reads another's, whatever the role."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.model_route import ModelRoute
from core.paging import Page, id_before, id_cursor, page
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, LoggedIn
from orchestrator_service.notifications.reading import list_notifications, mark_read, summarise
from orchestrator_service.notifications.schemas import ListQuery, NotificationView, ReadBody, SummaryView

router = APIRouter(prefix="/notifications", tags=["notifications"], route_class=ModelRoute)


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="notifications"))])
@audit_access("notifications.list", subject="notifications")
async def get_notifications(
    database: Db, principal: LoggedIn, wanted: Annotated[ListQuery, Query()]
) -> Page[NotificationView]:
    """What the caller was told, newest first."""
    before = id_before(wanted.cursor)
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_notifications(tx, principal, unread=wanted.unread, before_id=before, most=wanted.limit + 1)
    return page(found, wanted.limit, show=NotificationView.of, cursor=lambda one: id_cursor(one.id))


@router.get("/summary")
async def get_summary(database: Db, principal: LoggedIn) -> SummaryView:
    """How many are unread."""
    async with database.tenant(principal.tenant_id) as tx:
        return SummaryView.of(await summarise(tx, principal))


@router.post("/read")
@audit_access("notifications.read", subject="notifications")
async def post_read(body: ReadBody, database: Db, principal: LoggedIn) -> SummaryView:
    """Mark the caller's own as read; ids that are not the caller's change nothing."""
    async with database.tenant(principal.tenant_id) as tx:
        return SummaryView.of(await mark_read(tx, principal, ids=body.ids, through_id=body.through_id))
