"""`/admin/core/lead-sources`: where leads come from by themselves (PRODUCT §12.7)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Door, permit
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.lead_sources import manage
from orchestrator_service.lead_sources.models import Source
from orchestrator_service.lead_sources.schemas import (
    AdQuestionsView,
    AdQuestionView,
    LeadSourceView,
    NewSourceBody,
    PageQuery,
    ReceivedView,
    SourceBody,
    SourceSecretView,
    SourcesView,
)

router = APIRouter(prefix="/admin/core/lead-sources", tags=["lead sources"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.SETTINGS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="lead_sources"))]


@router.get("")
@audit_access("lead_sources.list", subject="lead_sources")
async def get_sources(door: Door, principal: Reader) -> SourcesView:
    """The company's forms, hooks and pages of Meta's, those in use first."""
    async with door.database.tenant(principal.tenant_id) as tx:
        sources = await manage.list_sources(tx)
    return SourcesView(items=[_view(door, one) for one in sources])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("lead_sources.create", subject="lead_source")
async def post_source(request: Request, body: NewSourceBody, door: Door, principal: Writer) -> SourceSecretView:
    """Add a source; a hook's secret is in this answer alone. 409 `too_many_sources`, `page_taken`."""
    async with door.database.tenant(principal.tenant_id) as tx:
        source, secret = await manage.add_source(
            tx, door.directory, door.keyring, principal, body.kind, body.name, body.form, body.page_id
        )
    name_subject(request, f"lead_source:{source.id}")
    return SourceSecretView.of(_view(door, source), secret)


@router.patch("/{source_id}", dependencies=_LIMITED)
@audit_access("lead_sources.edit", subject="lead_source")
async def patch_source(source_id: int, body: SourceBody, door: Door, principal: Writer) -> LeadSourceView:
    """Change a source, or switch it off and on. 404 for an owner of elsewhere too; 409 `other_kind`."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return _view(door, await manage.change_source(tx, principal, source_id, body.given()))


@router.post("/{source_id}/secret", dependencies=_LIMITED)
@audit_access("lead_sources.rotate", subject="lead_source")
async def post_secret(source_id: int, door: Door, principal: Writer) -> SourceSecretView:
    """A new secret for a hook, in this answer alone; the former one works for another day. 409 `other_kind`."""
    async with door.database.tenant(principal.tenant_id) as tx:
        source, secret = await manage.rotate_secret(tx, door.keyring, principal, source_id, door.clock())
    return SourceSecretView.of(_view(door, source), secret)


@router.get("/{source_id}/received", dependencies=[Depends(rate_limit("100/minute", scope="lead_sources.received"))])
@audit_access("lead_sources.received", subject="lead_source")
async def get_received(
    source_id: int, door: Door, principal: Reader, wanted: Annotated[PageQuery, Query()]
) -> Page[ReceivedView]:
    """What came by a source and which lead it became, newest first."""
    before, most = id_before(wanted.cursor), wanted.limit + 1
    async with door.database.tenant(principal.tenant_id) as tx:
        found = await manage.list_received(tx, source_id, before_id=before, most=most)
    return page(found, wanted.limit, show=ReceivedView.of, cursor=lambda one: id_cursor(one.id))


@router.get("/{source_id}/questions", dependencies=_LIMITED)
@audit_access("lead_sources.questions", subject="lead_source")
async def get_questions(source_id: int, door: Door, principal: Reader) -> AdQuestionsView:
    """What the forms of a page of Meta's ask, and where each answer goes. 409 `other_kind`."""
    async with door.database.tenant(principal.tenant_id) as tx:
        asked = await manage.list_questions(tx, source_id)
    return AdQuestionsView(items=[AdQuestionView.of(one) for one in asked])


def _view(door: AccessDoor, source: Source) -> LeadSourceView:
    return LeadSourceView.of(source, door.public_url, door.webhook_url)
