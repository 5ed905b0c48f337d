"""One webhook body to one `Event` (contracts README §1.2 to §1.6).

Never raises: the signature was right, so whatever arrives is stored, if only as `Unsupported`, and answered with 200.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from core.whatsapp import (
    ConsentChange,
    Echo,
    Event,
    HistoryItem,
    JsonObject,
    NumberEvent,
    OtherEvent,
    Payload,
    StatusUpdate,
    TemplateEvent,
    Unsupported,
)
from core.wire import UnreadableBodyError, object_at, objects_at, read_object
from core.ycloud.messages import parse_echo, parse_inbound
from core.ycloud.models import EventBody, MessageBody, NumberBody, PreferenceBody, TemplateBody, UnsubscribeBody

if TYPE_CHECKING:
    from datetime import datetime

ECHO_TYPES: Final = frozenset({"whatsapp.smb.message.echoes", "whatsapp.smb.message.created"})
MESSAGE_TYPES: Final = ECHO_TYPES | {"whatsapp.inbound_message.received", "whatsapp.message.updated"}
NUMBER_PREFIXES: Final = ("whatsapp.phone_number.", "whatsapp.business_account.")
KNOWN_PREFIXES: Final = (
    "whatsapp.user.",
    "whatsapp.group.",
    "whatsapp.call.",
    "whatsapp.flow.",
    "whatsapp.payment.",
    "contact.",
    "email.",
    "sms.",
    "voice.",
)
_ENVELOPE: Final = frozenset({"id", "type", "apiVersion", "createTime"})


def parse(raw: bytes, *, received_at: datetime | None = None) -> Event:
    """Read one delivery. `received_at` stands in for a time that the provider left out.

    The event's id is YCloud's; where it is missing or unusable, it is `sha256:` and the digest of the body, so that
    the same bytes are still recognised when they come again.
    """
    derived = f"sha256:{hashlib.sha256(raw).hexdigest()}"
    try:
        content = read_object(raw)
    except UnreadableBodyError as error:
        return Event(id=derived, type="unreadable", created_at=None, payload=Unsupported(reason=str(error)))
    body = EventBody.model_validate(content)
    kind = body.type or "missing"
    payload = _payload(kind, body, content, body.create_time or received_at)
    return Event(id=body.id or derived, type=kind, created_at=body.create_time, payload=payload)


def _payload(kind: str, body: EventBody, content: JsonObject, fallback: datetime | None) -> Payload:
    if kind == "whatsapp.smb.history":
        return _history(body, content, fallback)
    if kind.startswith(NUMBER_PREFIXES):
        return _number(kind, content)
    if kind not in MESSAGE_TYPES and not kind.startswith("whatsapp.template."):
        return _consent(kind, content) or _other(kind, content)
    return _of_object(kind, content, fallback) or Unsupported("its object, id or time is missing", content)


def _of_object(kind: str, content: JsonObject, fallback: datetime | None) -> Payload | None:
    if kind == "whatsapp.inbound_message.received":
        return parse_inbound(object_at(content, "whatsappInboundMessage"), fallback)
    if kind == "whatsapp.message.updated":
        return parse_status(object_at(content, "whatsappMessage"), fallback)
    if kind in ECHO_TYPES:
        return parse_echo(object_at(content, "whatsappMessage"), fallback)
    return _template(object_at(content, "whatsappTemplate"))


def parse_status(content: JsonObject | None, fallback: datetime | None) -> StatusUpdate | None:
    """The status inside a `whatsappMessage`; None without an object, an id or any time."""
    if content is None:
        return None
    body = MessageBody.model_validate(content)
    provider_id = body.id or body.wamid
    occurred_at = body.update_time or _time_of_status(body) or body.create_time or fallback
    if provider_id is None or occurred_at is None:
        return None
    api_error = body.api_error
    return StatusUpdate(
        provider_id=provider_id,
        wamid=body.wamid,
        external_id=body.external_id,
        status=body.status or "unknown",
        error_code=(api_error.code if api_error else None) or body.error_code,
        error_message=body.error_message or (api_error.message if api_error else None),
        occurred_at=occurred_at,
        business_number=body.from_phone,
        waba_id=body.waba_id,
    )


def _time_of_status(body: MessageBody) -> datetime | None:
    times = {"sent": body.send_time, "delivered": body.deliver_time, "read": body.read_time}
    return times.get(body.status or "")


def _history(body: EventBody, content: JsonObject, fallback: datetime | None) -> HistoryItem:
    message = parse_inbound(object_at(content, "whatsappInboundMessage"), fallback)
    echo: Echo | None = None if message else parse_echo(object_at(content, "whatsappMessage"), fallback)
    return HistoryItem(phase=body.phase, progress=body.progress, message=message or echo)


def _template(content: JsonObject | None) -> TemplateEvent | None:
    body = TemplateBody.model_validate(content or {})
    if content is None or body.name is None:
        return None
    return TemplateEvent(
        waba_id=body.waba_id,
        name=body.name,
        language=body.language,
        status=body.status,
        category=body.category,
        previous_category=body.previous_category,
        reason=body.reason,
        components=objects_at(content, "components"),
    )


def _consent(kind: str, content: JsonObject) -> ConsentChange | None:
    if kind == "whatsapp.user.preferences":
        return _preference(object_at(content, "whatsappUserPreference"))
    keys = {
        "contact.unsubscribe.created": "contactUnsubscribeCreated",
        "contact.unsubscribe.deleted": "contactUnsubscribeDeleted",
    }
    changed = object_at(content, keys[kind]) if kind in keys else None
    if changed is None:
        return None
    return ConsentChange(
        phone=UnsubscribeBody.model_validate(changed).phone,
        allowed=kind == "contact.unsubscribe.deleted",
        marketing_only=False,
        business_number=None,
        waba_id=None,
    )


def _preference(content: JsonObject | None) -> ConsentChange | None:
    body = PreferenceBody.model_validate(content or {})
    if body.value not in {"stop", "resume"}:
        return None
    return ConsentChange(
        phone=body.phone,
        allowed=body.value == "resume",
        marketing_only=body.category == "marketing_messages",
        business_number=body.business_number,
        waba_id=body.waba_id,
    )


def _number(kind: str, content: JsonObject) -> NumberEvent:
    body = NumberBody.model_validate(_subject(content))
    told = body.quality_event or body.decision or body.update_event or body.ban_state or body.review_status
    return NumberEvent(
        business_number=body.phone_number,
        waba_id=body.waba_id,
        quality=body.quality,
        name=body.verified_name,
        limit=body.limit,
        status="DELETED" if kind.endswith(".deleted") else told or body.name_status or body.status,
        reason=body.reason,
        content=content,
    )


def _subject(content: JsonObject) -> JsonObject:
    """The event's own object, whatever its name."""
    subjects = [value for key, value in content.items() if key not in _ENVELOPE and isinstance(value, dict)]
    return subjects[0] if subjects else {}


def _other(kind: str, content: JsonObject) -> OtherEvent | Unsupported:
    if not kind.startswith(KNOWN_PREFIXES):
        return Unsupported("unknown event type", content)
    subject = NumberBody.model_validate(_subject(content))
    return OtherEvent(business_number=subject.phone_number, waba_id=subject.waba_id, content=content)
