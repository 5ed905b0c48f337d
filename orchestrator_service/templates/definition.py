"""What a template says and which variables it has, from the definition that its provider lists. Pure.

Read leniently: a part that we do not know makes the template unsendable, never an error. A variable's key names its
place (`body:1`, `body:name`, `header:1`, `header:file`, `button:0`), so one set of values fills preview and message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from core.whatsapp_templates import (
    LINK_LIMIT,
    TEMPLATE_HEADER_LIMIT,
    TEMPLATE_PARAMETER_LIMIT,
    HeaderKind,
)

VARIABLE: Final = re.compile(r"\{\{\s*(\w{1,64})\s*\}\}")
FILE_KEY: Final = "header:file"
_FILES: Final[Mapping[str, HeaderKind]] = {"IMAGE": "image", "VIDEO": "video", "DOCUMENT": "document"}
_PLAIN_BUTTONS: Final = frozenset({"QUICK_REPLY", "PHONE_NUMBER", "URL", "COPY_CODE"})
_KNOWN_PARTS: Final = frozenset({"HEADER", "BODY", "FOOTER", "BUTTONS"})

Part: TypeAlias = Literal["header", "body", "button"]
_Object: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Variable:
    """`name` is what stands between the braces; `sample` the example with which the template was approved."""

    key: str
    part: Part
    name: str
    limit: int
    is_link: bool = False
    sample: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """`value` is the address or number behind it, its variables open."""

    kind: str
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """`header_kind` is None without a header; `unsupported` names the part that keeps us from sending it."""

    body: str
    header_kind: HeaderKind | None = None
    header_text: str | None = None
    footer: str | None = None
    buttons: tuple[Button, ...] = ()
    variables: tuple[Variable, ...] = ()
    unsupported: str | None = None

    def of(self, part: Part) -> tuple[Variable, ...]:
        """The variables of a part, in the order in which their values are sent."""
        return tuple(variable for variable in self.variables if variable.part == part)


def read_definition(components: Iterable[object]) -> Definition:
    """The template of a provider's `components`, whose types and formats may be in either case."""
    parts = {_word(part, "type"): part for part in map(_object, components)}
    header, body = parts.get("HEADER", {}), parts.get("BODY", {})
    raw_buttons = [_object(button) for button in _list(parts.get("BUTTONS", {}), "buttons")]
    kind = _header_kind(header)
    header_text, body_text = _text(header, "text"), _text(body, "text") or ""
    variables = (
        *_header_variables(header, kind, header_text),
        *_text_variables("body", body_text, TEMPLATE_PARAMETER_LIMIT, _samples(body, "body_text")),
        *(found for index, button in enumerate(raw_buttons) if (found := _button_variable(index, button))),
    )
    return Definition(
        body_text,
        kind,
        header_text if kind == "text" else None,
        _text(parts.get("FOOTER", {}), "text"),
        tuple(_button(button) for button in raw_buttons),
        variables,
        _unsupported(parts, header, kind, raw_buttons),
    )


def names_of(variables: Iterable[Variable]) -> tuple[str, ...]:
    """Their names, where they are named; empty where they are numbered."""
    names = tuple(variable.name for variable in variables)
    return () if all(name.isdigit() for name in names) else names


def _unsupported(
    parts: Mapping[str, _Object], header: _Object, kind: HeaderKind | None, buttons: list[_Object]
) -> str | None:
    for part in parts:
        if part not in _KNOWN_PARTS:
            return part.lower()
    if header and kind is None:
        return f"header {_word(header, 'format').lower()}".strip()
    if "BODY" not in parts:
        return "body"
    strange = [_word(button, "type") for button in buttons if _word(button, "type") not in _PLAIN_BUTTONS]
    return f"button {strange[0].lower()}".strip() if strange else None


def _header_kind(header: _Object) -> HeaderKind | None:
    form = _word(header, "format") or ("TEXT" if _text(header, "text") else "")
    return "text" if form == "TEXT" else _FILES.get(form)


def _header_variables(header: _Object, kind: HeaderKind | None, text: str | None) -> tuple[Variable, ...]:
    if kind == "text":
        return _text_variables("header", text or "", TEMPLATE_HEADER_LIMIT, _samples(header, "header_text"))
    return (Variable(FILE_KEY, "header", "file", LINK_LIMIT, is_link=True),) if kind else ()


def _text_variables(part: Part, text: str, limit: int, samples: Mapping[str, str]) -> tuple[Variable, ...]:
    found = list(dict.fromkeys(VARIABLE.findall(text)))
    if all(name.isdigit() for name in found):
        found.sort(key=int)
    return tuple(Variable(f"{part}:{name}", part, name, limit, sample=samples.get(name)) for name in found)


def _button_variable(index: int, button: _Object) -> Variable | None:
    kind, examples = _word(button, "type"), _list(button, "example")
    sample = examples[0] if examples else button.get("example")
    shown = sample if isinstance(sample, str) else None
    key = f"button:{index}"
    if kind == "URL" and VARIABLE.search(_text(button, "url") or ""):
        return Variable(key, "button", str(index + 1), LINK_LIMIT, sample=shown)
    if kind == "COPY_CODE":
        return Variable(key, "button", str(index + 1), TEMPLATE_PARAMETER_LIMIT, sample=shown)
    return None


def _button(button: _Object) -> Button:
    value = _text(button, "url") or _text(button, "phone_number")
    return Button(_word(button, "type").lower(), _text(button, "text") or "", value)


def _samples(part: _Object, field: str) -> dict[str, str]:
    """Examples by the variable's name; the body's numbered ones come as a list in a list."""
    example = _object(part.get("example"))
    named = {
        str(one["param_name"]): str(one.get("example", ""))
        for one in map(_object, _list(example, f"{field}_named_params"))
        if "param_name" in one
    }
    listed = _list(example, field)
    first = cast("list[object]", listed[0]) if listed and isinstance(listed[0], list) else listed
    return named or {str(number): str(value) for number, value in enumerate(first, 1)}


def _object(value: object) -> _Object:
    return cast("_Object", value) if isinstance(value, dict) else {}


def _word(part: _Object, key: str) -> str:
    value = part.get(key)
    return value.upper() if isinstance(value, str) else ""


def _text(part: _Object, key: str) -> str | None:
    value = part.get(key)
    return value if isinstance(value, str) and value else None


def _list(part: _Object, key: str) -> list[object]:
    value = part.get(key)
    return cast("list[object]", value) if isinstance(value, list) else []
