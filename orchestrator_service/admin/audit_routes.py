"""`/admin/core/audit`: who did and saw what, and whether that can be trusted. For the ceo alone (PRODUCT §6.4)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, AwareDatetime
from starlette.requests import Request
from starlette.responses import StreamingResponse

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.system_events import Severity
from orchestrator_service.admin.schemas import AuditLineView, AuditNewsView, ChainView
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.audit.chain_state import chain_state
from orchestrator_service.audit.checkpoints import Checkpoints
from orchestrator_service.audit.export import csv_of
from orchestrator_service.audit.read_log import AuditFilter, count_newer, read_log
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/admin/core/audit", tags=["admin"])


def _storable(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no such time in UTC") from error


AuditReader = Annotated[Principal, Depends(permit(Permission.AUDIT_READ))]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=200)]
RowId = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]
Word = Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")]
Moment = Annotated[Annotated[AwareDatetime, AfterValidator(_storable)] | None, Query()]
CSV = "text/csv; charset=utf-8"
MOST_NEWS = 100


async def _filter(  # noqa: PLR0917 - query parameters
    request: Request,
    user_id: RowId = None,
    action: Word = None,
    severity: Severity | None = None,
    since: Moment = None,
    until: Moment = None,
) -> AuditFilter:
    if user_id is not None:
        name_subject(request, f"audit:user:{user_id}")
    return AuditFilter(user_id=user_id, action=action, severity=severity, since=since, until=until)


Wanted = Annotated[AuditFilter, Depends(_filter)]


async def _checkpoints(request: Request) -> Checkpoints | None:
    found = request.app.state.checkpoints
    return found if isinstance(found, Checkpoints) else None


@router.get("/logs", dependencies=[Depends(rate_limit("100/minute", scope="admin.audit"))])
@audit_access("audit.read", subject="audit")
async def get_audit_logs(
    database: Db, principal: AuditReader, wanted: Wanted, limit: Limit = DEFAULT_PAGE, cursor: Cursor = None
) -> Page[AuditLineView]:
    """Who did and saw what, newest first. Times need an offset."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        lines = await read_log(tx, wanted, before_id=before, most=limit + 1)
    return page(lines, limit, show=AuditLineView.of, cursor=lambda line: id_cursor(line.id))


@router.get("/news", dependencies=[Depends(rate_limit("100/minute", scope="admin.audit.news"))])
async def get_audit_news(
    database: Db, principal: AuditReader, wanted: Wanted, after: Annotated[int, Query(ge=0, le=LARGEST_ID)]
) -> AuditNewsView:
    """How many lines that the filters want came after that one. A figure that an open page asks for again and again."""
    async with database.tenant(principal.tenant_id) as tx:
        newer = await count_newer(tx, wanted, after_id=after, reader=principal.user_id, most=MOST_NEWS)
    return AuditNewsView(count=newer)


@router.get(
    "/logs.csv",
    dependencies=[Depends(rate_limit("6/minute", scope="admin.audit.export"))],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@audit_access("audit.export", subject="audit")
async def get_audit_csv(database: Db, principal: AuditReader, wanted: Wanted) -> StreamingResponse:
    """All of it that the filters want, newest first, as a file for spreadsheets. Formulas are disarmed."""
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingResponse(csv_of(database, principal.tenant_id, wanted), media_type=CSV, headers=headers)


@router.get("/chain", dependencies=[Depends(rate_limit("100/minute", scope="admin.audit"))])
@audit_access("audit.chain", subject="audit")
async def get_audit_chain(
    database: Db, principal: AuditReader, checkpoints: Annotated[Checkpoints | None, Depends(_checkpoints)]
) -> ChainView:
    """Until when the log is chained, and whether the chain still holds the head that was noted outside."""
    noted = (await asyncio.to_thread(checkpoints.latest)).get(principal.tenant_id) if checkpoints else None
    async with database.tenant(principal.tenant_id) as tx:
        return ChainView.of(await chain_state(tx, noted))
