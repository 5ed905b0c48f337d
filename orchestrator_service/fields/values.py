"""`leads.custom` (JSONB): `{"<key of a field>": value}`, a key that is missing is empty. Pure.

By the field's type a value is a text (up to 500 characters), a number, a date (`"2026-11-27"`), one of the field's
choices, or true/false. What a field was archived with stays, so that bringing the field back brings its values back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from core.errors import BadInput, Conflict
from core.folding import fold

FieldType: TypeAlias = Literal["text", "number", "date", "choice", "yes_no"]
CustomValue: TypeAlias = str | int | float | bool
CustomValues: TypeAlias = dict[str, CustomValue]
LONGEST: Final = 500
LARGEST: Final = 10**15
_YES_NO: Final = {
    word: word in {"si", "yes", "sim", "true"} for word in ("si", "yes", "sim", "true", "no", "nao", "false")
}


@dataclass(frozen=True, slots=True)
class CustomField:
    """A row of `custom_fields`. `required`: the team may not empty it once it is known."""

    id: int
    key: str
    label: str
    type: FieldType
    choices: list[str]
    required: bool
    position: int
    archived: bool


class UnknownField(BadInput):
    """The company has no such field in use; `field` says which."""

    code = "field_not_in_use"


class BadValue(BadInput):
    """Not what a field of that type holds; `field` says which."""

    code = "bad_field_value"


class FieldRequired(Conflict):
    """The company does not let that field be emptied; `field` says which."""

    code = "field_required"
    title = "Field Required"


def merged(
    known: Mapping[str, CustomValue], changes: Mapping[str, CustomValue | None], fields: Sequence[CustomField]
) -> CustomValues:
    """The values after an edit: None empties, what is not named stays. Raises UnknownField, BadValue, FieldRequired."""
    by_key = {field.key: field for field in fields if not field.archived}
    after = dict(known)
    for key, value in changes.items():
        field = by_key.get(key)
        if field is None:
            raise UnknownField("no field of that key is in use", extra={"field": key[:40]})
        if value is None:
            if field.required and key in known:
                raise FieldRequired("that field may not be emptied", extra={"field": key})
            after.pop(key, None)
        else:
            after[key] = checked(field, value)
    return after


def checked(field: CustomField, value: CustomValue) -> CustomValue:
    """The value as it is kept. Raises BadValue."""
    kept = _kept(field, value)
    if kept is None:
        raise BadValue(f"that is no {field.type}", extra={"field": field.key})
    return kept


def read_value(field: CustomField, text: str) -> CustomValue | None:
    """What a text that a stranger wrote says for a field; None where it is nothing of that type."""
    said = text.strip()
    match field.type:
        case "yes_no":
            return _YES_NO.get(fold(said))
        case "number":
            try:
                return _number(float(said.replace(",", ".")))
            except ValueError:
                return None
        case "choice":
            return next((choice for choice in field.choices if fold(choice) == fold(said)), None)
        case "date" | "text":
            return _kept(field, said[:LONGEST])


def _kept(field: CustomField, value: CustomValue) -> CustomValue | None:
    match field.type:
        case "yes_no":
            return value if isinstance(value, bool) else None
        case "number":
            return _number(value)
        case "date":
            return _date(value)
        case "choice":
            return value if isinstance(value, str) and value in field.choices else None
        case "text":
            text = value.strip() if isinstance(value, str) else ""
            return text if 0 < len(text) <= LONGEST and "\x00" not in text else None


def _number(value: CustomValue) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if not math.isfinite(value) or abs(value) > LARGEST:
        return None
    return int(value) if float(value).is_integer() else value


def _date(value: CustomValue) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
