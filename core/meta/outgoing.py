"""Our messages in Meta's words (contracts meta_whatsapp.json, `send`). Pure.

The objects of each type are WhatsApp's own and the same at YCloud; what differs is the envelope around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.outgoing_content import content_of

if TYPE_CHECKING:
    from core.whatsapp import JsonObject, Outgoing, Recipient


def send_request(recipient: Recipient, message: Outgoing, external_id: str) -> JsonObject:
    """The body of a send. The phone wins where both addresses are known; exactly one of the two is sent."""
    body: JsonObject = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": external_id,
        **content_of(message),
    }
    if recipient.to:
        body["to"] = recipient.to
    else:
        body["recipient"] = recipient.user_id
    return body


def read_request(message_id: str, *, typing: bool) -> JsonObject:
    """Read ticks for an inbound message, with the typing indicator where asked."""
    body: JsonObject = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    if typing:
        body["typing_indicator"] = {"type": "text"}
    return body
