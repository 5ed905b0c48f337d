"""Typed access to imports, the chunks of their files and their rows; the statements that write leads are here too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from core.database import TenantTransaction
from core.folding import fold
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.fields.keep import list_fields
from orchestrator_service.imports.judging import STAGE_WORDS, Judged, Vocabulary
from orchestrator_service.imports.matching import Known, Match, Named
from orchestrator_service.imports.models import Existing, Import, JudgedRow, State, Undone, Verdict
from orchestrator_service.imports.table import Table
from orchestrator_service.imports.tag_names import TagNames

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Span:
    """A chunk's rows: `number` counts chunks from 0, the others are the rows' own numbers."""

    import_id: int
    number: int
    first_row: int
    last_row: int

    @classmethod
    def of(cls, one: Import, number: int) -> Span:
        """The rows of a chunk."""
        first, last = one.span(number)
        return cls(one.id, number, first, last)

    def bounds(self) -> dict[str, object]:
        """As the statements take them."""
        return {"import_id": self.import_id, "first_row": self.first_row, "last_row": self.last_row}


@dataclass(frozen=True, slots=True)
class Written:
    """A lead that a row wrote; `changed` are its columns, None where the lead is new."""

    lead_id: int
    created: bool
    changed: list[str] | None


@dataclass(frozen=True, slots=True)
class Unmade:
    """A lead that is no more."""

    lead_id: int
    owner_user_id: int | None


@dataclass(frozen=True, slots=True)
class PutBack:
    """A lead that has columns of its former state again; untouched by anybody since, it is that state exactly."""

    lead_id: int
    is_untouched: bool
    changed: list[str]


@dataclass(frozen=True, slots=True)
class Taken:
    """A lead that an earlier row is."""

    lead_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows as they stand in the file."""

    cells: list[list[str]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows came to that."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class StageWord:
    """A stage of the company's."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnerWord:
    """Somebody who works in the company."""

    id: int
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class TagWord:
    """A tag."""

    name: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """A lead that carries more than it did."""

    lead_id: int


@dataclass(frozen=True, slots=True)
class Worn:
    """A tag that came off a lead, with who had put it on and when."""

    lead_id: int
    tag_id: int
    added_by: int | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class CompanyWords:
    """Country (ISO 3166) and currency (ISO 4217) of the company."""

    country: str
    currency: str


async def add_import(tx: TenantTransaction, table: Table, *, filename: str | None, user_id: int) -> int:
    """The id of a new import without rows."""
    found = await tx.value(
        SQL["add_import"],
        int,
        filename=filename,
        encoding=table.encoding,
        delimiter=table.delimiter,
        headers=list(table.headers),
        has_header=table.has_header,
        first_row=table.first_row,
        user_id=user_id,
    )
    assert found is not None, "an insert answers its id"
    return found


async def add_chunks(tx: TenantTransaction, import_id: int, first: int, chunks: Sequence[list[list[str]]]) -> None:
    """Keep chunks of the file, numbered from `first` on."""
    await tx.run(SQL["add_chunks"], import_id=import_id, first=first, chunks=list(chunks))


async def measure(tx: TenantTransaction, import_id: int, *, row_count: int, chunk_count: int) -> None:
    """Note how many rows, without the empty ones, and how many chunks the file has."""
    await tx.run(SQL["measure"], import_id=import_id, row_count=row_count, chunk_count=chunk_count)


async def find_import(tx: TenantTransaction, import_id: int) -> Import | None:
    """One import, or None."""
    return await tx.one(SQL["find_import"], Import, import_id=import_id)


async def lock_import(tx: TenantTransaction, import_id: int) -> Import | None:
    """One import, held until the end of the transaction."""
    return await tx.one(SQL["lock_import"], Import, import_id=import_id)


async def list_imports(tx: TenantTransaction, *, before_id: int, most: int) -> list[Import]:
    """At most `most` imports below `before_id`, newest first."""
    return await tx.all(SQL["list_imports"], Import, before_id=before_id, most=most)


async def read_chunk(tx: TenantTransaction, import_id: int, number: int) -> list[list[str]]:
    """The rows of a chunk as they stand in the file; none where it is forgotten."""
    chunk = await tx.one(SQL["read_chunk"], Chunk, import_id=import_id, number=number)
    return chunk.cells if chunk else []


async def begin_pass(
    tx: TenantTransaction, import_id: int, state: State, plan: JsonObject | None = None, makes_tags: bool | None = None
) -> None:
    """Put an import into a state that a worker works off. Raises ConstraintViolated where another one moves."""
    await tx.run(SQL["begin_pass"], import_id=import_id, state=state, plan=plan, makes_tags=makes_tags)


async def note_pass(tx: TenantTransaction, one: Import, *, finished: bool = False) -> None:
    """Write the state, the place and the counts of an import."""
    await tx.run(
        SQL["note_pass"],
        import_id=one.id,
        state=one.state,
        passed=one.passed,
        checked=one.checked,
        written=one.written,
        undone=one.undone,
        new_tags=one.new_tags,
        made_tags=one.made_tags,
        finished=finished,
    )


async def forget_rows(tx: TenantTransaction, import_id: int) -> None:
    """Forget what a dry run said."""
    await tx.run(SQL["forget_rows"], import_id=import_id)


async def forget_chunks(tx: TenantTransaction, import_id: int) -> None:
    """Forget the file."""
    await tx.run(SQL["forget_chunks"], import_id=import_id)


async def add_rows(tx: TenantTransaction, import_id: int, rows: Sequence[tuple[int, list[str], Judged]]) -> None:
    """Keep what rows say, under their numbers."""
    kept = [
        {
            "number": number,
            "problems": [problem.as_json() for problem in judged.problems],
            "cells": cells,
            "fields": judged.fields,
            "email_key": judged.email_key,
            "name_key": judged.name_key,
        }
        for number, cells, judged in rows
    ]
    await tx.run(SQL["add_rows"], import_id=import_id, rows=kept)


async def earlier_rows(tx: TenantTransaction, span: Span, people: Sequence[Named]) -> list[Named]:
    """Rows before the chunk that name one of those people."""
    place = {"import_id": span.import_id, "first_row": span.first_row}
    return await tx.all(SQL["earlier_rows"], Named, **place, **_keys(people), name_keys=_some(people, "name_key"))


async def open_rows(tx: TenantTransaction, span: Span) -> list[Named]:
    """The rows of the chunk that are neither bad nor repeated."""
    return await tx.all(SQL["open_rows"], Named, **span.bounds())


async def known_leads(tx: TenantTransaction, people: Sequence[Named]) -> list[Known]:
    """The leads that may be those people, oldest first."""
    names = sorted({key.partition("\n")[0] for key in _some(people, "name_key")})
    return await tx.all(SQL["known_leads"], Known, **_keys(people), names=names)


async def earlier_leads(tx: TenantTransaction, span: Span, lead_ids: Sequence[int]) -> dict[int, int]:
    """Which of the leads rows before the chunk are, with the first such row's number."""
    place = {"import_id": span.import_id, "first_row": span.first_row}
    taken = await tx.all(SQL["earlier_leads"], Taken, lead_ids=list(lead_ids), **place)
    return {one.lead_id: one.number for one in taken}


async def note_matches(tx: TenantTransaction, span: Span, matches: Sequence[Match], existing: Existing) -> None:
    """Write which leads rows are."""
    found = [{"number": one.number, "lead_id": one.lead_id, "repeats": one.repeats} for one in matches]
    await tx.run(SQL["note_matches"], matches=found, existing=existing, chunk=span.number, **span.bounds())


async def lock_matched(tx: TenantTransaction, span: Span) -> None:
    """Hold the leads that rows are."""
    await tx.run(SQL["lock_matched"], **span.bounds())


async def compare(tx: TenantTransaction, span: Span, existing: Existing) -> None:
    """Say what rows would change."""
    await tx.run(SQL["compare"], existing=existing, **span.bounds())


async def write_changed(tx: TenantTransaction, span: Span, user_id: int) -> None:
    """Change existing leads, and remember who moved them."""
    await tx.run(SQL["write_changed"], **span.bounds())
    await tx.run(SQL["remember_changed"], user_id=user_id, **span.bounds())


async def write_created(tx: TenantTransaction, span: Span, *, stage_key: str, owner_user_id: int | None) -> bool:
    """Make new leads; False where one of their numbers has become a lead's since it was looked for."""
    wanted = await tx.run(SQL["number_created"], **span.bounds())
    made = await tx.run(SQL["write_created"], stage_key=stage_key, owner_user_id=owner_user_id, **span.bounds())
    return made == wanted


async def missing_tags(tx: TenantTransaction, span: Span) -> list[str]:
    """Names of tags that rows bring and the company does not have, in the order of the rows."""
    return [one.name for one in await tx.all(SQL["missing_tags"], TagWord, **span.bounds())]


async def tag_changed(tx: TenantTransaction, span: Span, user_id: int) -> list[int]:
    """Put on existing leads what their rows bring; answers which carry more than they did."""
    tagged = await tx.all(SQL["tag_changed"], Tagged, user_id=user_id, **span.bounds())
    return [one.lead_id for one in tagged]


async def tag_created(tx: TenantTransaction, span: Span, user_id: int) -> None:
    """Put on new leads what their rows bring."""
    await tx.run(SQL["tag_created"], user_id=user_id, **span.bounds())


async def note_written(tx: TenantTransaction, span: Span) -> None:
    """The rows are taken in."""
    await tx.run(SQL["note_written"], **span.bounds())


async def count_verdicts(tx: TenantTransaction, span: Span) -> dict[str, int]:
    """How many rows of a chunk came to what."""
    return {one.name: one.rows for one in await tx.all(SQL["count_verdicts"], Count, **span.bounds())}


async def touched_leads(tx: TenantTransaction, span: Span) -> list[Written]:
    """The leads that a chunk wrote."""
    return await tx.all(SQL["touched_leads"], Written, **span.bounds())


async def unmake_created(tx: TenantTransaction, span: Span) -> list[Unmade]:
    """Take away the leads that a chunk made and nobody has touched."""
    await tx.run(SQL["lock_written"], **span.bounds())
    worn = await tx.all(SQL["untag_created"], Worn, **span.bounds())
    unmade = await tx.all(SQL["unmake_created"], Unmade, **span.bounds())
    gone = {one.lead_id for one in unmade}
    if kept := [one for one in worn if one.lead_id not in gone]:
        told = [{**asdict(one), "added_at": one.added_at.isoformat()} for one in kept]
        await tx.run(SQL["retag"], worn=told)
    return unmade


async def put_back_changed(tx: TenantTransaction, span: Span, user_id: int) -> list[PutBack]:
    """Give leads back what a chunk changed; call it after `unmake_created`, which locks them."""
    put = await tx.all(SQL["put_back_changed"], PutBack, user_id=user_id, **span.bounds())
    await tx.run(SQL["note_kept"], **span.bounds())
    return put


async def count_undone(tx: TenantTransaction, span: Span) -> dict[str, int]:
    """What became of the rows of a chunk."""
    return {one.name: one.rows for one in await tx.all(SQL["count_undone"], Count, **span.bounds())}


async def list_rows(
    tx: TenantTransaction,
    import_id: int,
    *,
    verdicts: Sequence[Verdict],
    undone: Sequence[Undone] | None,
    after: int,
    most: int,
) -> list[JudgedRow]:
    """At most `most` rows behind number `after`."""
    wanted = {"verdicts": list(verdicts), "undone": list(undone) if undone else None}
    return await tx.all(SQL["list_rows"], JudgedRow, import_id=import_id, after=after, most=most, **wanted)


async def rows_kept(tx: TenantTransaction, import_id: int) -> bool:
    """Whether what an import wrote is still known."""
    return await tx.value(SQL["rows_kept"], bool, import_id=import_id) or False


async def tag_names(tx: TenantTransaction, brought: Sequence[str], *, most: int | None) -> TagNames:
    """The company's tags with those that earlier rows have brought; `most` None: no tag may be made."""
    names = [one.name for one in await tx.all(SQL["tag_words"], TagWord)]
    return TagNames.of([*names, *brought], most=most)


async def vocabulary(tx: TenantTransaction) -> Vocabulary:
    """What the company's words mean, its tags aside. Where two people have one name, neither is meant by it."""
    stages = await tx.all(SQL["stage_words"], StageWord)
    owners = await tx.all(SQL["owner_words"], OwnerWord)
    company = await tx.one(SQL["company_words"], CompanyWords)
    assert company is not None, "the transaction is a company's"
    names = [fold(one.name) for one in owners]
    known = {fold(one.name): one.id for one in owners if names.count(fold(one.name)) == 1}
    known.update({fold(one.email): one.id for one in owners})
    keys = {one.key for one in stages}
    words = {word: key for word, key in STAGE_WORDS.items() if key in keys}
    words.update({key: key for key in keys})
    words.update({fold(one.name): one.key for one in stages})
    fields = {field.key: field for field in await list_fields(tx) if not field.archived}
    return Vocabulary(company.country, company.currency, words, known, fields)


def _keys(people: Sequence[Named]) -> dict[str, object]:
    return {"match_keys": _some(people, "match_key"), "email_keys": _some(people, "email_key")}


def _some(people: Sequence[Named], key: Literal["match_key", "email_key", "name_key"]) -> list[str]:
    found: list[str | None] = [getattr(one, key) for one in people]
    return sorted({value for value in found if value is not None})
