"""A send request checked against WhatsApp's limits, and what the phone shows of it (contracts README §1.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.whatsapp import (
    BUTTON_COUNT,
    BUTTON_ID_LIMIT,
    BUTTON_TITLE_LIMIT,
    FOOTER_LIMIT,
    INTERACTIVE_BODY_LIMIT,
    ROW_COUNT,
    ROW_DESCRIPTION_LIMIT,
    ROW_ID_LIMIT,
    ROW_TITLE_LIMIT,
    TEXT_LIMIT,
    JsonObject,
)
from core.whatsapp_files import CAPTION_LIMIT, kind_of
from core.wire import object_at, objects_at
from nexus.simulator.errors import ApiError, invalid, missing

if TYPE_CHECKING:
    from nexus.simulator.state import Account

MEDIA_TYPES: Final = ("image", "video", "audio", "document", "sticker")
SECTION_COUNT: Final = 10
_VARIABLE: Final = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the customer will see; `late_error` is a code of WhatsApp's that is only reported later, by webhook."""

    type: str
    text: str
    footer: str = ""
    list_button: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    free_form: bool = True
    late_error: str | None = None
    media_id: str | None = None
    filename: str = ""


def render(account: Account, request: JsonObject) -> Rendered:
    """Check the request and render it. Raises ApiError."""
    kind = _required(request, "type")
    if not (request.get("to") or request.get("recipient")):
        raise missing("to")
    if kind == "template":
        return _template(account, _object(request, "template"))
    if kind == "text":
        body = _bounded(_object(request, "text"), "body", TEXT_LIMIT, "text.body")
        return Rendered(type="text", text=body)
    if kind == "interactive":
        return _interactive(_object(request, "interactive"))
    if kind in MEDIA_TYPES:
        return _media(account, kind, _object(request, kind))
    if kind in {"location", "contacts", "reaction"}:
        own = object_at(request, kind) or {}
        return Rendered(type=kind, text=_optional(own, "emoji") or _optional(own, "name") or f"[{kind}]")
    raise invalid("type", "Parameter 'type' is not a message type.")


def _media(account: Account, kind: str, own: JsonObject) -> Rendered:
    if bool(own.get("id")) == bool(own.get("link")):
        raise invalid(kind, "Exactly one of 'id' and 'link' is required.")
    media_id, caption = _optional(own, "id"), _limited(_optional(own, "caption"), CAPTION_LIMIT, f"{kind}.caption")
    if caption and kind == "audio":
        raise invalid("audio.caption", "An audio has no caption.")
    if not media_id:
        return Rendered(type=kind, text=caption or _optional(own, "filename") or f"[{kind}]")
    if media_id not in account.media:
        raise invalid(f"{kind}.id", "No such media.")
    wrong = kind_of(account.media[media_id].mime_type) != kind
    late = "131053" if wrong and kind != "sticker" else None
    return Rendered(type=kind, text=caption, media_id=media_id, filename=_optional(own, "filename"), late_error=late)


def _interactive(own: JsonObject) -> Rendered:
    kind = _required(own, "type", "interactive.type")
    text = _bounded(_object(own, "body"), "text", INTERACTIVE_BODY_LIMIT, "interactive.body.text")
    footer = _limited(_optional(object_at(own, "footer") or {}, "text"), FOOTER_LIMIT, "interactive.footer.text")
    action = _object(own, "action")
    if kind == "button":
        return Rendered(type="interactive", text=text, footer=footer, choices=_buttons(action))
    if kind == "list":
        button = _bounded(action, "button", BUTTON_TITLE_LIMIT, "interactive.action.button")
        return Rendered(type="interactive", text=text, footer=footer, list_button=button, choices=_rows(action))
    return Rendered(type="interactive", text=text, footer=footer)


