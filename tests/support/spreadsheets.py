"""A company's old spreadsheet: believable rows, and at known places each kind of row that cannot be taken in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

HEADER = ("Nombre", "Teléfono", "Correo electrónico", "Empresa", "Etapa", "Valor", "Origen", "Notas")
_NAMES = ("José Muñoz", "Begoña Ibáñez", "João Conceição", "Ana Ruiz", "Luz Ferreyra", "Óscar Peña", "Chloe Adams")
_BAD = {
    3: ("bad_phone", 1, "12"),
    7: ("bad_email", 2, "nobody at example"),
    11: ("unknown_stage", 4, "Etapa inventada"),
    13: ("bad_value", 5, "mucho"),
    17: ("rounded_phone", 1, "5,49112E+12"),
}
EVERY = 20  # of as many rows, one is bad for each reason, and one repeats an earlier one
_REPEATED = 19


@dataclass(frozen=True)
class Spreadsheet:
    """The file, and what a dry run has to say of it: numbers of rows by reason."""

    content: bytes
    rows: int
    good: int
    reasons: Counter[str]


def spreadsheet(rows: int, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> Spreadsheet:
    """A file of so many rows under a header, the first of which a spreadsheet calls 2."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(HEADER)
    reasons: Counter[str] = Counter()
    for number in range(rows):
        cells = _row(number)
        place = number % EVERY
        if place in _BAD:
            reason, column, text = _BAD[place]
            cells[column] = text
            reasons[reason] += 1
        elif place == _REPEATED:
            cells[1:3] = _row(number - 1)[1:3]
            reasons["repeated"] += 1
        writer.writerow(cells)
    return Spreadsheet(file.getvalue().encode(encoding), rows, rows - reasons.total(), reasons)


def _row(number: int) -> list[str]:
    """Mobiles of Argentina without the 9, of Mexico with the old 1, of Brazil with nine digits, or mail alone."""
    phones = (f"(011) 15 {4000 + number // 10000}-{number % 10000:04}", f"+52 1 55 {10_000_000 + number:08}",
              f"+55 11 9{50_000_000 + number:08}", "")  # fmt: skip
    return [
        f"{_NAMES[number % len(_NAMES)]} {number}",
        phones[number % 4],
        f"p{number}@example.com",
        "Turnera, S.A." if number % 3 else "",
        "Contactado" if number % 2 else "Nuevo",
        f"US$ {number % 900 + 100}.{number % 100:02}" if number % 5 == 0 else "",
        "Instagram",
        'Quiere "precio"\npara dos' if number % 6 == 0 else "",
    ]
