"""What we send, in WhatsApp's own words, the same at every provider (README §1.4). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.whatsapp import OutgoingButtons, OutgoingList, OutgoingText

if TYPE_CHECKING:
    from core.whatsapp import JsonObject, ListRow, Outgoing, OutgoingTemplate


def content_of(message: Outgoing) -> JsonObject:
    """`type` and the object of that type."""
    match message:
        case OutgoingText():
            return {"type": "text", "text": {"body": message.body, "preview_url": message.preview_url}}
        case OutgoingButtons():
            return {"type": "interactive", "interactive": _buttons(message)}
        case OutgoingList():
            return {"type": "interactive", "interactive": _list(message)}
        case _:
            return {"type": "template", "template": _template(message)}


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
    if message.body_parameters:
        template["components"] = [
            {"type": "body", "parameters": [{"type": "text", "text": value} for value in message.body_parameters]}
        ]
    return template