def _buttons(action: JsonObject) -> tuple[tuple[str, str, str], ...]:
    buttons = objects_at(action, "buttons")
    target = "interactive.action.buttons"
    if not 0 < len(buttons) <= BUTTON_COUNT:
        raise invalid(target, f"One to {BUTTON_COUNT} buttons are allowed.", too_long=True)
    replies = [object_at(button, "reply") or {} for button in buttons]
    return tuple(
        (
            _bounded(reply, "id", BUTTON_ID_LIMIT, f"{target}.reply.id"),
            _bounded(reply, "title", BUTTON_TITLE_LIMIT, f"{target}.reply.title"),
            "",
        )
        for reply in replies
    )


def _rows(action: JsonObject) -> tuple[tuple[str, str, str], ...]:
    target = "interactive.action.sections"
    sections = objects_at(action, "sections")
    rows = [row for section in sections for row in objects_at(section, "rows")]
    if not 0 < len(sections) <= SECTION_COUNT or not 0 < len(rows) <= ROW_COUNT:
        raise invalid(target, f"One to {ROW_COUNT} rows are allowed.", too_long=True)
    return tuple(
        (
            _bounded(row, "id", ROW_ID_LIMIT, f"{target}.rows.id"),
            _bounded(row, "title", ROW_TITLE_LIMIT, f"{target}.rows.title"),
            _limited(_optional(row, "description"), ROW_DESCRIPTION_LIMIT, f"{target}.rows.description"),
        )
        for row in rows
    )


def _template(account: Account, own: JsonObject) -> Rendered:
    name = _required(own, "name", "template.name")
    language = _required(_object(own, "language"), "code", "template.language.code")
    found = [known for known in account.templates if known.name == name and known.language == language]
    if not found or found[0].status != "APPROVED":
        raise ApiError(403, "WHATSAPP_TEMPLATE_UNAVAILABLE", "Template unavailable.")
    template, header, body = found[0], _values(own, "header"), _values(own, "body")
    shown = [_filled(template.header, header), _filled(template.body, body)]
    return Rendered(
        type="template",
        text="\n\n".join(part for part in shown if part),
        footer=template.footer,
        choices=tuple((title, title, "") for title in template.buttons),
        free_form=False,
        late_error=_values_error(template.header, header) or _values_error(template.body, body),
    )


def _values(own: JsonObject, part: str) -> list[tuple[str, str]]:
    """The values of a part with their names; a value without one has its number."""
    parameters = [
        parameter
        for component in objects_at(own, "components")
        if component.get("type") == part
        for parameter in objects_at(component, "parameters")
    ]
    return [
        (_optional(parameter, "parameter_name") or str(number), _optional(parameter, "text"))
        for number, parameter in enumerate(parameters, 1)
    ]


def _values_error(text: str, values: list[tuple[str, str]]) -> str | None:
    if set(_VARIABLE.findall(text)) != {name for name, _ in values}:
        return "132000"
    bad = any(not value.strip() or re.search(r"[\n\t]| {5,}", value) for _, value in values)
    return "132018" if bad else None


def _filled(text: str, values: list[tuple[str, str]]) -> str:
    named = dict(values)
    return _VARIABLE.sub(lambda found: named.get(found.group(1), found.group(0)), text)


def _object(parent: JsonObject, key: str) -> JsonObject:
    found = object_at(parent, key)
    if found is None:
        raise missing(key)
    return found


def _required(parent: JsonObject, key: str, target: str | None = None) -> str:
    value = parent.get(key)
    if not isinstance(value, str) or not value:
        raise missing(target or key)
    return value


def _optional(parent: JsonObject, key: str) -> str:
    value = parent.get(key)
    return value if isinstance(value, str) else ""


def _bounded(parent: JsonObject, key: str, limit: int, target: str) -> str:
    return _limited(_required(parent, key, target), limit, target)


def _limited(value: str, limit: int, target: str) -> str:
    if len(value) > limit:
        raise invalid(target, f"Parameter '{target}' has at most {limit} characters.", too_long=True)
    return value
