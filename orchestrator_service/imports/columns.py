"""Which column holds what: by its name in Spanish, English or Portuguese, and by what stands in it. Pure.

The seam for fields that come later: a new one is a member of `ColumnField`, its names here, its reading in `judging.py`
and its column in `write_created` and `write_changed`. What the company calls a field of its own comes before our names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from core.folding import fold
from orchestrator_service.imports.models import CUSTOM, Column, ColumnField

NAMES: Final[Mapping[ColumnField, tuple[str, ...]]] = {
    "full_name": (
        "nombre completo", "nombre y apellido", "nombre y apellidos", "nombre", "contacto", "cliente", "lead",
        "razon social", "full name", "name", "contact name", "contact", "customer", "nome completo", "nome", "contato",
    ),
    "first_name": ("nombres", "primer nombre", "first name", "given name", "primeiro nome"),
    "last_name": ("apellido", "apellidos", "last name", "surname", "family name", "sobrenome"),
    "phone": (
        "telefono", "telefono movil", "celular", "movil", "whatsapp", "tel", "numero de telefono", "numero", "phone",
        "phone number", "mobile", "mobile phone", "cell", "cell phone", "telephone", "telefone", "numero de telefone",
    ),
    "email": (
        "email", "e mail", "mail", "correo", "correo electronico", "email address", "endereco de email",
        "e mail address",
    ),
    "company": (
        "empresa", "compania", "organizacion", "negocio", "company", "company name", "organization", "organisation",
        "business", "account", "companhia", "organizacao", "organization name",
    ),
    "stage": ("etapa", "estado", "fase", "stage", "status", "pipeline stage", "deal stage", "estagio", "situacao"),
    "owner": (
        "dueno", "duena", "responsable", "vendedor", "asignado a", "asesor", "propietario", "owner", "assigned to",
        "contact owner", "lead owner", "seller", "responsavel", "dono", "proprietario",
    ),
    "source": ("origen", "fuente", "canal", "procedencia", "source", "lead source", "channel", "origem", "fonte"),
    "campaign": ("campana", "anuncio", "campaign", "campaign name", "ad name", "campanha"),
    "value": (
        "valor", "monto", "importe", "presupuesto", "precio", "value", "amount", "deal value", "budget", "price",
        "montante", "orcamento", "preco",
    ),
    "currency": ("moneda", "divisa", "currency", "moeda"),
    "need": (
        "necesidad", "interes", "mensaje", "comentario", "comentarios", "notas", "nota", "observaciones", "need",
        "notes", "note", "message", "comments", "description", "necessidade", "mensagem", "observacoes",
    ),
    "language": ("idioma", "lengua", "language", "lingua"),
    "tags": (
        "etiqueta", "etiquetas", "grupo", "grupos", "segmento", "lista", "tag", "tags", "label", "labels", "group",
        "groups", "segment", "list", "group membership", "marcador", "marcadores", "marcacoes",
    ),
}  # fmt: skip
_BY_NAME: Final[Mapping[str, ColumnField]] = {name: field for field, names in NAMES.items() for name in names}
_LONG_ENOUGH: Final = 5  # a short name inside a longer one says little
_LONG: Final = tuple(sorted((name for name in _BY_NAME if len(name) >= _LONG_ENOUGH), key=len, reverse=True))
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE: Final = re.compile(r"'?[+(]?\d[\d\s().+-]{5,20}\d")
_FEWEST_DIGITS: Final = 8
_MOST_OF: Final = 0.8


def guess_columns(
    headers: Sequence[str], rows: Sequence[Sequence[str]], labels: Mapping[str, str] | None = None
) -> list[Column | None]:
    """What each column holds: no field twice. Names come before what stands in the first `rows`.

    `labels` are of the company's own fields, by key.
    """
    plain = [_plain(header) for header in headers]
    found: list[Column | None] = [None] * len(headers)
    own = {fold(" ".join(label.split())): f"{CUSTOM}{key}" for key, label in (labels or {}).items()}
    for place, header in enumerate(headers):
        column = own.get(fold(" ".join(header[:200].split())))
        if column is not None and column not in found:
            found[place] = column
    for by in (_BY_NAME.get, _by_part):
        for place, name in enumerate(plain):
            field = by(name)
            if found[place] is None and field is not None and field not in found:
                found[place] = field
    by_content: tuple[tuple[ColumnField, re.Pattern[str]], ...] = (("email", _EMAIL), ("phone", _PHONE))
    for field, pattern in by_content:
        if field not in found:
            place = next((at for at, known in enumerate(found) if known is None and _holds(rows, at, pattern)), None)
            if place is not None:
                found[place] = field
    if "full_name" in found and "last_name" in found and "first_name" not in found:
        found[found.index("full_name")] = "first_name"  # «Nombre» beside «Apellido»
    return found


def looks_like_data(row: Sequence[str]) -> bool:
    """Whether a first row is no header: somebody's e-mail or number stands in it."""
    return any(_EMAIL.fullmatch(cell.strip()) or _is_phone(cell) for cell in row)


def _by_part(name: str) -> ColumnField | None:
    part = next((known for known in _LONG if f" {known} " in f" {name} "), None)
    return _BY_NAME[part] if part else None


def _plain(header: str) -> str:
    """`E-mail 1 - Value` is `e mail`."""
    words = re.sub(r"[^a-z]+", " ", fold(header[:200])).strip()
    return words.removesuffix(" value").strip() or words


def _holds(rows: Sequence[Sequence[str]], place: int, pattern: re.Pattern[str]) -> bool:
    cells = [row[place].strip() for row in rows if len(row) > place and row[place].strip()]
    fits = sum(_is_phone(cell) if pattern is _PHONE else pattern.fullmatch(cell) is not None for cell in cells)
    return fits > 0 and fits >= _MOST_OF * len(cells)


def _is_phone(cell: str) -> bool:
    text = cell.strip()
    return _PHONE.fullmatch(text) is not None and sum(char.isdigit() for char in text) >= _FEWEST_DIGITS
