"""CSV that a spreadsheet opens as text, never as a formula (PRODUCT §6.7). Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

# Whatever a spreadsheet may take for the beginning of a formula, also after white space that it drops.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK: Final = "\ufeff"  # without it a spreadsheet reads UTF-8 as something else


def csv_rows(rows: Iterable[Sequence[object]], *, first: bool = False) -> str:
    """Rows by RFC 4180; `first` begins the file. None is an empty cell; text that looks like a formula gets a quote."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return (_BYTE_ORDER_MARK if first else "") + file.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    looks = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if looks and not isinstance(value, int | float | Decimal) else text
