"""`/agent/scenarios` and `/agent/evaluations` (PRODUCT §16.5): turns kept as tests, and playing them again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response, status

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.evaluation.runs import (
    begin_run,
    list_runs,
    list_scenarios,
    read_run,
    read_scenario,
    remove_scenario,
)
from orchestrator_service.evaluation.save import save_turn
from orchestrator_service.evaluation.schemas import EvaluationView, ScenarioView, WholeEvaluationView, WholeScenarioView

router = APIRouter(prefix="/agent", tags=["agent"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.AGENT_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.AGENT_WRITE))]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=200)]
_READ = [Depends(rate_limit("100/minute", scope="agent.evaluation"))]
_WRITE = [Depends(rate_limit("30/minute", scope="agent.evaluation.write"))]


@router.post("/turns/{turn_id}/scenario", status_code=status.HTTP_201_CREATED, dependencies=_WRITE)
@audit_access("evaluation.save_turn", subject="turn")
async def post_scenario(turn_id: int, database: Db, principal: Writer) -> ScenarioView:
    """Keep a turn as a test, without what names people; the same one where it is kept already.

    409 `turn_not_replayable` where it is not over, said nothing, or its model never answered.
    """
    async with database.tenant(principal.tenant_id) as tx:
        return ScenarioView.of(await save_turn(tx, principal, turn_id))


@router.get("/scenarios", dependencies=_READ)
@audit_access("evaluation.scenarios", subject="scenarios")
async def get_scenarios(
    database: Db, principal: Reader, limit: Limit = DEFAULT_PAGE, cursor: Cursor = None
) -> Page[ScenarioView]:
    """The turns that were kept, newest first."""
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_scenarios(tx, before_id=id_before(cursor), most=limit + 1)
    return page(found, limit, show=ScenarioView.of, cursor=lambda one: id_cursor(one.id))


@router.get("/scenarios/{scenario_id}", dependencies=_READ)
@audit_access("evaluation.scenario", subject="scenario")
async def get_scenario(scenario_id: int, database: Db, principal: Reader) -> WholeScenarioView:
    """One kept turn as YAML, to read and to take away."""
    async with database.tenant(principal.tenant_id) as tx:
        return WholeScenarioView.whole(await read_scenario(tx, scenario_id))


@router.delete("/scenarios/{scenario_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_WRITE)
@audit_access("evaluation.remove_scenario", subject="scenario")
async def delete_scenario(scenario_id: int, database: Db, principal: Writer) -> Response:
    """It is played no more."""
    async with database.tenant(principal.tenant_id) as tx:
        await remove_scenario(tx, scenario_id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)


@router.get("/evaluations", dependencies=_READ)
@audit_access("evaluation.runs", subject="evaluations")
async def get_evaluations(
    database: Db, principal: Reader, limit: Limit = DEFAULT_PAGE, cursor: Cursor = None
) -> Page[EvaluationView]:
    """How playing the kept turns went, newest first."""
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_runs(tx, before_id=id_before(cursor), most=limit + 1)
    return page(found, limit, show=EvaluationView.of, cursor=lambda one: id_cursor(one.id))


@router.post("/evaluations", status_code=status.HTTP_202_ACCEPTED, dependencies=_WRITE)
@audit_access("evaluation.run", subject="evaluations")
async def post_evaluation(database: Db, principal: Writer) -> WholeEvaluationView:
    """Play every kept turn again, on a database that is thrown away: nothing of the company is touched.

    409 `evaluation_running`, `nothing_to_play`.
    """
    async with database.tenant(principal.tenant_id) as tx:
        return WholeEvaluationView.whole(await begin_run(tx, principal))


@router.get("/evaluations/{run_id}", dependencies=_READ)
@audit_access("evaluation.read_run", subject="evaluation")
async def get_evaluation(run_id: int, database: Db, principal: Reader) -> WholeEvaluationView:
    """One run with every conversation as it went."""
    async with database.tenant(principal.tenant_id) as tx:
        return WholeEvaluationView.whole(await read_run(tx, run_id))
