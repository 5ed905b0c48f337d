"""What a message of each WhatsApp type says, the same at every provider: they all pass Meta's objects on (README §1.3).

What a reader would read, what was tapped, which file came along. A type never seen keeps its own object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.whatsapp import JsonObject, Media, NumberChange, Referral
from core.wire import object_at, objects_at
from core.wire_fields import Body, Id, Text

if TYPE_CHECKING:
    from collections.abc import Callable

MEDIA_TYPES: Final = frozenset({"image", "video", "audio", "document", "sticker"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a type's own object says, whatever the type."""

    text: str | None = None
    reply_id: str | None = None
    quoted_wamid: str | None = None
    media: Media | None = None
    number_change: NumberChange | None = None


class MediaBody(Body):
    """`image`, `video`, `audio`, `document`, `sticker`."""

    id: Id = None
    link: Text = None
    mime_type: Text = None
    sha256: Text = None
    caption: Text = None
    filename: Text = None


class ReferralBody(Body):
    """Click-to-WhatsApp advertisement or post."""

    source_type: Text = None
    source_id: Id = None
    source_url: Text = None
    headline: Text = None
    body: Text = None
    ctwa_clid: Text = None
    media_type: Text = None
    image_url: Text = None
    video_url: Text = None
    thumbnail_url: Text = None


def own_object(kind: str, content: JsonObject) -> JsonObject:
    """The type's own object; a list (contacts, errors) and what goes beside it are kept under their names."""
    if kind == "unsupported":
        return {key: content[key] for key in ("errors", "unsupported") if key in content}
    own = content.get(kind)
    if isinstance(own, dict):
        return own
    return {} if own is None else {kind: own}


def read_content(kind: str, content: JsonObject) -> Reading:
    """What a message of this type says; nothing for a type that we have never seen."""
    reader = _READERS.get(kind)
    return reader(own_object(kind, content)) if reader else Reading()


def read_referral(content: JsonObject | None) -> Referral | None:
    """The advertisement or post under `referral`; None where there is none."""
    if content is None:
        return None
    body = ReferralBody.model_validate(content)
    return Referral(
        body.source_type,
        body.source_id,
        body.source_url,
        body.headline,
        body.body,
        body.ctwa_clid,
        body.media_type,
        body.image_url or body.thumbnail_url or body.video_url,
    )


def _read_reaction(own: JsonObject) -> Reading:
    return Reading(text=_text(own, "emoji"), quoted_wamid=_text(own, "message_id"))


def _read_system(own: JsonObject) -> Reading:
    new_phone = _text(own, "new_wa_id") or _text(own, "wa_id")  # the second since version 12 of Meta's webhooks
    change = NumberChange(new_phone, _text(own, "previous_user_id"))
    changed = change.new_phone is not None or change.previous_user_id is not None
    return Reading(text=_text(own, "body"), number_change=change if changed else None)


def _read_media(own: JsonObject) -> Reading:
    body = MediaBody.model_validate(own)
    media = Media(body.id, body.link, body.mime_type, body.sha256, body.caption, body.filename)
    return Reading(text=body.caption, media=media if body.id or body.link else None)


def _read_interactive(own: JsonObject) -> Reading:
    reply = own.get(_text(own, "type") or "")
    if not isinstance(reply, dict):
        return Reading()
    said = _text(reply, "title") or _text(reply, "body") or _text(reply, "response")
    return Reading(text=said, reply_id=_text(reply, "id"))


def _read_contacts(own: JsonObject) -> Reading:
    names = [object_at(contact, "name") for contact in objects_at(own, "contacts")]
    return Reading(text=_joined(*(_text(name, "formatted_name") for name in names if name)))


def _text(own: JsonObject, key: str) -> str | None:
    value = own.get(key)
    return value if isinstance(value, str) and value else None


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part) or None


_READERS: Final[dict[str, Callable[[JsonObject], Reading]]] = {
    **dict.fromkeys(MEDIA_TYPES, _read_media),
    "text": lambda own: Reading(text=_text(own, "body")),
    "button": lambda own: Reading(text=_text(own, "text"), reply_id=_text(own, "payload")),
    "interactive": _read_interactive,
    "reaction": _read_reaction,
    "location": lambda own: Reading(text=_joined(_text(own, "name"), _text(own, "address"))),
    "order": lambda own: Reading(text=_text(own, "text")),
    "contacts": _read_contacts,
    "system": _read_system,
}
