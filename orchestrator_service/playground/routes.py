"""`/agent/playground` (PRODUCT §9.1, §15): try the agent; nothing leaves, no lead is touched."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, status
from starlette.requests import Request

from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.playground.ask import go_on, read_run, start_run
from orchestrator_service.playground.schemas import PlaygroundAskBody, RunView

router = APIRouter(prefix="/agent/playground", tags=["agent"])

Writer = Annotated[Principal, Depends(permit(Permission.AGENT_WRITE))]
_ASKING = [Depends(rate_limit("20/minute", scope="agent.playground"))]


@router.post("/runs", status_code=status.HTTP_201_CREATED, dependencies=_ASKING)
@audit_access("agent.try", subject="playground_run")
async def post_run(request: Request, body: PlaygroundAskBody, door: Door, database: Db, principal: Writer) -> RunView:
    """Begin a conversation with the draft; the answer comes by `PLAYGROUND_UPDATED`, to the asker alone."""
    async with database.tenant(principal.tenant_id) as tx:
        run = await start_run(tx, principal, body.exchange(door.clock()))
    name_subject(request, f"playground_run:{run.id}")
    return RunView.of(run)


@router.post("/runs/{run_id}/messages", dependencies=_ASKING)
@audit_access("agent.try", subject="playground_run")
async def post_message(run_id: int, body: PlaygroundAskBody, door: Door, database: Db, principal: Writer) -> RunView:
    """Write on in one's own conversation. 409 `run_busy` while the agent thinks, `run_full`."""
    now = door.clock()
    async with database.tenant(principal.tenant_id) as tx:
        return RunView.of(await go_on(tx, principal, run_id, body.exchange(now), now))


@router.get("/runs/{run_id}", dependencies=[Depends(rate_limit("120/minute", scope="agent.playground.read"))])
@audit_access("agent.read_trial", subject="playground_run")
async def get_run(run_id: int, database: Db, principal: Writer) -> RunView:
    """One's own conversation with the draft."""
    async with database.tenant(principal.tenant_id) as tx:
        return RunView.of(await read_run(tx, principal, run_id))
