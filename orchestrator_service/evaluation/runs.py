"""A company's saved scenarios, and playing them: asked for here, done by the worker (`nexus/evaluation/saved.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import ClassVar, Final

from core.contracts import LEAST_URGENT, RunEvaluation
from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.jobs import defer
from core.json_types import Json, JsonObject
from core.principal import Principal
from core.resilience import optional
from core.system_events import record_event
from orchestrator_service.evaluation import repository
from orchestrator_service.evaluation.repository import Run, SavedScenario, WholeRun, WholeScenario
from orchestrator_service.evaluation.scenario import Scenario

LOCK: Final = "evaluation"  # of the whole installation: one run takes servers of its own


class AlreadyRunning(Conflict):
    """The company's scenarios are being played."""

    code: ClassVar[str] = "evaluation_running"


class NothingToPlay(Conflict):
    """The company has saved no turn yet."""

    code: ClassVar[str] = "nothing_to_play"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `results` have the shape of `ScenarioResultView`."""

    passed: int
    seconds: float
    results: Sequence[JsonObject]
    problem: str | None = None


async def list_scenarios(tx: TenantTransaction, *, before_id: int, most: int) -> list[SavedScenario]:
    """At most `most` scenarios below `before_id`, newest first."""
    return await optional(tx, partial(repository.list_scenarios, tx, before_id=before_id, most=most), missing=[])


async def read_scenario(tx: TenantTransaction, scenario_id: int) -> WholeScenario:
    """One saved scenario. Raises NotFound."""
    found = await repository.find_scenario(tx, scenario_id)
    if found is None:
        raise NotFound
    return found


async def remove_scenario(tx: TenantTransaction, scenario_id: int) -> None:
    """It is played no more; runs that played it keep how it went. Raises NotFound."""
    if not await repository.drop_scenario(tx, scenario_id):
        raise NotFound


async def scenarios_to_play(tx: TenantTransaction) -> list[tuple[int, Scenario]]:
    """Every saved scenario under its id, oldest first."""
    return [(one.id, Scenario.model_validate(one.body)) for one in await repository.all_scenarios(tx)]


async def begin_run(tx: TenantTransaction, principal: Principal) -> WholeRun:
    """Have the company's scenarios played, at the commit of `tx`. Raises AlreadyRunning, NothingToPlay."""
    if not await repository.list_scenarios(tx, before_id=2**63 - 1, most=1):
        raise NothingToPlay("Save a turn first.")
    run_id = await repository.begin_run(tx, principal.user_id)
    if run_id is None:
        raise AlreadyRunning("The last run is not over yet.")
    await defer(tx, RunEvaluation(tx.tenant_id, run_id), lock=LOCK, priority=LEAST_URGENT)
    await record_event(tx, "evaluation.run_asked", subject=f"run:{run_id}")
    return await read_run(tx, run_id)


async def list_runs(tx: TenantTransaction, *, before_id: int, most: int) -> list[Run]:
    """At most `most` runs below `before_id`, newest first."""
    return await optional(tx, partial(repository.list_runs, tx, before_id=before_id, most=most), missing=[])


async def read_run(tx: TenantTransaction, run_id: int) -> WholeRun:
    """One run with every scenario as it went. Raises NotFound."""
    run = await repository.find_run(tx, run_id)
    if run is None:
        raise NotFound
    return run


async def end_run(tx: TenantTransaction, run_id: int, outcome: Outcome) -> None:
    """File how a run went, once."""
    results: list[Json] = list(outcome.results)
    await repository.end_run(
        tx,
        run_id,
        state="failed" if outcome.problem else "done",
        scenarios=len(results),
        passed=outcome.passed,
        seconds=Decimal(str(round(outcome.seconds, 2))),
        results=results,
        problem=outcome.problem,
    )
