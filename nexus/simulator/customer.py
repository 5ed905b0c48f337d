"""What a customer can write at any provider: text, a tapped choice, a picture, a voice note, a document, a place."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from nexus.simulator import files, placeholders
from nexus.simulator.errors import invalid
from nexus.simulator.state import new_id

if TYPE_CHECKING:
    from core.whatsapp import JsonObject
    from nexus.simulator.state import Account


class Written(BaseModel):
    """`text` is the body, caption, title or, of a voice note, what was said; `reply_id` the tapped choice.

    `ad` is the headline of an advertisement that was clicked: the message tells of it.

    `data` is a file in base64; without it a small picture, page or silent voice note stands for one.
    """

    type: Literal[
        "text", "button", "button_reply", "list_reply", "image", "audio", "document", "location", "reaction"
    ] = "text"
    text: str = ""
    reply_id: str = ""
    description: str = ""
    data: str | None = None
    mime_type: str | None = None
    filename: str = "documento.pdf"
    ad: str | None = None


def own_object(account: Account, written: Written) -> tuple[JsonObject, str]:
    """The message's `type` with its own object and what brought its writer, and what the phone shows of it."""
    own, shown = _own_object(account, written)
    return (own, shown) if written.ad is None else ({**own, "referral": _referral(written.ad)}, shown)


def _referral(headline: str) -> JsonObject:
    return {
        "source_type": "ad",
        "source_id": "120210000000000",
        "source_url": "https://fb.me/simulated",
        "headline": headline,
        "body": headline,
        "media_type": "image",
        "image_url": "https://scontent.example/simulated.jpg",
        "ctwa_clid": new_id(),
    }


def _own_object(account: Account, written: Written) -> tuple[JsonObject, str]:
    match written.type:
        case "text":
            return {"type": "text", "text": {"body": written.text}}, written.text
        case "button":
            return {"type": "button", "button": {"payload": written.reply_id, "text": written.text}}, written.text
        case "button_reply" | "list_reply":
            reply: JsonObject = {"id": written.reply_id, "title": written.text}
            if written.type == "list_reply" and written.description:
                reply["description"] = written.description
            return {"type": "interactive", "interactive": {"type": written.type, written.type: reply}}, written.text
        case "location":
            place: JsonObject = {"latitude": -34.6037, "longitude": -58.3816, "name": written.text or "Obelisco"}
            return {"type": "location", "location": place}, str(place["name"])
        case "reaction":
            return {
                "type": "reaction",
                "reaction": {"message_id": written.reply_id, "emoji": written.text},
            }, written.text
        case "image" | "audio" | "document":
            return _file(account, written)


def _file(account: Account, written: Written) -> tuple[JsonObject, str]:
    audio = written.type == "audio"
    content, usual = _usual(written)
    mime_type = written.mime_type or usual
    if written.data is not None:
        try:
            content = base64.b64decode(written.data, validate=True)
        except binascii.Error:
            raise invalid("data", "data is base64") from None
    media_id = files.store(account, content, mime_type, files.KEPT_OF_CUSTOMERS[account.provider])
    own = account.dialect.file(media_id, account.media[media_id])
    if written.text and not audio:
        own["caption"] = written.text
    if written.type == "document":
        own["filename"] = written.filename
    shown = "0:03" if audio else written.text or (written.filename if written.type == "document" else "")
    return {"type": written.type, written.type: own}, shown


def _usual(written: Written) -> tuple[bytes, str]:
    """The file that stands for what nobody picked, and its type."""
    if written.type == "audio":
        return placeholders.voice_note(written.text), placeholders.AUDIO_TYPE
    if written.type == "document":
        return placeholders.document(), placeholders.DOCUMENT_TYPE
    return placeholders.picture(), placeholders.IMAGE_TYPE
