"""`/crm/tags`, and tags on `/crm/leads/{id}/tags` (PRODUCT §12.1)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.leads.schemas import LeadView
from orchestrator_service.tags.attach import tag_lead
from orchestrator_service.tags.keep import add_tag, change_tag, forget_tag, list_tags
from orchestrator_service.tags.schemas import ForgottenTagView, NewTagBody, TagBody, TagsView, TagView

router = APIRouter(prefix="/crm", tags=["leads"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.LEADS_WRITE))]
Keeper = Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.tags"))]


@router.get("/tags", dependencies=_LIMITED)
@audit_access("tags.list", subject="tags")
async def get_tags(database: Db, principal: Reader) -> TagsView:
    """Every tag of the company by its name, with how many leads of the caller's scope carry it."""
    async with database.tenant(principal.tenant_id) as tx:
        return TagsView(items=[TagView.of(tag) for tag in await list_tags(tx, principal)])


@router.post("/tags", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("tags.create", subject="tag")
async def post_tag(request: Request, body: NewTagBody, database: Db, principal: Writer) -> TagView:
    """Make a tag; 409 `tag_taken` (upper and lower case are alike), `too_many_tags`."""
    async with database.tenant(principal.tenant_id) as tx:
        tag = await add_tag(tx, principal, body.name, body.color)
    name_subject(request, f"tag:{tag.id}")
    return TagView.of(tag)


@router.patch("/tags/{tag_id}", dependencies=_LIMITED)
@audit_access("tags.edit", subject="tag")
async def patch_tag(tag_id: int, body: TagBody, database: Db, principal: Keeper) -> TagView:
    """Rename or recolour a tag; 409 `tag_taken`."""
    async with database.tenant(principal.tenant_id) as tx:
        await change_tag(tx, tag_id, body.name, body.color)
        return TagView.of(next(tag for tag in await list_tags(tx, principal) if tag.id == tag_id))


@router.delete("/tags/{tag_id}", dependencies=_LIMITED)
@audit_access("tags.delete", subject="tag")
async def delete_tag(tag_id: int, database: Db, principal: Keeper) -> ForgottenTagView:
    """Remove a tag, from its leads too; answers how many carried it."""
    async with database.tenant(principal.tenant_id) as tx:
        return ForgottenTagView(leads=await forget_tag(tx, tag_id))


@router.put("/leads/{lead_id}/tags/{tag_id}", dependencies=_LIMITED)
@audit_access("leads.tag", subject="lead")
async def put_lead_tag(lead_id: int, tag_id: int, database: Db, principal: Writer) -> LeadView:
    """Put a tag on a lead; one that it carries stays."""
    async with database.tenant(principal.tenant_id) as tx:
        return LeadView.of(await tag_lead(tx, principal, lead_id, add=[tag_id]))


@router.delete("/leads/{lead_id}/tags/{tag_id}", dependencies=_LIMITED)
@audit_access("leads.untag", subject="lead")
async def delete_lead_tag(lead_id: int, tag_id: int, database: Db, principal: Writer) -> LeadView:
    """Take a tag off a lead."""
    async with database.tenant(principal.tenant_id) as tx:
        return LeadView.of(await tag_lead(tx, principal, lead_id, remove=[tag_id]))
