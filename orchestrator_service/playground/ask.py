"""Writing to the agent where nothing leaves: the message is kept, a job of the worker answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.contracts import PlaygroundAsked
from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.jobs import defer
from core.principal import Principal
from orchestrator_service.playground import repository
from orchestrator_service.playground.models import Exchange, Run

MOST_RUNS: Final = 20
MOST_EXCHANGES: Final = 30
# After this long whoever was thinking is dead, and its job will find another question.
PATIENCE: Final = timedelta(minutes=2)


class RunBusy(Conflict):
    """The agent is still thinking about what was written before."""

    code = "run_busy"
    title = "Run Busy"


class RunFull(Conflict):
    """The conversation is as long as one may be: a new one begins afresh."""

    code = "run_full"
    title = "Run Full"


async def start_run(tx: TenantTransaction, principal: Principal, exchange: Exchange) -> Run:
    """Begin a conversation; only somebody's newest ones are kept."""
    run = await repository.add_run(tx, principal.user_id, exchange)
    await repository.forget_old_runs(tx, principal.user_id, MOST_RUNS)
    await defer(tx, PlaygroundAsked(tx.tenant_id, run.id))
    return run


async def go_on(tx: TenantTransaction, principal: Principal, run_id: int, exchange: Exchange, now: datetime) -> Run:
    """Write on in one's own conversation. Raises NotFound, RunBusy, RunFull."""
    run = await repository.lock_run(tx, run_id)
    if run is None or run.user_id != principal.user_id:
        raise NotFound
    if run.state == "thinking" and now - run.updated_at < PATIENCE:
        raise RunBusy("the agent is still thinking")
    if len(run.exchanges) >= MOST_EXCHANGES:
        raise RunFull(f"a conversation has {MOST_EXCHANGES} messages at most")
    asked = replace(run, state="thinking", exchanges=[*run.exchanges, exchange])
    await repository.save_run(tx, asked)
    await defer(tx, PlaygroundAsked(tx.tenant_id, run.id))
    return asked


async def read_run(tx: TenantTransaction, principal: Principal, run_id: int) -> Run:
    """One's own conversation. Raises NotFound."""
    run = await repository.find_run(tx, principal.user_id, run_id)
    if run is None:
        raise NotFound
    return run
