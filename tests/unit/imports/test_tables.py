"""Files as spreadsheets write them, and as they arrive: nothing breaks on them, and each is read as it was meant."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NexusError
from orchestrator_service.imports.columns import guess_columns
from orchestrator_service.imports.table import NotATable, NothingToImport, SpreadsheetFile, Table, TooMuch, open_table

WORDS = "Nombre{0}Teléfono{0}Ciudad\r\nJosé Muñoz{0}1150001111{0}Córdoba\r\nBegoña{0}+55 11 95000-2222{0}São Paulo\r\n"


def rows_of(table: Table) -> list[list[str]]:
    return [row for chunk in table.chunks() for row in chunk]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "cp850", "mac_roman"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter_reads_alike(encoding: str, delimiter: str) -> None:
    table = open_table(WORDS.format(delimiter).encode(encoding))
    assert (table.delimiter, table.headers, table.first_row) == (delimiter, ("Nombre", "Teléfono", "Ciudad"), 2)
    assert rows_of(table) == [["José Muñoz", "1150001111", "Córdoba"], ["Begoña", "+55 11 95000-2222", "São Paulo"]]


def test_quotes_of_word_processors_do_not_make_another_encoding_of_it() -> None:
    assert open_table("name,note\nMaría,\u201cla jefa\u201d \u2013 €5\n".encode("cp1252")).encoding == "cp1252"


def test_numbers_fit_what_a_spreadsheet_shows() -> None:
    table = open_table(b'sep=;\nname;note\nAna;"two\nlines"\n\nLuz;x;y;z\nBeto\n')
    assert (table.delimiter, table.first_row) == (";", 3)
    assert rows_of(table) == [["Ana", "two\nlines"], [], ["Luz", "x", "y z"], ["Beto"]]


def test_a_file_without_a_header_loses_no_row() -> None:
    table = open_table(b"Ana,ana@example.com\nLuz,luz@example.com\n")
    assert (table.has_header, table.first_row, len(rows_of(table))) == (False, 1, 2)
    assert guess_columns(table.headers, rows_of(table)) == [None, "email"]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"PK\x03\x04rest of a workbook", SpreadsheetFile),
        (b"\xd0\xcf\x11\xe0old workbook", SpreadsheetFile),
        (b"%PDF-1.7 words", NotATable),
        (b"", NothingToImport),
        (b"\n\n ,,\n", NothingToImport),
        (b"name,phone\n", NothingToImport),
        (b'name\n"' + b"x" * 200_000, NotATable),
        (bytes(range(1, 32)) * 9, NotATable),
    ],
)
def test_what_is_no_table_is_refused_with_the_way_out(content: bytes, refusal: type[NexusError]) -> None:
    with pytest.raises(refusal):
        rows_of(open_table(content))


@given(st.binary(max_size=400))
def test_no_bytes_break_it(content: bytes) -> None:
    with contextlib.suppress(SpreadsheetFile, NotATable, NothingToImport, TooMuch):
        table = open_table(content)
        assert all(len(row) <= len(table.headers) + 1 for row in rows_of(table))


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Nombre,Apellido,Celular,Mail", ["first_name", "last_name", "phone", "email"]),
        (
            "Name,Phone 1 - Value,E-mail 1 - Value,Company Name,Deal Stage",
            ["full_name", "phone", "email", "company", "stage"],
        ),
        (
            "Nome completo,Telefone,E-mail,Responsável,Orçamento,Moeda",
            ["full_name", "phone", "email", "owner", "value", "currency"],
        ),
        ("ID,Notas internas,Fecha", [None, "need", None]),
        ("Nombre,Etiquetas,Fecha de Nacimiento,Valor", ["full_name", "tags", "custom:born", "custom:worth"]),
        ("Name,Tags", ["full_name", "tags"]),
        ("Nome,Marcadores", ["full_name", "tags"]),
    ],
)
def test_columns_are_known_by_their_names(header: str, fields: list[str | None]) -> None:
    labels = {"born": "fecha de nacimiento", "worth": "Valor"} if "Nacimiento" in header else {}
    assert guess_columns(header.split(","), [], labels) == fields
