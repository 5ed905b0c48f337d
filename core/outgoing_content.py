"""What we send, in WhatsApp's own words, the same at every provider (README §1.4). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.whatsapp import OutgoingButtons, OutgoingList, OutgoingText
from core.whatsapp_files import OutgoingFile

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject, ListRow, Outgoing, OutgoingTemplate
    from core.whatsapp_templates import ButtonKind, TemplateButton, TemplateHeader


def content_of(message: Outgoing) -> JsonObject:
    """`type` and the object of that type."""
    match message:
        case OutgoingText():
            return {"type": "text", "text": {"body": message.body, "preview_url": message.preview_url}}
        case OutgoingButtons():
            return {"type": "interactive", "interactive": _buttons(message)}
        case OutgoingList():
            return {"type": "interactive", "interactive": _list(message)}
        case OutgoingFile():
            return {"type": message.kind, message.kind: _file(message)}
        case _:
            return {"type": "template", "template": _template(message)}


def _file(message: OutgoingFile) -> JsonObject:
    written: JsonObject = {"id": message.media_id}
    if message.caption:
        written["caption"] = message.caption
    if message.filename and message.kind == "document":
        written["filename"] = message.filename
    return written


def _buttons(message: OutgoingButtons) -> JsonObject:
    interactive: JsonObject = {
        "type": "button",
        "body": {"text": message.body},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": button.id, "title": button.title}} for button in message.buttons
            ]
        },
    }
    if message.footer:
        interactive["footer"] = {"text": message.footer}
    return interactive


def _list(message: OutgoingList) -> JsonObject:
    return {
        "type": "list",
        "body": {"text": message.body},
        "action": {"button": message.button, "sections": [{"rows": [_row(row) for row in message.rows]}]},
    }


def _row(row: ListRow) -> JsonObject:
    written: JsonObject = {"id": row.id, "title": row.title}
    if row.description:
        written["description"] = row.description
    return written


def _template(message: OutgoingTemplate) -> JsonObject:
    template: JsonObject = {
        "name": message.name,
        "language": {"code": message.language, "policy": "deterministic"},
    }
    components = [*_header(message.header), *_body(message), *(_button(button) for button in message.buttons)]
    if components:
        template["components"] = components
    return template


def _header(header: TemplateHeader | None) -> list[Json]:
    if header is None:
        return []
    if header.kind == "text":
        return [{"type": "header", "parameters": [_text(header.value, header.name)]}]
    return [{"type": "header", "parameters": [{"type": header.kind, header.kind: {"link": header.value}}]}]


def _body(message: OutgoingTemplate) -> list[Json]:
    if not message.body_parameters:
        return []
    names = message.body_names or (None,) * len(message.body_parameters)
    values: list[Json] = [_text(value, name) for value, name in zip(message.body_parameters, names, strict=True)]
    return [{"type": "body", "parameters": values}]


def _text(value: str, name: str | None) -> JsonObject:
    """WhatsApp demands `parameter_name`, which YCloud's schema does not know, where a template names its variables."""
    written: JsonObject = {"type": "text", "text": value}
    if name:
        written["parameter_name"] = name
    return written


def _button(button: TemplateButton) -> Json:
    values: dict[ButtonKind, JsonObject] = {
        "url": {"type": "text", "text": button.value},
        "quick_reply": {"type": "payload", "payload": button.value},
        "copy_code": {"type": "coupon_code", "coupon_code": button.value},
    }
    return {"type": "button", "sub_type": button.kind, "index": button.index, "parameters": [values[button.kind]]}
