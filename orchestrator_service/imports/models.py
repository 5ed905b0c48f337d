"""What an import is made of, and the shapes of `imports.plan` and `import_rows.problems` (JSONB)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.json_types import Json, JsonObject

MOST_BYTES: Final = 20 * 1_048_576
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 100
CHUNK: Final = 500  # rows of one step of the worker
MOST_TOLD: Final = 500  # rows up to which each lead has an event of its own

State: TypeAlias = Literal["draft", "checking", "checked", "running", "done", "cancelled", "undoing", "undone"]
Verdict: TypeAlias = Literal["create", "change", "same", "skip", "repeated", "bad"]
Undone: TypeAlias = Literal["restored", "partly", "kept"]
Existing: TypeAlias = Literal["skip", "fill", "overwrite"]
ColumnField: TypeAlias = Literal[
    "full_name", "first_name", "last_name", "phone", "email", "company", "stage", "owner", "source", "campaign",
    "value", "currency", "need", "language", "tags",
]  # fmt: skip
# A field that the company adds to its leads, by its key: `custom:birthday`.
CustomColumn: TypeAlias = Annotated[str, StringConstraints(pattern=r"^custom:[a-z][a-z0-9_]{0,39}$")]
Column: TypeAlias = ColumnField | CustomColumn
CUSTOM: Final = "custom:"
Code: TypeAlias = Literal[
    "bad_phone", "rounded_phone", "bad_email", "too_long", "unknown_stage", "unknown_owner", "bad_value",
    "bad_currency", "unknown_language", "nobody", "extra_cells", "repeated",
    "bad_number", "bad_date", "bad_choice", "bad_yes_no", "too_many_tags", "unknown_tag",
]  # fmt: skip
VERDICTS: Final[tuple[Verdict, ...]] = ("create", "change", "same", "skip", "repeated", "bad")


class Options(BaseModel):
    """How rows are read and what becomes of leads that are there already. None: as the company has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    existing: Existing = "skip"
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    stage_key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = "new"
    owner_user_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class Plan(BaseModel):
    """`imports.plan`: what each column holds (None: nothing of ours), and the options."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: Annotated[tuple[Column | None, ...], Field(min_length=1, max_length=MOST_COLUMNS)]
    options: Options = Options()

    @property
    def has_tags(self) -> bool:
        """Whether a column holds tags."""
        return "tags" in self.columns


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not taken in: `field` names the column's meaning, `row` the earlier row that says the same."""

    code: Code
    field: Column | None = None
    row: int | None = None

    def as_json(self) -> JsonObject:
        """As `import_rows.problems` keeps it."""
        given: dict[str, Json] = {"code": self.code, "field": self.field, "row": self.row}
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Import:
    """A row of `imports`. `passed` of `chunk_count` chunks are behind the pass that its state names.

    `checked`, `written` count verdicts of the dry run and of the run, `undone` what became of written rows. `first_row`
    is the number that a spreadsheet shows beside the first row of data. `new_tags` are the names of tags that the dry
    run found missing, `made_tags` the ids of those that the run made of them, where `makes_tags` allows it.
    """

    id: int
    state: State
    filename: str | None
    encoding: str
    delimiter: str
    headers: list[str]
    has_header: bool
    first_row: int
    row_count: int
    chunk_count: int
    passed: int
    plan: JsonObject | None
    checked: dict[str, int]
    written: dict[str, int]
    undone: dict[str, int]
    makes_tags: bool
    new_tags: list[str]
    made_tags: list[int]
    created_by: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    def span(self, chunk: int) -> tuple[int, int]:
        """The numbers of the first and the last row that a chunk, from 0, may hold."""
        first = self.first_row + chunk * CHUNK
        return first, first + CHUNK - 1


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row as its pass left it. `cells` are kept of rows that were not taken in."""

    number: int
    verdict: Verdict
    problems: list[JsonObject]
    cells: list[str] | None
    lead_id: int | None
    undone: Undone | None
    lead_name: str | None
