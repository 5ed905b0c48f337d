"""One chunk of one pass over an import: judged, taken in or undone (ADR 0032).

The chunk, its counts, its events and the job of the next chunk commit together. A worker that dies in the middle leaves
nothing of the chunk behind; a job that comes twice finds that its chunk is behind already, and ends there.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from core.contracts import LEAST_URGENT
from core.crash_points import reached
from core.crm_contracts import ImportStep
from core.database import Database, TenantTransaction
from core.errors import Conflict
from core.jobs import defer
from orchestrator_service.imports import repository
from orchestrator_service.imports.announce import announce_finished, announce_import, announce_undone, announce_written
from orchestrator_service.imports.judging import Judged, Vocabulary, judge
from orchestrator_service.imports.matching import Match, lead_of_rows, matches, repeated_rows
from orchestrator_service.imports.models import Existing, Import, Plan, State
from orchestrator_service.imports.repository import Span
from orchestrator_service.leads.words import refresh_words
from orchestrator_service.tags.keep import MOST_TAGS
from orchestrator_service.tags.make import forget_unused, make_tags

_AFTER: Mapping[State, State] = {"checking": "checked", "running": "done", "undoing": "undone"}


class Overtaken(Conflict):
    """A number became a lead's between the look and the write: the job is tried again, and finds that lead."""

    code = "import_overtaken"


async def step(database: Database, job: ImportStep) -> None:
    """Do the chunk that the job names, where it is next; running it again does nothing."""
    async with database.tenant(job.tenant_id) as tx:
        one = await repository.find_import(tx, job.import_id)
        if one is None or one.passed != job.passed or one.state not in _AFTER:
            return
        if one.state != "checking":
            await _do(tx, job)
            return
        cells = await repository.read_chunk(tx, one.id, job.passed)
        words = await repository.vocabulary(tx)
        plan = Plan.model_validate(one.plan)
        if plan.has_tags:
            tags = await repository.tag_names(tx, one.new_tags, most=MOST_TAGS if one.makes_tags else None)
            words = replace(words, tags=tags)
    span = Span.of(one, job.passed)
    judged = await asyncio.to_thread(judge_chunk, cells, span.first_row, plan, words)  # a second of work, if it is bad
    reached("judged")
    async with database.tenant(job.tenant_id) as tx:
        await _do(tx, job, judged)


def judge_chunk(
    cells: list[list[str]], first_row: int, plan: Plan, words: Vocabulary
) -> list[tuple[int, list[str], Judged]]:
    """Every row of a chunk that is not empty, under its number."""
    return [(number, row, judge(row, plan, words)) for number, row in enumerate(cells, first_row) if row]


async def _do(
    tx: TenantTransaction, job: ImportStep, judged: list[tuple[int, list[str], Judged]] | None = None
) -> None:
    one = await repository.lock_import(tx, job.import_id)
    if one is None or one.passed != job.passed or (one.state == "checking") != (judged is not None):
        return
    match one.state:
        case "checking":
            done = await _check(tx, one, judged or [])
        case "running":
            done = await _write(tx, one)
        case "undoing":
            done = replace(one, undone=await _undo(tx, one))
        case _:
            return
    done = replace(done, passed=one.passed + 1)
    is_last = done.passed >= done.chunk_count
    if is_last:
        done = replace(done, state=_AFTER[one.state])
    else:
        await defer(tx, ImportStep(job.tenant_id, one.id, done.passed), priority=LEAST_URGENT)
    await repository.note_pass(tx, done, finished=is_last and one.state == "running")
    await announce_import(tx, done)
    if is_last and one.state == "running":
        await repository.forget_chunks(tx, one.id)
        await announce_finished(tx, done)
    if is_last and one.state == "undoing":
        await forget_unused(tx, one.made_tags)
    reached("stepped")


async def _check(tx: TenantTransaction, one: Import, judged: list[tuple[int, list[str], Judged]]) -> Import:
    span, plan = Span.of(one, one.passed), Plan.model_validate(one.plan)
    await repository.add_rows(tx, one.id, judged)
    await _match(tx, span, plan.options.existing, in_file=True)
    await repository.compare(tx, span, plan.options.existing)
    missing = await repository.missing_tags(tx, span) if plan.has_tags else []
    known = {name.lower() for name in one.new_tags}
    new = [*one.new_tags, *(name for name in missing if name.lower() not in known)]
    return replace(one, checked=_sum(one.checked, await repository.count_verdicts(tx, span)), new_tags=new)


async def _match(tx: TenantTransaction, span: Span, existing: Existing, *, in_file: bool = False) -> None:
    """Say which leads the rows of a chunk are, and (`in_file`) which of them repeat an earlier row."""
    rows = await repository.open_rows(tx, span)
    repeats = repeated_rows(rows, await repository.earlier_rows(tx, span, rows)) if in_file else {}
    rest = [row for row in rows if row.number not in repeats]
    leads = lead_of_rows(rest, await repository.known_leads(tx, rest))
    taken = await repository.earlier_leads(tx, span, list(leads.values()))
    found = [Match(number, repeats=earlier) for number, earlier in repeats.items()]
    await repository.note_matches(tx, span, [*found, *matches(rest, leads, taken)], existing)


async def _write(tx: TenantTransaction, one: Import) -> Import:
    span, plan = Span.of(one, one.passed), Plan.model_validate(one.plan)
    options, made = plan.options, list[int]()
    await _match(tx, span, options.existing)
    if plan.has_tags and (missing := await repository.missing_tags(tx, span)):
        made = await make_tags(tx, missing, created_by=one.created_by)
    await repository.lock_matched(tx, span)
    await repository.compare(tx, span, options.existing)
    await repository.write_changed(tx, span, one.created_by)
    if not await repository.write_created(tx, span, stage_key=options.stage_key, owner_user_id=options.owner_user_id):
        raise Overtaken("a number has become a lead's meanwhile")
    if plan.has_tags:
        await repository.tag_created(tx, span, one.created_by)
        await refresh_words(tx, await repository.tag_changed(tx, span, one.created_by))
    await repository.note_written(tx, span)
    await announce_written(tx, one, await repository.touched_leads(tx, span))
    written = _sum(one.written, await repository.count_verdicts(tx, span))
    return replace(one, written=written, made_tags=[*one.made_tags, *made])


async def _undo(tx: TenantTransaction, one: Import) -> dict[str, int]:
    """From the last chunk to the first, as one takes back what one has laid."""
    span = Span.of(one, one.chunk_count - 1 - one.passed)
    unmade = await repository.unmake_created(tx, span)
    put_back = await repository.put_back_changed(tx, span, one.created_by)
    await refresh_words(tx, [lead.lead_id for lead in put_back if "tags" in lead.changed and not lead.is_untouched])
    await announce_undone(tx, one, unmade, put_back)
    return _sum(one.undone, await repository.count_undone(tx, span))


def _sum(before: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(before) + Counter(more))
