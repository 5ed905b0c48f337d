"""An amount as people write it in a spreadsheet: `US$ 1.234,50`, `1,234.50 MXN`, `R$ 900`. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

LARGEST: Final = Decimal("999999999999.99")
# A longer sign before one that ends it.
_SYMBOLS: Final = {"US$": "USD", "U$S": "USD", "AR$": "ARS", "MX$": "MXN", "R$": "BRL", "€": "EUR"}
_CODE: Final = re.compile(r"(?<![A-Za-z])([A-Za-z]{3})(?![A-Za-z])")
_NUMBER: Final = re.compile(r"\d[\d.,' \u00a0\u202f]*")
_CENTS: Final = 2


def read_amount(text: str) -> tuple[Decimal, str | None] | None:
    """The amount, and the currency that stands beside it; None where that is no amount, or too large a one.

    The last of two kinds of marks begins the cents; a single mark before three digits separates thousands.
    """
    rest, currency = text.strip(), None
    for symbol, code in _SYMBOLS.items():
        if symbol in rest:
            rest, currency = rest.replace(symbol, " ", 1), code
            break
    if currency is None and (found := _CODE.search(rest)):
        currency, rest = found[1].upper(), rest[: found.start()] + rest[found.end() :]
    rest = rest.replace("$", "", 1).strip()
    if not _NUMBER.fullmatch(rest):
        return None
    plain = re.sub(r"[' \u00a0\u202f]", "", rest)
    whole, cents = _split(plain)
    if not whole.isdecimal() or (cents and not cents.isdecimal()) or len(cents) > _CENTS:
        return None
    amount = Decimal(f"{whole}.{cents or '0'}")
    return (amount, currency) if amount <= LARGEST else None


def _split(plain: str) -> tuple[str, str]:
    marks = [mark for mark in ".," if mark in plain]
    if not marks:
        return plain, ""
    last = max(marks, key=plain.rindex)
    head, _, tail = plain.rpartition(last)
    is_thousands = len(marks) == 1 and (plain.count(last) > 1 or len(tail) == 3)  # noqa: PLR2004 - 1.234
    if is_thousands:
        groups = plain.split(last)
        return ("".join(groups), "") if all(len(group) == 3 for group in groups[1:]) else ("x", "")  # noqa: PLR2004
    return head.replace("." if last == "," else ",", "").replace(last, "x"), tail
