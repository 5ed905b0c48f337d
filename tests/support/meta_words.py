"""What YCloud tells, as Meta would tell it: the same tests then speak to both adapters (README §2, differences)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

NUMBER_ID: Final = "106540352242922"
WABA_ID: Final = "102290129340398"
KEPT: Final = ("context", "errors", "referral")
Json = dict[str, Any]


def webhook(
    value: Mapping[str, Any], *, waba_id: str = WABA_ID, number_id: str = NUMBER_ID, kind: str = "messages"
) -> bytes:
    """A delivery with one change about our number."""
    ours = {"display_phone_number": "5491130001000", "phone_number_id": number_id}
    change = {"field": kind, "value": {"messaging_product": "whatsapp", "metadata": ours, **value}}
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": waba_id, "changes": [change]}]}).encode()


def as_meta(event: Mapping[str, Any], *, number: str, number_id: str = NUMBER_ID) -> Json:
    """One delivery of Meta's with the one item that a YCloud event tells of; `number` where the event names none."""
    kind: str = event["type"]
    inbound, message = event.get("whatsappInboundMessage"), event.get("whatsappMessage")
    if kind == "whatsapp.smb.history":
        return _delivery("history", {"history": [_chunk(event)]}, inbound or message or {}, number, number_id)
    if inbound is not None:
        value = {"contacts": [_contact(inbound)], "messages": [_message(inbound)]}
        return _delivery("messages", value, inbound, str(inbound.get("to", number)), number_id)
    if kind == "whatsapp.message.updated" and message is not None:
        return _delivery("messages", {"statuses": [_status(message)]}, message, str(message["from"]), number_id)
    if message is not None:
        echo = {**_message(message), "to": _digits(message.get("to"))}
        return _delivery("smb_message_echoes", {"message_echoes": [echo]}, message, str(message["from"]), number_id)
    return _news(event, number, number_id)


def _news(event: Mapping[str, Any], number: str, number_id: str) -> Json:
    template, preference = event.get("whatsappTemplate"), event.get("whatsappUserPreference")
    if template is not None:
        moved = event["type"] == "whatsapp.template.category_updated"
        value = {
            "event": template.get("status"),
            "message_template_name": template["name"],
            "message_template_language": template["language"],
            "new_category": template.get("category"),
            "previous_category": template.get("previousCategory"),
            "reason": template.get("reason"),
        }
        field = "template_category_update" if moved else "message_template_status_update"
        return _delivery(field, value, template, None, None)
    if preference is not None:
        told = {
            "wa_id": _digits(preference["contactPhoneNumber"]),
            "category": preference["category"],
            "value": preference["value"],
            "timestamp": _seconds(event["createTime"]),
        }
        return _delivery("user_preferences", {"user_preferences": [told]}, preference, number, number_id)
    return _delivery("something_new", {"something": event.get("something", 1)}, {}, number, number_id)


def _delivery(field: str, value: Json, told: Mapping[str, Any], number: str | None, number_id: str | None) -> Json:
    about = (
        {} if number is None else {"metadata": {"display_phone_number": _digits(number), "phone_number_id": number_id}}
    )
    entry = {
        "id": told.get("wabaId", "102030405060708"),
        "changes": [{"field": field, "value": {"messaging_product": "whatsapp", **about, **value}}],
    }
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _contact(message: Mapping[str, Any]) -> Json:
    contact = {"profile": dict(message.get("customerProfile", {}))}
    ids = {"wa_id": _digits(message.get("from")), "user_id": message.get("fromUserId")}
    return contact | {key: value for key, value in ids.items() if value}


def _message(message: Mapping[str, Any]) -> Json:
    kind = message["type"]
    at = message.get("sendTime") or message.get("createTime")
    told = {
        "from": _digits(message.get("from")),
        "from_user_id": message.get("fromUserId"),
        "from_parent_user_id": message.get("fromParentUserId"),
        "to_user_id": message.get("toUserId"),
        "id": message.get("wamid"),
        "timestamp": _seconds(at) if at else None,
        "type": kind,
    }
    own = {key: message[key] for key in (kind, *KEPT) if key in message}
    return {key: value for key, value in told.items() if value} | own


def _status(message: Mapping[str, Any]) -> Json:
    told = {
        "id": message.get("wamid") or "wamid.OUT1",
        "status": message["status"],
        "timestamp": _seconds(message["updateTime"]),
        "recipient_id": _digits(message.get("to")),
        "biz_opaque_callback_data": message.get("externalId"),
    }
    status = {key: value for key, value in told.items() if value}
    error = message.get("whatsappApiError") or {"code": message.get("errorCode")}
    code = str(error["code"] or "")
    if code.isdigit():
        status["errors"] = [{"code": int(code), "title": message.get("errorMessage") or "Failed"}]
    return status


def _chunk(event: Mapping[str, Any]) -> Json:
    inbound, message = event.get("whatsappInboundMessage"), event.get("whatsappMessage")
    told = inbound or message
    chunk: Json = {"metadata": {"phase": event["phase"], "progress": event["progress"]}}
    if told is not None:
        person = told["from"] if inbound else told["to"]
        chunk["threads"] = [{"id": _digits(person), "messages": [_message(told)]}]
    return chunk


def _digits(number: str | None) -> str | None:
    return number.removeprefix("+") if number else None


def _seconds(moment: str) -> str:
    return str(int(datetime.fromisoformat(moment).timestamp()))
