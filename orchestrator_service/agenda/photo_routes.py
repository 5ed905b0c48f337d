"""`/crm/sellers/{id}/photo`: the body is the picture itself (PRODUCT §6.7, §12.4). Here, since it answers profiles."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response

from core.file_headers import file_headers
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.upload import read_upload
from orchestrator_service.agenda.profile import profile_of
from orchestrator_service.agenda.seller_schemas import SellerProfile
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, Store, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.sellers.change import lock_profile
from orchestrator_service.sellers.photo import (
    MOST_BYTES,
    hide_photo,
    judge_photo,
    photo_to_serve,
    restore_photo,
    show_photo,
)

router = APIRouter(prefix="/crm/sellers/{seller_id}/photo", tags=["sellers"])

PATHS: Final = re.compile(r"/crm/sellers/[0-9]{1,19}/photo")
Reader = Annotated[Principal, Depends(permit(Permission.AGENDA_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.SELLERS_WRITE))]
_LIMITED: Final = [Depends(rate_limit("30/minute", scope="crm.sellers.photo"))]


@router.put(
    "",
    dependencies=_LIMITED,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@audit_access("sellers.photo", subject="seller")
async def put_photo(  # noqa: PLR0917 - FastAPI injects them
    seller_id: int, request: Request, database: Db, door: Door, principal: Writer, store: Store
) -> SellerProfile:
    """Show the picture that is the body: a JPEG, PNG or WebP, 2 MB at most.

    413 `body_too_large`; 415 `file_refused`.
    """
    async with database.tenant(principal.tenant_id) as tx:
        await lock_profile(tx, principal, seller_id)
    content = await read_upload(request, MOST_BYTES)
    media_type = judge_photo(content)
    stored = await store.put(principal.tenant_id, content)
    async with database.tenant(principal.tenant_id) as tx:
        await show_photo(tx, principal, seller_id, stored, media_type)
        return await profile_of(tx, principal, seller_id, door.clock())


@router.delete("", dependencies=_LIMITED)
@audit_access("sellers.photo_hide", subject="seller")
async def delete_photo(seller_id: int, database: Db, door: Door, principal: Writer) -> SellerProfile:
    """Take the photo away; it can be brought back."""
    async with database.tenant(principal.tenant_id) as tx:
        await hide_photo(tx, principal, seller_id)
        return await profile_of(tx, principal, seller_id, door.clock())


@router.post("/restore", dependencies=_LIMITED)
@audit_access("sellers.photo_restore", subject="seller")
async def post_restore(seller_id: int, database: Db, door: Door, principal: Writer) -> SellerProfile:
    """Bring back the photo that was taken away."""
    async with database.tenant(principal.tenant_id) as tx:
        await restore_photo(tx, principal, seller_id)
        return await profile_of(tx, principal, seller_id, door.clock())


@router.get(
    "",
    response_class=Response,
    responses={200: {"content": {"*/*": {}}, "description": "The picture."}},
    dependencies=[Depends(rate_limit("300/minute", scope="crm.sellers.photo.read"))],
)
@audit_access("sellers.photo_read", subject="seller")
async def get_photo(seller_id: int, database: Db, principal: Reader, store: Store) -> Response:
    """The photo; 404 where there is none."""
    async with database.tenant(principal.tenant_id) as tx:
        photo = await photo_to_serve(tx, principal, seller_id)
    content = await store.read(photo.storage_key)
    headers = file_headers(photo.media_type, None, photo.number)
    return Response(content, headers=headers, media_type=photo.media_type)
