"""Inbound messages and echoes: what a reader would read, what was tapped, which file came along (README §1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.whatsapp import Echo, InboundMessage, JsonObject, Media, NumberChange, Recipient, Referral, Sender
from core.ycloud.models import InboundBody, MediaBody, MessageBody, ProfileBody, ReferralBody
from core.ycloud.wire import object_at, objects_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MEDIA_TYPES: Final = frozenset({"image", "video", "audio", "document", "sticker"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a type's own object says, whatever the type."""

    text: str | None = None
    reply_id: str | None = None
    quoted_wamid: str | None = None
    media: Media | None = None
    number_change: NumberChange | None = None


def parse_inbound(content: JsonObject | None, fallback: datetime | None) -> InboundMessage | None:
    """The message of a `whatsappInboundMessage`; None without an object, an id or any time."""
    if content is None:
        return None
    body = InboundBody.model_validate(content)
    provider_id, sent_at = body.id or body.wamid, body.send_time or fallback
    if provider_id is None or sent_at is None:
        return None
    kind = body.type or "unknown"
    profile = body.profile or ProfileBody()
    reading = _read(kind, content)
    return InboundMessage(
        provider_id=provider_id,
        wamid=body.wamid,
        type=kind,
        text=reading.text,
        reply_id=reading.reply_id,
        quoted_wamid=reading.quoted_wamid or (body.context.id if body.context else None),
        sender=Sender(
            phone=body.from_phone,
            user_id=body.from_user_id,
            parent_user_id=body.from_parent_user_id,
            username=profile.username,
            name=profile.name,
        ),
        business_number=body.to,
        waba_id=body.waba_id,
        sent_at=sent_at,
        media=reading.media,
        referral=_referral(body.referral),
        number_change=reading.number_change,
        content=_own_object(kind, content),
    )


def parse_echo(content: JsonObject | None, fallback: datetime | None) -> Echo | None:
    """A `whatsappMessage` that a person of the business wrote; None without an object, an id or any time."""
    if content is None:
        return None
    body = MessageBody.model_validate(content)
    provider_id, sent_at = body.id or body.wamid, body.send_time or body.create_time or fallback
    if provider_id is None or sent_at is None:
        return None
    kind = body.type or "unknown"
    reading = _read(kind, content)
    user_id = body.to_user_id or body.recipient_user_id or body.recipient
    return Echo(
        provider_id=provider_id,
        wamid=body.wamid,
        type=kind,
        text=reading.text,
        quoted_wamid=reading.quoted_wamid or (body.context.message_id or body.context.id if body.context else None),
        recipient=Recipient(to=body.to, user_id=user_id) if body.to or user_id else None,
        business_number=body.from_phone,
        waba_id=body.waba_id,
        sent_at=sent_at,
        media=reading.media,
        content=_own_object(kind, content),
    )


def _own_object(kind: str, content: JsonObject) -> JsonObject:
    """The type's own object; a list (contacts, errors) and what goes beside it are kept under their names."""
    if kind == "unsupported":
        return {key: content[key] for key in ("errors", "unsupported") if key in content}
    own = content.get(kind)
    if isinstance(own, dict):
        return own
    return {} if own is None else {kind: own}


def _read(kind: str, content: JsonObject) -> _Reading:
    reader = _READERS.get(kind)
    return reader(_own_object(kind, content)) if reader else _Reading()


def _read_reaction(own: JsonObject) -> _Reading:
    return _Reading(text=_text(own, "emoji"), quoted_wamid=_text(own, "message_id"))


def _read_system(own: JsonObject) -> _Reading:
    change = NumberChange(_text(own, "new_wa_id"), _text(own, "previous_user_id"))
    changed = change.new_phone is not None or change.previous_user_id is not None
    return _Reading(text=_text(own, "body"), number_change=change if changed else None)


def _read_media(own: JsonObject) -> _Reading:
    body = MediaBody.model_validate(own)
    media = Media(body.id, body.link, body.mime_type, body.sha256, body.caption, body.filename)
    return _Reading(text=body.caption, media=media if body.id or body.link else None)


def _read_interactive(own: JsonObject) -> _Reading:
    reply = own.get(_text(own, "type") or "")
    if not isinstance(reply, dict):
        return _Reading()
    said = _text(reply, "title") or _text(reply, "body") or _text(reply, "response")
    return _Reading(text=said, reply_id=_text(reply, "id"))


def _read_contacts(own: JsonObject) -> _Reading:
    names = [object_at(contact, "name") for contact in objects_at(own, "contacts")]
    return _Reading(text=_joined(*(_text(name, "formatted_name") for name in names if name)))


def _referral(body: ReferralBody | None) -> Referral | None:
    if body is None:
        return None
    return Referral(body.source_type, body.source_id, body.source_url, body.headline, body.body, body.ctwa_clid)


def _text(own: JsonObject, key: str) -> str | None:
    value = own.get(key)
    return value if isinstance(value, str) and value else None


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part) or None


_READERS: Final[dict[str, Callable[[JsonObject], _Reading]]] = {
    **dict.fromkeys(MEDIA_TYPES, _read_media),
    "text": lambda own: _Reading(text=_text(own, "body")),
    "button": lambda own: _Reading(text=_text(own, "text"), reply_id=_text(own, "payload")),
    "interactive": _read_interactive,
    "reaction": _read_reaction,
    "location": lambda own: _Reading(text=_joined(_text(own, "name"), _text(own, "address"))),
    "order": lambda own: _Reading(text=_text(own, "text")),
    "contacts": _read_contacts,
    "system": _read_system,
}
