"""Webhook bodies as YCloud writes them (contracts README §1.2, §1.3, §1.5, §1.6)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from nexus.simulator.state import new_id, new_wamid, region_of, stamp

if TYPE_CHECKING:
    from core.whatsapp import JsonObject
    from nexus.simulator.rendering import Rendered
    from nexus.simulator.state import Account, Conversation

ERRORS: Final = {
    "131047": "Re-engagement message",
    "131026": "Message undeliverable",
    "131053": "Media upload error",
    "132000": "Number of parameters does not match the expected number of params",
    "132018": "Param text is not valid",
    "RECIPIENT_UNSUBSCRIBED": "Recipient unsubscribed.",
}


def envelope(kind: str, payload: JsonObject) -> JsonObject:
    """The envelope with a new event id."""
    return {"id": new_id("evt"), "type": kind, "apiVersion": "v2", "createTime": stamp(datetime.now(UTC)), **payload}


def inbound(
    account: Account, talk: Conversation, own: JsonObject, *, quoted: str | None, hide_phone: bool
) -> JsonObject:
    """`whatsapp.inbound_message.received`; `own` is the message's `type` with its own object."""
    message: JsonObject = {
        "id": new_id(),
        "wamid": new_wamid(),
        "wabaId": account.waba_id,
        "fromUserId": talk.user_id,
        "customerProfile": {"name": talk.name},
        "to": account.business_number,
        "sendTime": stamp(datetime.now(UTC)),
        **own,
    }
    if hide_phone:
        message["customerProfile"] = {"name": talk.name, "username": f"sim.{talk.user_id[-6:]}"}
    else:
        message["from"] = talk.phone
    if quoted:
        message["context"] = {"from": account.business_number.removeprefix("+"), "id": quoted}
    return envelope("whatsapp.inbound_message.received", {"whatsappInboundMessage": message})


def accepted(account: Account, talk: Conversation, request: JsonObject, rendered: Rendered) -> JsonObject:
    """The `WhatsappMessage` that a send is answered with."""
    now = stamp(datetime.now(UTC))
    copied = {
        key: request[key]
        for key in ("to", "recipient", "type", request.get("type"), "context", "externalId")
        if isinstance(key, str) and request.get(key) is not None
    }
    return {
        "id": new_id(),
        "wamid": new_wamid(),
        "wabaId": account.waba_id,
        "from": account.business_number,
        "recipientUserId": talk.user_id,
        "status": "accepted",
        "createTime": now,
        "updateTime": now,
        "bizType": "whatsapp",
        "regionCode": region_of(talk.phone),
        "totalPrice": 0.0,
        "currency": "USD",
        "pricingCategory": "service" if rendered.free_form else "utility",
        **copied,
    }


def status(message: JsonObject, word: str, error: str | None = None) -> JsonObject:
    """`whatsapp.message.updated`; changes the message as it goes through its life."""
    now = stamp(datetime.now(UTC))
    message |= {"status": word, "updateTime": now}
    timed = {"sent": "sendTime", "delivered": "deliverTime", "read": "readTime"}.get(word)
    if timed:
        message.setdefault(timed, now)
    if error:
        said = ERRORS.get(error, "Message failed")
        message |= {"errorCode": error, "errorMessage": said}
        if error.isdigit():
            message["whatsappApiError"] = {"code": error, "message": said}
    return envelope("whatsapp.message.updated", {"whatsappMessage": dict(message)})


def echo(account: Account, talk: Conversation, text: str) -> JsonObject:
    """`whatsapp.smb.message.echoes`: a person of the business typed on the phone."""
    now = stamp(datetime.now(UTC))
    message: JsonObject = {
        "id": new_id(),
        "wamid": new_wamid(),
        "wabaId": account.waba_id,
        "from": account.business_number,
        "to": talk.phone,
        "toUserId": talk.user_id,
        "type": "text",
        "text": {"body": text},
        "status": "sent",
        "createTime": now,
        "sendTime": now,
    }
    return envelope("whatsapp.smb.message.echoes", {"whatsappMessage": message})
