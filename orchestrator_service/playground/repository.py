"""Typed access to the playground's runs."""

from __future__ import annotations

from core.database import TenantTransaction
from core.json_types import Json
from core.principal import UserId
from core.statements import sibling_statements
from orchestrator_service.chat.turn_models import TurnContext
from orchestrator_service.playground.models import Exchange, Run, RunRow

SQL = sibling_statements(__file__)


async def add_run(tx: TenantTransaction, user_id: UserId, first: Exchange) -> Run:
    """A new run, which waits for its first answer."""
    row = await tx.one(SQL["add_run"], RunRow, user_id=user_id, exchanges=_stored([first]))
    assert row is not None, "an insert without conflict answers its row"
    return Run.of(row)


async def forget_old_runs(tx: TenantTransaction, user_id: UserId, most: int) -> None:
    """Keep somebody's `most` newest runs."""
    await tx.run(SQL["forget_old_runs"], user_id=user_id, most=most)


async def find_run(tx: TenantTransaction, user_id: UserId, run_id: int) -> Run | None:
    """A run of somebody's own."""
    row = await tx.one(SQL["find_run"], RunRow, user_id=user_id, run_id=run_id)
    return Run.of(row) if row is not None else None


async def lock_run(tx: TenantTransaction, run_id: int) -> Run | None:
    """A run, locked."""
    row = await tx.one(SQL["lock_run"], RunRow, run_id=run_id)
    return Run.of(row) if row is not None else None


async def save_run(tx: TenantTransaction, run: Run) -> None:
    """Keep how a run stands."""
    await tx.run(
        SQL["save_run"],
        run_id=run.id,
        state=run.state,
        exchanges=_stored(run.exchanges),
        sandbox=run.sandbox.model_dump(mode="json"),
    )


async def company_context(tx: TenantTransaction) -> TurnContext | None:
    """What the company set for its agent; no conversation and no lead are in it."""
    return await tx.one(SQL["company_context"], TurnContext)


def _stored(exchanges: list[Exchange]) -> list[Json]:
    return [exchange.model_dump(mode="json") for exchange in exchanges]
