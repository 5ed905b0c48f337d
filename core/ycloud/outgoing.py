"""Our messages in YCloud's words (contracts ycloud.api.examples.json, `send_requests`). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.whatsapp import OutgoingButtons, OutgoingList, OutgoingText

if TYPE_CHECKING:
    from core.whatsapp import JsonObject, ListRow, Outgoing, OutgoingTemplate, Recipient


def send_request(business_number: str, recipient: Recipient, message: Outgoing, external_id: str) -> JsonObject:
    """The body of a send. The phone wins where both addresses are known; exactly one of the two is sent."""
    body: JsonObject = {"from": business_number, "externalId": external_id, **_content(message)}
    if recipient.to:
        body["to"] = recipient.to
    else:
        body["recipient"] = recipient.user_id
    return body


def _content(message: Outgoing) -> JsonObject:
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
