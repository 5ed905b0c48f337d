"""What a template needs to be sent: the values of its variables, wherever they stand (contracts README §1.4). Pure.

What a template says and which variables it has is read above, by the slice of templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

TEMPLATE_PARAMETER_LIMIT: Final = 1024
TEMPLATE_HEADER_LIMIT: Final = 60
TEMPLATE_BUTTON_COUNT: Final = 10
LINK_LIMIT: Final = 2000
_BAD_IN_PARAMETER: Final = re.compile(r"[\n\r\t]| {5,}")

HeaderKind: TypeAlias = Literal["text", "image", "video", "document"]
ButtonKind: TypeAlias = Literal["url", "quick_reply", "copy_code"]
Defect: TypeAlias = Literal["missing", "too_long", "bad_whitespace", "not_https"]


def defect_of(value: str, limit: int = TEMPLATE_PARAMETER_LIMIT) -> Defect | None:
    """Why WhatsApp would refuse the value of a variable, None where it would not.

    Values are not empty and hold no newline, tab or run of more than four spaces (error 132018).
    """
    if not value.strip():
        return "missing"
    if _BAD_IN_PARAMETER.search(value):
        return "bad_whitespace"
    return "too_long" if len(value) > limit else None


def defect_of_link(value: str) -> Defect | None:
    """The same of a file's address, which the provider fetches."""
    return defect_of(value, LINK_LIMIT) or (None if value.startswith("https://") else "not_https")


@dataclass(frozen=True, slots=True)
class TemplateHeader:
    """`value` fills the variable of a header of text, `name` where the template names it, else is its file's address.

    Raises ValueError for a value that WhatsApp refuses.
    """

    kind: HeaderKind
    value: str
    name: str | None = None

    def __post_init__(self) -> None:
        defect = defect_of(self.value, TEMPLATE_HEADER_LIMIT) if self.kind == "text" else defect_of_link(self.value)
        _require(defect is None, f"the header's value is {defect}")


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """What the button at `index` (from 0) needs: the end of its address, the payload of its tap, the code to copy."""

    index: int
    kind: ButtonKind
    value: str

    def __post_init__(self) -> None:
        _require(0 <= self.index < TEMPLATE_BUTTON_COUNT, f"a template has at most {TEMPLATE_BUTTON_COUNT} buttons")
        defect = defect_of(self.value, LINK_LIMIT if self.kind == "url" else TEMPLATE_PARAMETER_LIMIT)
        _require(defect is None, f"a button's value is {defect}")


@dataclass(frozen=True, slots=True)
class OutgoingTemplate:
    """An approved template with the values of its variables. Raises ValueError for one that WhatsApp refuses.

    `body_parameters` are in the order of the body's variables; `body_names` are their names, in the same order, where
    the template names its variables instead of numbering them, else empty.
    """

    name: str
    language: str
    body_parameters: tuple[str, ...] = ()
    body_names: tuple[str, ...] = ()
    header: TemplateHeader | None = None
    buttons: tuple[TemplateButton, ...] = ()

    def __post_init__(self) -> None:
        _require(bool(self.name) and bool(self.language), "a template has a name and a language")
        for value in self.body_parameters:
            defect = defect_of(value)
            _require(defect is None, f"a template parameter is {defect}")
        _require(len(self.body_names) in {0, len(self.body_parameters)}, "every variable has a name, or none has")
        _require(len({button.index for button in self.buttons}) == len(self.buttons), "one value for each button")


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)
