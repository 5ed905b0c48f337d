"""`/crm/sellers` (PRODUCT §12.4, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.sellers.reading import list_sellers
from orchestrator_service.sellers.schemas import SellerView

router = APIRouter(prefix="/crm/sellers", tags=["sellers"])

Reader = Annotated[Principal, Depends(permit(Permission.AGENDA_READ))]


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="crm.sellers"))])
@audit_access("sellers.list", subject="sellers")
async def get_sellers(
    database: Db,
    door: Door,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[SellerView]:
    """The sellers whose agenda the caller may see, by id."""
    after = id_before(cursor) if cursor else 0
    async with database.tenant(principal.tenant_id) as tx:
        sellers = await list_sellers(tx, principal, after_id=after, most=limit + 1, now=door.clock())
    return page(sellers, limit, show=SellerView.of, cursor=lambda seller: id_cursor(seller.id))
