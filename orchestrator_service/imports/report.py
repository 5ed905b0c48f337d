"""Rows of an import as a file for spreadsheets: as they came, and why they were not taken in, in the reader's words."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import Final, Literal, TypeAlias, cast

from core.csv_rows import csv_rows
from core.database import Database
from core.json_types import JsonObject
from orchestrator_service.imports.models import Code, Import, JudgedRow, Plan, Verdict
from orchestrator_service.imports.steer import list_rows

BATCH: Final = 1000
Language: TypeAlias = Literal["es", "en", "pt"]

_ROW: Final[Mapping[Language, tuple[str, str]]] = {
    "es": ("Fila", "Motivo"), "en": ("Row", "Reason"), "pt": ("Linha", "Motivo"),
}  # fmt: skip
_REASONS: Final[Mapping[Language, Mapping[Code, str]]] = {
    "es": {
        "bad_phone": "el teléfono no es válido",
        "rounded_phone": "la planilla redondeó el teléfono: da formato de texto a la columna y guarda de nuevo",
        "bad_email": "el correo no es válido",
        "too_long": "el texto es demasiado largo",
        "unknown_stage": "no hay una etapa con ese nombre",
        "unknown_owner": "nadie del equipo tiene ese nombre o correo",
        "bad_value": "el valor no es un monto",
        "bad_currency": "la moneda no es un código de tres letras",
        "unknown_language": "el idioma no es español, inglés ni portugués",
        "nobody": "faltan el nombre, el teléfono y el correo",
        "extra_cells": "tiene más celdas que el encabezado: revisa comas y comillas",
        "repeated": "repite la fila {row}",
        "bad_number": "no es un número",
        "bad_date": "no es una fecha",
        "bad_choice": "no es una de las opciones",
        "bad_yes_no": "no dice sí ni no",
        "too_many_tags": "son demasiadas etiquetas",
        "unknown_tag": "no hay una etiqueta con ese nombre",
    },
    "en": {
        "bad_phone": "the phone is not valid",
        "rounded_phone": "the spreadsheet rounded the phone: format the column as text and save again",
        "bad_email": "the e-mail is not valid",
        "too_long": "the text is too long",
        "unknown_stage": "there is no stage of that name",
        "unknown_owner": "nobody in the team has that name or e-mail",
        "bad_value": "the value is not an amount",
        "bad_currency": "the currency is not a three-letter code",
        "unknown_language": "the language is not Spanish, English or Portuguese",
        "nobody": "name, phone and e-mail are all missing",
        "extra_cells": "it has more cells than the header: check commas and quotes",
        "repeated": "repeats row {row}",
        "bad_number": "it is not a number",
        "bad_date": "it is not a date",
        "bad_choice": "it is not one of the choices",
        "bad_yes_no": "it says neither yes nor no",
        "too_many_tags": "there are too many tags",
        "unknown_tag": "there is no tag of that name",
    },
    "pt": {
        "bad_phone": "o telefone não é válido",
        "rounded_phone": "a planilha arredondou o telefone: formate a coluna como texto e salve de novo",
        "bad_email": "o e-mail não é válido",
        "too_long": "o texto é longo demais",
        "unknown_stage": "não há etapa com esse nome",
        "unknown_owner": "ninguém da equipe tem esse nome ou e-mail",
        "bad_value": "o valor não é uma quantia",
        "bad_currency": "a moeda não é um código de três letras",
        "unknown_language": "o idioma não é espanhol, inglês nem português",
        "nobody": "faltam o nome, o telefone e o e-mail",
        "extra_cells": "tem mais células que o cabeçalho: revise vírgulas e aspas",
        "repeated": "repete a linha {row}",
        "bad_number": "não é um número",
        "bad_date": "não é uma data",
        "bad_choice": "não é uma das opções",
        "bad_yes_no": "não diz sim nem não",
        "too_many_tags": "são etiquetas demais",
        "unknown_tag": "não há etiqueta com esse nome",
    },
}
# What does not say by itself which column is meant.
_OF_A_COLUMN: Final[frozenset[Code]] = frozenset({
    "too_long", "bad_number", "bad_date", "bad_choice", "bad_yes_no", "too_many_tags", "unknown_tag",
})  # fmt: skip


async def rows_csv(
    database: Database, tenant_id: int, one: Import, verdicts: Collection[Verdict], language: Language
) -> AsyncGenerator[str]:
    """Rows in the file's order under its own header: mended, the file can be imported as it is."""
    titles = column_titles(one)
    yield csv_rows([(*one.headers, *_ROW[language])], first=True)
    after = 0
    while True:
        async with database.tenant(tenant_id) as tx:
            rows = await list_rows(tx, one.id, verdicts, None, after=after, most=BATCH)
        if rows:
            yield csv_rows([_cells(row, len(one.headers), language, titles) for row in rows])
        if len(rows) < BATCH:
            return
        after = rows[-1].number


def column_titles(one: Import) -> dict[str, str]:
    """What the file calls the columns that the plan gives a meaning."""
    columns = Plan.model_validate(one.plan).columns if one.plan else ()
    return {column: header for column, header in zip(columns, one.headers, strict=False) if column and header}


def reason_of(problems: Sequence[JsonObject], language: Language, titles: Mapping[str, str]) -> str:
    """Every problem of a row in one line."""
    return "; ".join(_sentence(problem, language, titles) for problem in problems)


def _cells(row: JudgedRow, width: int, language: Language, titles: Mapping[str, str]) -> list[object]:
    cells = [*(row.cells or []), *[""] * width][:width]
    return [*cells, row.number, reason_of(row.problems, language, titles)]


def _sentence(problem: JsonObject, language: Language, titles: Mapping[str, str]) -> str:
    words = _REASONS[language][cast("Code", problem["code"])].format(row=problem.get("row", ""))
    name = titles.get(cast("str", problem.get("field")))
    return f"{words} ({name})" if name and problem["code"] in _OF_A_COLUMN else words
