"""`/admin/core/api-keys`, for the ceo alone, logged in: no key manages keys (PRODUCT §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.api_keys.issue import OFFERED, create_key, rotate_key
from orchestrator_service.api_keys.keep import list_keys, revoke_key
from orchestrator_service.api_keys.schemas import ApiKeysView, ApiKeyView, IssuedKeyView, NewKeyBody
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/admin/core/api-keys", tags=["api keys"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.API_KEYS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.API_KEYS_WRITE))]
SELDOM = [Depends(rate_limit("60/minute", scope="admin.api_keys"))]


@router.get("", dependencies=SELDOM)
@audit_access("api_keys.list", subject="api_keys")
async def get_api_keys(
    database: Db,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> ApiKeysView:
    """The company's keys, newest first, the revoked ones too; of none is the key itself known."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        keys = await list_keys(tx, before_id=before, most=limit + 1)
    shown = page(keys, limit, show=ApiKeyView.of, cursor=lambda key: id_cursor(key.id))
    offered = [permission.value for permission in OFFERED]
    return ApiKeysView(items=shown.items, next_cursor=shown.next_cursor, scopes=offered)


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=SELDOM)
@audit_access("api_keys.create", subject="api_key")
async def post_api_key(request: Request, body: NewKeyBody, door: Door, principal: Writer) -> IssuedKeyView:
    """Make a key; `secret` is in this answer alone.

    404 for a user of nobody's; 409 `owner_inactive`, `scope_beyond_role`, `too_many_keys`; 422 `unknown_scope`,
    `expires_in_past`.
    """
    async with door.database.tenant(principal.tenant_id) as tx:
        issued = await create_key(tx, door.directory, principal, body.wanted(), now=door.clock())
    name_subject(request, f"api_key:{issued.key.id}")
    return IssuedKeyView.of(issued)


@router.post("/{key_id}/rotate", dependencies=SELDOM)
@audit_access("api_keys.rotate", subject="api_key")
async def post_rotation(key_id: int, door: Door, principal: Writer) -> IssuedKeyView:
    """Another secret for the key; the old one opens nothing any more. 409 `key_revoked`."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return IssuedKeyView.of(await rotate_key(tx, door.directory, key_id, now=door.clock()))


@router.delete("/{key_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=SELDOM)
@audit_access("api_keys.revoke", subject="api_key")
async def delete_api_key(key_id: int, door: Door, principal: Writer) -> None:
    """Revoke a key: it opens nothing from now on; its line stays."""
    async with door.database.tenant(principal.tenant_id) as tx:
        await revoke_key(tx, key_id, now=door.clock())
