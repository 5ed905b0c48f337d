"""A template with its values: judged, as the person will read it, and as `chat_messages` keeps it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.json_types import JsonObject
from core.whatsapp_templates import ButtonKind, Defect, defect_of, defect_of_link
from orchestrator_service.templates.definition import FILE_KEY, VARIABLE, Definition, Part, Variable, names_of

Flaw: TypeAlias = Defect | Literal["unknown"]
_VALUED: Mapping[str, ButtonKind] = {"url": "url", "copy_code": "copy_code"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """`text` is all that will be read, `content` what the sender needs and the conversation shows."""

    text: str
    content: JsonObject


def flaws(definition: Definition, values: Mapping[str, str]) -> dict[str, Flaw]:
    """What is wrong with the values, by the variable's key; empty where the template can be sent with them."""
    found: dict[str, Flaw] = {}
    for variable in definition.variables:
        defect = _defect(variable, values.get(variable.key, ""))
        if defect is not None:
            found[variable.key] = defect
    known = {variable.key for variable in definition.variables}
    strange: dict[str, Flaw] = {key: "unknown" for key in values if key not in known}
    return found | strange


def render(
    definition: Definition, values: Mapping[str, str], *, name: str, language: str, category: str | None
) -> Rendered:
    """The message. Values that have flaws must not come here; a missing one leaves its braces open."""
    header = _filled("header", definition.header_text, values)
    body = _filled("body", definition.body, values) or ""
    lines = [part for part in (header, body, definition.footer) if part]
    shown: JsonObject = {
        "header": header,
        "file": definition.header_kind if definition.header_kind != "text" else None,
        "body": body,
        "footer": definition.footer,
        "buttons": [{"kind": button.kind, "text": button.text} for button in definition.buttons],
    }
    bodies = definition.of("body")
    content: JsonObject = {
        "name": name,
        "language": language,
        "category": category,
        "parameters": [values.get(variable.key, "") for variable in bodies],
        "names": list(names_of(bodies)),
        "header": _header(definition, values),
        "buttons": _buttons(definition, values),
        "shown": shown,
    }
    return Rendered("\n\n".join(lines), content)


def _defect(variable: Variable, value: str) -> Defect | None:
    return defect_of_link(value) if variable.is_link else defect_of(value, variable.limit)


def _filled(part: Part, text: str | None, values: Mapping[str, str]) -> str | None:
    if text is None:
        return None
    return VARIABLE.sub(lambda found: values.get(f"{part}:{found[1]}", found[0]), text)


def _header(definition: Definition, values: Mapping[str, str]) -> JsonObject | None:
    variables = definition.of("header")
    if not variables or definition.header_kind is None:
        return None
    variable = variables[0]
    names = names_of(variables) if variable.key != FILE_KEY else ()
    return {
        "kind": definition.header_kind,
        "value": values.get(variable.key, ""),
        "name": names[0] if names else None,
    }


def _buttons(definition: Definition, values: Mapping[str, str]) -> list[JsonObject]:
    return [
        {"index": index, "kind": _VALUED[button.kind], "value": values[key]}
        for index, button in enumerate(definition.buttons)
        if button.kind in _VALUED and (key := f"button:{index}") in values
    ]
