"""`/agent/script` and `/agent/versions` (PRODUCT §9.1): what the agent says, written, published and restored."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status

from core.database import TenantTransaction
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.agent.settings import brain_of
from orchestrator_service.agent.version_schemas import PublishBody, ScriptDraftBody, ScriptView, VersionView
from orchestrator_service.agent.versions import (
    discard_draft,
    find_draft,
    list_versions,
    live_script,
    publish,
    read_version,
    restore,
    save_draft,
)
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/agent", tags=["agent"])

Reader = Annotated[Principal, Depends(permit(Permission.AGENT_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.AGENT_WRITE))]
_READ = [Depends(rate_limit("100/minute", scope="agent.script"))]
_WRITE = [Depends(rate_limit("60/minute", scope="agent.script.write"))]


@router.get("/script", dependencies=_READ)
@audit_access("agent.script")
async def get_script(database: Db, principal: Reader) -> ScriptView:
    """What the agent says, and what is being written."""
    async with database.tenant(principal.tenant_id) as tx:
        return await _shown(tx)


@router.put("/script/draft", dependencies=_WRITE)
@audit_access("agent.write_draft")
async def put_draft(body: ScriptDraftBody, database: Db, principal: Writer) -> ScriptView:
    """Keep what is written so far. 409 `script_changed` where somebody wrote meanwhile."""
    async with database.tenant(principal.tenant_id) as tx:
        await save_draft(tx, principal, body.script, seen=body.version)
        return await _shown(tx)


@router.delete("/script/draft", dependencies=_WRITE)
@audit_access("agent.discard_draft")
async def delete_draft(database: Db, principal: Writer) -> ScriptView:
    """Forget what was written."""
    async with database.tenant(principal.tenant_id) as tx:
        await discard_draft(tx)
        return await _shown(tx)


@router.post("/script/publish", dependencies=_WRITE)
@audit_access("agent.publish")
async def post_publish(body: PublishBody, database: Db, principal: Writer) -> ScriptView:
    """Let the agent speak by the draft. 409 `script_changed`, `nothing_to_publish`."""
    async with database.tenant(principal.tenant_id) as tx:
        await publish(tx, principal, seen=body.version)
        return await _shown(tx)


@router.get("/versions", dependencies=_READ)
@audit_access("agent.versions")
async def get_versions(
    database: Db,
    principal: Reader,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
) -> Page[VersionView]:
    """What was published, newest first."""
    async with database.tenant(principal.tenant_id) as tx:
        versions = await list_versions(tx, before_id=id_before(cursor), most=limit + 1)
    return page(versions, limit, show=VersionView.of, cursor=lambda version: id_cursor(version.id))


@router.get("/versions/{version_id}", dependencies=_READ)
@audit_access("agent.version", subject="agent_version")
async def get_version(version_id: int, database: Db, principal: Reader) -> VersionView:
    """One published version."""
    async with database.tenant(principal.tenant_id) as tx:
        return VersionView.of(await read_version(tx, version_id))


@router.post("/versions/{version_id}/restore", status_code=status.HTTP_200_OK, dependencies=_WRITE)
@audit_access("agent.restore", subject="agent_version")
async def post_restore(version_id: int, database: Db, principal: Writer) -> ScriptView:
    """Publish an old version anew, as a version of its own. 409 `nothing_to_publish` where it is in force."""
    async with database.tenant(principal.tenant_id) as tx:
        await restore(tx, principal, version_id)
        return await _shown(tx)


async def _shown(tx: TenantTransaction) -> ScriptView:
    return ScriptView.of(await live_script(tx), await find_draft(tx), await brain_of(tx))
