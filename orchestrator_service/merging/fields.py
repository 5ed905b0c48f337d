"""Whose value a merged lead has: field by field as somebody chose, else the survivor's, else the first that is there.

A field may stand for several columns, which go together: a number with its key, an amount with its currency. Pure.
`merge_records.fields` (JSONB) is `{column: {"was": …, "became": …}}` of the survivor's columns that changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from core.json_types import Json, JsonObject

Field: TypeAlias = Literal[
    "full_name", "phone", "email", "company", "need", "language", "stage_key", "owner_user_id", "value",
    "social_links", "interest", "source", "custom",
]  # fmt: skip
COLUMNS: Final[Mapping[Field, tuple[str, ...]]] = MappingProxyType(
    {
        "full_name": ("full_name",),
        "phone": ("phone", "match_key"),
        "email": ("email",),
        "company": ("company",),
        "need": ("need",),
        "language": ("language",),
        "stage_key": ("stage_key", "stage_since", "lost_reason"),
        "owner_user_id": ("owner_user_id",),
        "value": ("value", "currency"),
        "social_links": ("social_links",),
        "interest": ("interest", "score"),
        "source": ("source", "campaign", "referral"),
        "custom": ("custom",),
    }
)
# Columns that are the row's own and go with no field; `also` is made of its notes and tags.
OWN: Final = frozenset(
    {"tenant_id", "id", "created_at", "updated_at", "deleted_at", "merged_into", "also", "erased_at"}
)


def chosen(survivor: JsonObject, others: Sequence[JsonObject], choices: Mapping[Field, int]) -> JsonObject:
    """The survivor's columns as they shall be; `choices` names the lead (by id) whose field is taken."""
    by_id = {row["id"]: row for row in (survivor, *others)}
    merged: JsonObject = {}
    for field, columns in COLUMNS.items():
        source = by_id[choices[field]] if field in choices else _first_with(columns[0], (survivor, *others))
        merged.update({column: source[column] for column in columns})
    return merged


def differing(was: JsonObject, became: JsonObject) -> JsonObject:
    """What a merge wrote on the survivor, as `merge_records.fields` keeps it."""
    return {
        column: {"was": was[column], "became": became[column]} for column in became if was[column] != became[column]
    }


def restored(now: JsonObject, fields: JsonObject) -> tuple[JsonObject, list[str]]:
    """The columns to put back, and the fields that somebody has written on since, which stay as they are."""
    back: JsonObject = {}
    kept: list[str] = []
    for field, columns in COLUMNS.items():
        written = {column: fields[column] for column in columns if column in fields}
        if not written:
            continue
        if all(now[column] == _of(change, "became") for column, change in written.items()):
            back.update({column: _of(change, "was") for column, change in written.items()})
        else:
            kept.append(field)
    return back, kept


def _first_with(column: str, rows: Sequence[JsonObject]) -> JsonObject:
    """The first row that has something there; the first of all where none has."""
    return next((row for row in rows if row[column] not in (None, {}, "")), rows[0])


def _of(change: Json, side: Literal["was", "became"]) -> Json:
    assert isinstance(change, Mapping), "as `differing` wrote it"
    return change[side]
