"""`/crm/duplicates` and `/crm/merges` (PRODUCT §12.1)."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.clock import Clock
from core.crm_contracts import ScanDuplicates
from core.database import Database
from core.database_errors import Collided
from core.jobs import defer
from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page, rank_cursor, rank_of
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.merging.listing import list_merges
from orchestrator_service.merging.merge import Merged, merge_leads
from orchestrator_service.merging.pairs import decide, list_pairs, pairs_of_lead
from orchestrator_service.merging.schemas import (
    ListedMergeView,
    MergeBody,
    MergeUndoneView,
    MergeView,
    PairsView,
    PairView,
)
from orchestrator_service.merging.undo import Undone, undo_merge

router = APIRouter(prefix="/crm", tags=["duplicates"], route_class=ModelRoute)

Writer = Annotated[Principal, Depends(permit(Permission.LEADS_WRITE))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.duplicates"))]
_CHANGES = [Depends(rate_limit("30/minute", scope="crm.merges"))]
OF_A_LEAD: Final = 10
ATTEMPTS: Final = 3


@router.get("/duplicates", dependencies=_LIMITED)
@audit_access("duplicates.list", subject="leads")
async def get_duplicates(
    database: Db,
    principal: Writer,
    state: Literal["open", "dismissed"] = "open",
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[PairView]:
    """Pairs of leads that may be one person, the surest first; only those whose two leads the caller may change."""
    before = rank_of(cursor) if cursor else (101, 0)
    async with database.tenant(principal.tenant_id) as tx:
        pairs = await list_pairs(tx, principal, state, before=before, most=limit + 1)
    return page(pairs, limit, show=PairView.of, cursor=lambda pair: rank_cursor(pair.score, pair.id))


@router.post("/duplicates/scan", status_code=status.HTTP_202_ACCEPTED, dependencies=_CHANGES)
@audit_access("duplicates.scan", subject="leads")
async def post_scan(database: Db, principal: Writer) -> None:
    """Look for duplicates now rather than within ten minutes."""
    async with database.tenant(principal.tenant_id) as tx:
        await defer(tx, ScanDuplicates(int(principal.tenant_id)))


@router.post("/duplicates/{pair_id}/dismiss", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("duplicates.dismiss", subject="duplicate")
async def post_dismiss(pair_id: int, database: Db, principal: Writer) -> None:
    """Not the same person: remembered, whatever is found later."""
    async with database.tenant(principal.tenant_id) as tx:
        await decide(tx, principal, pair_id, "dismissed")


@router.post("/duplicates/{pair_id}/reopen", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("duplicates.reopen", subject="duplicate")
async def post_reopen(pair_id: int, database: Db, principal: Writer) -> None:
    """Take «not the same person» back."""
    async with database.tenant(principal.tenant_id) as tx:
        await decide(tx, principal, pair_id, "open")


@router.get("/leads/{lead_id}/duplicates", dependencies=_LIMITED)
@audit_access("duplicates.of_lead", subject="lead")
async def get_duplicates_of_lead(lead_id: int, database: Db, principal: Writer) -> PairsView:
    """Who else this lead may be, looked up now."""
    async with database.tenant(principal.tenant_id) as tx:
        pairs = await pairs_of_lead(tx, principal, lead_id, OF_A_LEAD)
    return PairsView(items=[PairView.of(pair) for pair in pairs])


@router.get("/merges", dependencies=_LIMITED)
@audit_access("merges.list", subject="leads")
async def get_merges(
    database: Db,
    principal: Writer,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[ListedMergeView]:
    """Merges that can be undone, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        merges = await list_merges(tx, principal, before_id=before, most=limit + 1)
    return page(merges, limit, show=ListedMergeView.listed, cursor=lambda merge: id_cursor(merge.id))


@router.post("/merges", status_code=status.HTTP_201_CREATED, dependencies=_CHANGES)
@audit_access("leads.merge", subject="lead")
async def post_merge(request: Request, body: MergeBody, database: Db, principal: Writer, door: Door) -> MergeView:
    """Merge leads into one; reading an absorbed one answers 410 `lead_merged` with the `lead_id` that it is now."""
    name_subject(request, f"lead:{body.survivor_id}")
    return MergeView.of(await _merged(database, principal, door.clock, body))


@router.post("/merges/{merge_id}/undo", dependencies=_CHANGES)
@audit_access("leads.undo_merge", subject="merge")
async def post_undo(merge_id: int, database: Db, principal: Writer) -> MergeUndoneView:
    """Take a merge back; 409 `merge_not_latest` where the survivor was merged again, `phone_taken`, `merge_undone`."""
    return MergeUndoneView.of(await _undone(database, principal, merge_id))


async def _merged(database: Database, principal: Principal, clock: Clock, body: MergeBody) -> Merged:
    """Whoever writes to one of the leads at this moment may lock in another order: the loser tries again."""
    for _ in range(ATTEMPTS - 1):
        try:
            async with database.tenant(principal.tenant_id) as tx:
                return await merge_leads(tx, principal, clock, body.survivor_id, body.absorbed, body.fields)
        except Collided:
            continue
    async with database.tenant(principal.tenant_id) as tx:
        return await merge_leads(tx, principal, clock, body.survivor_id, body.absorbed, body.fields)


async def _undone(database: Database, principal: Principal, merge_id: int) -> Undone:
    """As `_merged`."""
    for _ in range(ATTEMPTS - 1):
        try:
            async with database.tenant(principal.tenant_id) as tx:
                return await undo_merge(tx, principal, merge_id)
        except Collided:
            continue
    async with database.tenant(principal.tenant_id) as tx:
        return await undo_merge(tx, principal, merge_id)
