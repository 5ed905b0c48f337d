"""What fills a template's variables for anybody: texts with fields of the lead in them. Pure.

`{{first_name}}` is the field; `{{first_name|amigo}}` says what stands there where the lead has none. One form for
triggers, broadcasts, the composer's suggestion and the free text that a trigger may send inside the window.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FIELDS: Final = (
    "first_name", "full_name", "company", "need", "our_company", "agent", "meeting_day", "meeting_time", "seller",
    "meeting_link",
)  # fmt: skip
MEETING_FIELDS: Final = frozenset({"meeting_day", "meeting_time", "seller", "meeting_link"})
_FIELD: Final = re.compile(r"\{\{\s*(\w{1,40})\s*(?:\|([^{}]{0,200}))?\}\}")
_SPACES: Final = re.compile(r"\s+")

Facts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Filled:
    """`missing` are the fields that the lead lacks and that have nothing to stand in for them."""

    text: str
    missing: tuple[str, ...] = ()


def fill(text: str, facts: Facts) -> Filled:
    """The text for one lead. What a lead's field holds is made one line, as a variable's value must be."""
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        known = _SPACES.sub(" ", facts.get(found[1]) or "").strip()
        if known or found[2] is not None:
            return known or found[2].strip()
        missing.append(found[1])
        return ""

    return Filled(_FIELD.sub(value, text).strip(), tuple(missing))


def fill_all(fills: Mapping[str, str], facts: Facts) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values of a template's variables for one lead, and what is missing for them."""
    filled = {key: fill(text, facts) for key, text in fills.items()}
    missing = tuple(dict.fromkeys(field for one in filled.values() for field in one.missing))
    return {key: one.text for key, one in filled.items()}, missing


def unknown_fields(text: str) -> tuple[str, ...]:
    """Names in braces that are no field of ours."""
    return tuple(found[1] for found in _FIELD.finditer(text) if found[1] not in FIELDS)


def usual_fill(index: int, name: str) -> str:
    """What most likely belongs into a variable, by its name, else by its place: the first is the person's name."""
    if name in FIELDS:
        return "{{" + name + "}}"
    named = {"nombre": "first_name", "name": "first_name", "nome": "first_name", "empresa": "our_company",
             "vendedor": "seller", "hora": "meeting_time", "fecha": "meeting_day",
             "enlace": "meeting_link", "link": "meeting_link"}  # fmt: skip
    field = named.get(name.lower()) or ("first_name" if index == 0 and name.isdigit() else None)
    return "{{" + field + "}}" if field else ""
