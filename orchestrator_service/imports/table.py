"""A spreadsheet's text file taken apart: encoding, delimiter, header, rows in chunks. Pure; every file is hostile."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Final

from core.errors import BadInput, UnsupportedMediaType
from orchestrator_service.imports.columns import looks_like_data
from orchestrator_service.imports.models import CHUNK, MOST_COLUMNS, MOST_ROWS

DELIMITERS: Final = (",", ";", "\t", "|")
LONGEST_CELL: Final = 32_767  # as much as a cell of a spreadsheet holds
_SAMPLE: Final = 65_536
_SAMPLE_ROWS: Final = 50
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# What Spanish, Portuguese and English are written with: the encoding that shows most of it is the file's. A library's
# guess was tried and took short files for another one (ADR 0032).
_BYTES: Final = ("cp1252", "mac_roman", "cp850")
_LETTERS: Final = frozenset("áéíóúñüãõçâêôàÁÉÍÓÚÑÜÃÕÇ¿¡€ºª°\u201c\u201d\u2018\u2019\u2013\u2014")


class SpreadsheetFile(UnsupportedMediaType):
    """A workbook itself, which has to be saved as CSV first."""

    code: ClassVar[str] = "spreadsheet_file"


class NotATable(UnsupportedMediaType):
    """No text with rows and columns."""

    code: ClassVar[str] = "not_a_table"


class NothingToImport(BadInput):
    """Not a row beside the header."""

    code: ClassVar[str] = "nothing_to_import"


class TooMuch(BadInput):
    """More rows or columns than one import takes."""

    code: ClassVar[str] = "too_many_rows"


@dataclass(frozen=True, slots=True)
class Table:
    """A file of text as rows. `headers` are empty texts where its first row is data already."""

    text: str
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    has_header: bool
    first_row: int

    def chunks(self) -> Generator[list[list[str]]]:
        """The rows in fives of hundreds; an empty row stays, as [], so that numbers fit what a spreadsheet shows.

        A row has at most one cell more than the header: what stands beyond is joined there. Raises NotATable, TooMuch.
        """
        rows = islice(_rows(self.text, self.delimiter), self.first_row - 1, None)
        seen = 0
        while chunk := [_cells(row, len(self.headers)) for row in islice(rows, CHUNK)]:
            seen += len(chunk)
            if seen > MOST_ROWS:
                raise TooMuch(f"an import takes {MOST_ROWS} rows at most")
            yield chunk


def open_table(content: bytes) -> Table:
    """Raises SpreadsheetFile, NotATable, NothingToImport, TooMuch."""
    text, encoding = _decoded(content)
    hinted = text[:6].lower().startswith("sep=") and text[4:5] in DELIMITERS and text[5:6] in {"\r", "\n"}
    delimiter = text[4] if hinted else _delimiter(text)
    rows = enumerate(_rows(text, delimiter), 1)
    nobody: tuple[int, list[str]] = (0, [])
    number, header = next(((at, row) for at, row in rows if any(row) and not (hinted and at == 1)), nobody)
    while header and not header[-1]:
        header.pop()
    if not header:
        raise NothingToImport("the file is empty")
    if len(header) > MOST_COLUMNS:
        raise TooMuch(f"an import takes {MOST_COLUMNS} columns at most")
    has_header = not looks_like_data(header)
    if has_header and next((row for _, row in rows if any(row)), None) is None:
        raise NothingToImport("there is no row beside the header")
    names = tuple(" ".join(name.split())[:200] for name in header) if has_header else ("",) * len(header)
    return Table(text, encoding, delimiter, names, has_header, number + 1 if has_header else number)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((_ZIP, _OLE)):
        raise SpreadsheetFile("Save the workbook as CSV and upload that file.")
    if content.startswith(_PDF):
        raise NotATable("That is no table.")
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _without_mark(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise NotATable("The text cannot be read: save it as CSV in UTF-8.") from None
    text = text.replace("\x00", "")
    unprintable = sum(not char.isprintable() and char not in "\r\n\t\xa0\u2028" for char in text[:_SAMPLE])
    if unprintable * 20 > min(len(text), _SAMPLE):
        raise NotATable("That is no text.")
    return text, encoding.removesuffix("-sig")


def _without_mark(content: bytes) -> str:
    sample = content[:_SAMPLE]
    if sample.count(0) * 4 > len(sample):  # text in Latin letters, two bytes each
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        found = {name: content.decode(name, errors="replace") for name in _BYTES}
        best = max(_BYTES, key=lambda name: sum(char in _LETTERS for char in found[name]))
        return "latin-1" if best == "cp1252" and "\ufffd" in found[best] else best
    return "utf-8"


def _delimiter(text: str) -> str:
    """The one under which most rows have the same number of columns, more than one."""
    sample = text[:_SAMPLE].rsplit("\n", 1)[0] if len(text) > _SAMPLE else text
    return max(DELIMITERS, key=lambda mark: _agreement(sample, mark))


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = Counter(len(row) for row in _read(islice(rows, _SAMPLE_ROWS)) if any(row))
    width, many = widths.most_common(1)[0] if widths else (0, 0)
    return (many / widths.total(), width) if width > 1 else (0.0, 0)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return _read(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _read(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        raise NotATable("A cell never ends: look for a quote that is not closed.") from None


def _cells(row: list[str], width: int) -> list[str]:
    if not any(cell.strip() for cell in row):
        return []
    beyond = " ".join(cell for cell in row[width:] if cell.strip())
    return [cell[:LONGEST_CELL] for cell in (*row[:width], *([beyond] if beyond else ()))]
