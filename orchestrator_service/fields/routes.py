"""`/crm/fields`: what a company wants to know of its leads (PRODUCT §12.1)."""

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
from orchestrator_service.fields.keep import add_field, change_field, list_fields, order_fields
from orchestrator_service.fields.schemas import FieldBody, FieldOrderBody, FieldsView, FieldView, NewFieldBody

router = APIRouter(prefix="/crm/fields", tags=["leads"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="crm.fields"))]


@router.get("", dependencies=_LIMITED)
@audit_access("fields.list", subject="fields")
async def get_fields(database: Db, principal: Reader) -> FieldsView:
    """Every field of the company in its order, archived ones last."""
    async with database.tenant(principal.tenant_id) as tx:
        return FieldsView.of(await list_fields(tx))


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("fields.create", subject="field")
async def post_field(request: Request, body: NewFieldBody, database: Db, principal: Writer) -> FieldView:
    """Add a field at the end; 409 `field_key_taken`, `too_many_fields`; 422 `bad_choices`."""
    async with database.tenant(principal.tenant_id) as tx:
        field = await add_field(
            tx, key=body.key, label=body.label, type_=body.type, choices=body.choices, required=body.required
        )
    name_subject(request, f"field:{field.id}")
    return FieldView.of(field)


@router.put("/order", dependencies=_LIMITED)
@audit_access("fields.order", subject="fields")
async def put_order(body: FieldOrderBody, database: Db, principal: Writer) -> FieldsView:
    """Put the fields in use in this order; 409 `fields_changed` where these are not all of them."""
    async with database.tenant(principal.tenant_id) as tx:
        return FieldsView.of(await order_fields(tx, body.ids))


@router.patch("/{field_id}", dependencies=_LIMITED)
@audit_access("fields.edit", subject="field")
async def patch_field(field_id: int, body: FieldBody, database: Db, principal: Writer) -> FieldView:
    """Rename, archive, bring back; key and type stay. 422 `bad_choices`."""
    given = body.model_dump(exclude_none=True)
    async with database.tenant(principal.tenant_id) as tx:
        return FieldView.of(await change_field(tx, field_id, **given))
