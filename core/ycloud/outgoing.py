"""Our messages in YCloud's words (contracts ycloud.api.examples.json, `send_requests`). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.outgoing_content import content_of

if TYPE_CHECKING:
    from core.whatsapp import JsonObject, Outgoing, Recipient


def send_request(business_number: str, recipient: Recipient, message: Outgoing, external_id: str) -> JsonObject:
    """The body of a send. The phone wins where both addresses are known; exactly one of the two is sent."""
    body: JsonObject = {"from": business_number, "externalId": external_id, **content_of(message)}
    if recipient.to:
        body["to"] = recipient.to
    else:
        body["recipient"] = recipient.user_id
    return body
