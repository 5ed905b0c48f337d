"""`/crm/imports`: a spreadsheet's rows become leads, and are leads no more (PRODUCT §12.1, ADR 0032)."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Query, status
from starlette.requests import Request
from starlette.responses import StreamingResponse

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.upload import decoded_name, read_upload
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.imports.models import MOST_BYTES, Verdict
from orchestrator_service.imports.report import Language, rows_csv
from orchestrator_service.imports.schemas import ImportRowView, ImportView, PlanBody, RowsQuery, WholeImportView
from orchestrator_service.imports.steer import (
    cancel_import,
    check_import,
    list_imports,
    list_rows,
    read_import,
    run_import,
    undo_import,
)
from orchestrator_service.imports.table import open_table
from orchestrator_service.imports.upload import preview, take_file

router = APIRouter(prefix="/crm/imports", tags=["imports"], route_class=ModelRoute)

PATHS: Final = re.compile(r"/crm/imports")
LONGEST_NAME: Final = 200
Importer = Annotated[Principal, Depends(permit(Permission.LEADS_IMPORT))]
# A character takes up to 12 in percent-encoding.
Name = Annotated[str, Header(alias="X-File-Name", max_length=12 * LONGEST_NAME)]
Cursor = Annotated[str | None, Query(max_length=200)]
_LIMITED: Final = [Depends(rate_limit("120/minute", scope="crm.imports"))]


@router.get("", dependencies=_LIMITED)
@audit_access("imports.list", subject="imports")
async def get_imports(
    database: Db,
    principal: Importer,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Cursor = None,
) -> Page[ImportView]:
    """The company's imports, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        imports = await list_imports(tx, before_id=before, most=limit + 1)
    return page(imports, limit, show=ImportView.of, cursor=lambda one: id_cursor(one.id))


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(rate_limit("20/minute", scope="crm.imports.upload"))],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@audit_access("imports.upload", subject="import")
async def post_import(request: Request, database: Db, principal: Importer, name: Name = "") -> WholeImportView:
    """Read the file that is the body: rows and columns as text, 20 MB and 200,000 rows at most. No lead is written.

    `X-File-Name` is percent-encoded UTF-8. 413 `body_too_large`; 415 `spreadsheet_file`, `not_a_table`; 422
    `nothing_to_import`, `too_many_rows`.
    """
    filename = decoded_name(name, LONGEST_NAME)
    content = await read_upload(request, MOST_BYTES)
    table = await asyncio.to_thread(open_table, content)
    del content
    async with database.tenant(principal.tenant_id) as tx:
        one = await take_file(tx, principal, table, filename or None)
        sample, guess = await preview(tx, one)
    name_subject(request, f"import:{one.id}")
    return WholeImportView.whole(one, sample, guess)


@router.get("/{import_id}", dependencies=_LIMITED)
@audit_access("imports.read", subject="import")
async def get_import(import_id: int, database: Db, principal: Importer) -> WholeImportView:
    """One import, with the first rows of its file."""
    async with database.tenant(principal.tenant_id) as tx:
        one = await read_import(tx, import_id)
        sample, guess = await preview(tx, one)
    return WholeImportView.whole(one, sample, guess)


@router.post("/{import_id}/check", status_code=status.HTTP_202_ACCEPTED, dependencies=_LIMITED)
@audit_access("imports.check", subject="import")
async def post_check(import_id: int, body: PlanBody, database: Db, principal: Importer) -> ImportView:
    """Judge every row, write nothing; 409 `import_state`, `import_busy`; 422 `bad_plan`."""
    async with database.tenant(principal.tenant_id) as tx:
        return ImportView.of(await check_import(tx, principal, import_id, body))


@router.post("/{import_id}/run", status_code=status.HTTP_202_ACCEPTED, dependencies=_LIMITED)
@audit_access("imports.run", subject="import")
async def post_run(import_id: int, database: Db, principal: Importer) -> ImportView:
    """Take in what the dry run let pass; 409 `import_state`, `import_busy`."""
    async with database.tenant(principal.tenant_id) as tx:
        return ImportView.of(await run_import(tx, import_id))


@router.post("/{import_id}/cancel", dependencies=_LIMITED)
@audit_access("imports.cancel", subject="import")
async def post_cancel(import_id: int, database: Db, principal: Importer) -> ImportView:
    """Stop a dry run or a run; what is written stays, and can be undone. 409 `import_state`."""
    async with database.tenant(principal.tenant_id) as tx:
        return ImportView.of(await cancel_import(tx, import_id))


@router.post("/{import_id}/undo", status_code=status.HTTP_202_ACCEPTED, dependencies=_LIMITED)
@audit_access("imports.undo", subject="import")
async def post_undo(import_id: int, database: Db, principal: Importer) -> ImportView:
    """Restore what was before, once; leads that somebody worked on since stay. 409 `import_state`, `undo_forgotten`."""
    async with database.tenant(principal.tenant_id) as tx:
        return ImportView.of(await undo_import(tx, import_id))


@router.get("/{import_id}/rows", dependencies=_LIMITED)
@audit_access("imports.rows", subject="import")
async def get_rows(
    import_id: int, database: Db, principal: Importer, wanted: Annotated[RowsQuery, Query()]
) -> Page[ImportRowView]:
    """Rows in the file's order: by default those that are not taken in, each with its reasons."""
    after = id_before(wanted.cursor) if wanted.cursor else 0
    async with database.tenant(principal.tenant_id) as tx:
        rows = await list_rows(
            tx, import_id, wanted.verdict, wanted.undone, after=min(after, 2**31 - 1), most=wanted.limit + 1
        )
    return page(rows, wanted.limit, show=ImportRowView.of, cursor=lambda row: id_cursor(row.number))


@router.get(
    "/{import_id}/rows.csv",
    dependencies=[Depends(rate_limit("20/minute", scope="crm.imports.rows"))],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@audit_access("imports.export", subject="import")
async def get_rows_csv(
    import_id: int,
    database: Db,
    principal: Importer,
    verdict: Annotated[list[Verdict], Query(max_length=6)] = ["bad", "repeated"],  # noqa: B006 - FastAPI copies it
    language: Language = "es",
) -> StreamingResponse:
    """The same as a file: the row as it came, its number and why it was not taken in. Formulas are disarmed."""
    async with database.tenant(principal.tenant_id) as tx:
        one = await read_import(tx, import_id)
        await list_rows(tx, import_id, verdict, None, after=0, most=1)  # what cannot be read is said before it begins
    headers = {"Content-Disposition": f'attachment; filename="import-{import_id}.csv"'}
    rows = rows_csv(database, int(principal.tenant_id), one, verdict, language)
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)
