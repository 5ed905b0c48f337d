"""Imports on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.paging import DEFAULT_PAGE, LARGEST_PAGE
from orchestrator_service.imports.models import (
    Code,
    Column,
    Import,
    JudgedRow,
    Plan,
    State,
    Undone,
    Verdict,
)


class PlanBody(Plan):
    """`POST /crm/imports/{id}/check`: what each column holds, in the file's order, and the options."""


class ImportView(BaseModel):
    """An import. `checked` and `written` count rows by verdict, `undone` written rows by what became of them.

    `passed` of `chunk_count` steps of the pass that `state` names are behind. `headers` are empty texts where the
    file has no header. `new_tags` are those that the run makes, since the company has none of that name.
    """

    model_config = ConfigDict(from_attributes=True)

    id: int
    state: State
    filename: str | None
    encoding: str
    delimiter: str
    headers: list[str]
    row_count: int
    chunk_count: int
    passed: int
    plan: Plan | None
    checked: dict[Verdict, int]
    written: dict[Verdict, int]
    undone: dict[Undone, int]
    new_tags: list[str]
    created_by: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, one: Import) -> ImportView:
        """The import."""
        return ImportView.model_validate(one)


class WholeImportView(ImportView):
    """With the first rows of the file, and what its columns seem to hold, until it has been taken in."""

    sample: list[list[str]]
    guess: list[Column | None]

    @classmethod
    def whole(cls, one: Import, sample: list[list[str]], guess: Sequence[Column | None]) -> WholeImportView:
        """The import and its preview."""
        return cls(**dict(ImportView.of(one)), sample=sample, guess=list(guess))


class ProblemView(BaseModel):
    """Why a row is not taken in: `row` is the earlier one that it repeats, `field` as the plan's columns name it."""

    code: Code
    field: Column | None = None
    row: int | None = None


class ImportRowView(BaseModel):
    """A row as a pass left it. `number` is what a spreadsheet shows beside it; `cells` stay of rows not taken in."""

    number: int
    verdict: Verdict
    problems: list[ProblemView]
    cells: list[str] | None
    lead_id: int | None
    lead_name: str | None
    undone: Undone | None

    @classmethod
    def of(cls, row: JudgedRow) -> ImportRowView:
        """The row."""
        problems = [ProblemView.model_validate(problem) for problem in row.problems]
        return cls(
            number=row.number,
            verdict=row.verdict,
            problems=problems,
            cells=row.cells,
            lead_id=row.lead_id,
            lead_name=row.lead_name,
            undone=row.undone,
        )


class RowsQuery(BaseModel):
    """Which rows of an import are wanted: those of the verdicts, or of what became of them (both: all rows)."""

    verdict: list[Verdict] = Field(default=["bad", "repeated"], max_length=6)
    undone: list[Undone] = Field(default=[], max_length=3)
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str | None, Field(max_length=200)] = None
