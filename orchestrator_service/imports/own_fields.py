"""A cell as the company's own field takes it: numbers, dates, choices, yes and no as people write them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from core.folding import fold
from orchestrator_service.fields.values import LONGEST, CustomField, CustomValue, FieldType
from orchestrator_service.imports.models import Code
from orchestrator_service.imports.money import read_amount

_YES: Final = frozenset({"si", "s", "yes", "y", "sim", "true", "verdadero", "verdadeiro", "1", "x", "ok"})
_NO: Final = frozenset({"no", "n", "nao", "false", "falso", "0"})
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_SHORT: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: .*)?")
_PLAIN: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?")
_THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")  # as amounts are read: 1.200 is more than a thousand
_MONTH_FIRST: Final = frozenset({"US"})
_CENTURY: Final = 100
_TURN: Final = 70  # 69 is 2069, 70 is 1970, as spreadsheets read it
_REFUSED: Final[Mapping[FieldType, Code]] = {
    "text": "too_long", "number": "bad_number", "date": "bad_date", "choice": "bad_choice", "yes_no": "bad_yes_no",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that says nothing the field could take, and why."""

    code: Code


def read_value(field: CustomField, text: str, country: str) -> CustomValue | Unread:
    """The value of a cell that is not empty; days and months stand as the country (ISO 3166) writes them."""
    value = _value(field, text, country)
    return Unread(_REFUSED[field.type]) if value is None else value


def _value(field: CustomField, text: str, country: str) -> CustomValue | None:
    match field.type:
        case "text":
            return text if len(text) <= LONGEST and "\x00" not in text else None
        case "number":
            return _number(text)
        case "date":
            return _date(text, month_first=country in _MONTH_FIRST)
        case "choice":
            return next((choice for choice in field.choices if fold(choice) == fold(text)), None)
        case "yes_no":
            said = fold(text)
            return True if said in _YES else False if said in _NO else None


def _number(text: str) -> int | float | None:
    if _PLAIN.fullmatch(text) and not _THOUSANDS.fullmatch(text):
        amount = Decimal(text)
    else:
        read = read_amount(text.removeprefix("-").removesuffix("%").strip())
        if read is None:
            return None
        amount = -read[0] if text.startswith("-") else read[0]
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _date(text: str, *, month_first: bool) -> str | None:
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _SHORT.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        month, day = (first, second) if month_first else (second, first)
        if year < _CENTURY:
            year += 1900 if year >= _TURN else 2000
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
