"""An import is moved on by a person: checked, run, cancelled, undone. The work itself is the worker's (`step.py`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import ClassVar, Final

from core.contracts import LEAST_URGENT
from core.crm_contracts import ImportStep
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.jobs import defer
from core.paging import LARGEST_ID
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, Scope, scope_for
from orchestrator_service.imports import repository
from orchestrator_service.imports.announce import announce_import
from orchestrator_service.imports.models import CUSTOM, Import, JudgedRow, Plan, State, Undone, Verdict

_ONE_MOVING: Final = "imports_one_moving"
_RECOGNISING: Final = frozenset({"full_name", "first_name", "last_name", "phone", "email"})


class ImportElsewhere(Conflict):
    """The import is in another state than that takes."""

    code: ClassVar[str] = "import_state"
    title: ClassVar[str] = "Import State"


class ImportBusy(Conflict):
    """Another import of the company is being checked, run or undone."""

    code: ClassVar[str] = "import_busy"
    title: ClassVar[str] = "Import Busy"


class UndoForgotten(Conflict):
    """What the import wrote is no longer known: a month has passed."""

    code: ClassVar[str] = "undo_forgotten"
    title: ClassVar[str] = "Undo Forgotten"


class BadPlan(BadInput):
    """The plan does not fit the file or the company."""

    code: ClassVar[str] = "bad_plan"


async def read_import(tx: TenantTransaction, import_id: int) -> Import:
    """One import. Raises NotFound."""
    found = await repository.find_import(tx, import_id)
    if found is None:
        raise NotFound
    return found


async def list_imports(tx: TenantTransaction, *, before_id: int = LARGEST_ID, most: int) -> list[Import]:
    """At most `most` imports below `before_id`, newest first."""

    async def query() -> list[Import]:
        return await repository.list_imports(tx, before_id=before_id, most=most)

    return await optional(tx, query, missing=[])


async def list_rows(
    tx: TenantTransaction,
    import_id: int,
    verdicts: Collection[Verdict],
    undone: Collection[Undone] | None,
    *,
    after: int,
    most: int,
) -> list[JudgedRow]:
    """At most `most` rows of an import behind number `after`. Raises NotFound."""
    await read_import(tx, import_id)
    return await repository.list_rows(
        tx, import_id, verdicts=list(verdicts), undone=list(undone) if undone else None, after=after, most=most
    )


async def check_import(tx: TenantTransaction, principal: Principal, import_id: int, plan: Plan) -> Import:
    """Have every row judged by the plan, nothing written. Raises BadPlan, ImportElsewhere, ImportBusy, NotFound.

    Tags that the company lacks are let pass for whoever may make tags: who writes leads.
    """
    one = await _held(tx, import_id, "draft", "checked")
    named = [name for name in plan.columns if name is not None]
    if len(plan.columns) != len(one.headers) or len(set(named)) != len(named):
        raise BadPlan("name each column once, and none twice")
    if _RECOGNISING.isdisjoint(named):
        raise BadPlan("a lead needs a name, a phone or an e-mail")
    words = await repository.vocabulary(tx)
    owner = plan.options.owner_user_id
    if plan.options.stage_key not in words.stages.values() or owner not in {None, *words.owners.values()}:
        raise BadPlan("the company has no such stage, or nobody of that id")
    if not {name.removeprefix(CUSTOM) for name in named if name.startswith(CUSTOM)} <= words.fields.keys():
        raise BadPlan("the company has no such field in use")
    await repository.forget_rows(tx, import_id)
    makes_tags = scope_for(principal, Permission.LEADS_WRITE) is not Scope.NONE
    return await _begin(tx, one, "checking", plan, makes_tags=makes_tags)


async def run_import(tx: TenantTransaction, import_id: int) -> Import:
    """Take in what the dry run let pass. Raises ImportElsewhere, ImportBusy, NotFound."""
    return await _begin(tx, await _held(tx, import_id, "checked"), "running")


async def undo_import(tx: TenantTransaction, import_id: int) -> Import:
    """Restore what was before. Raises ImportElsewhere, ImportBusy, UndoForgotten, NotFound."""
    one = await _held(tx, import_id, "done", "cancelled")
    wrote = one.written.get("create", 0) + one.written.get("change", 0)
    if wrote and not await repository.rows_kept(tx, import_id):
        raise UndoForgotten("a month has passed: what was before is no longer known")
    return await _begin(tx, one, "undoing")


async def cancel_import(tx: TenantTransaction, import_id: int) -> Import:
    """Stop a dry run, or a run between two chunks: what is written stays, and can be undone."""
    one = await _held(tx, import_id, "checking", "running")
    stopped = replace(one, state="draft" if one.state == "checking" else "cancelled")
    if stopped.state == "draft":
        await repository.forget_rows(tx, import_id)
    else:
        await repository.forget_chunks(tx, import_id)
    await repository.note_pass(tx, stopped, finished=stopped.state == "cancelled")
    await announce_import(tx, stopped)
    return await read_import(tx, import_id)


async def _held(tx: TenantTransaction, import_id: int, *states: State) -> Import:
    one = await repository.lock_import(tx, import_id)
    if one is None:
        raise NotFound
    if one.state not in states:
        raise ImportElsewhere(f"the import is {one.state}", extra={"state": one.state})
    return one


async def _begin(
    tx: TenantTransaction, one: Import, state: State, plan: Plan | None = None, *, makes_tags: bool | None = None
) -> Import:
    try:
        await repository.begin_pass(tx, one.id, state, plan.model_dump(mode="json") if plan else None, makes_tags)
    except ConstraintViolated as error:
        if error.constraint == _ONE_MOVING:
            raise ImportBusy("another import is under way: wait until it is done") from error
        raise
    await defer(tx, ImportStep(int(tx.tenant_id), one.id, 0), priority=LEAST_URGENT)
    begun = await read_import(tx, one.id)
    await announce_import(tx, begun)
    return begun
