"""What the customer and a teammate write, as YCloud tells of it. Ids follow from the place in the scenario. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec

from core.json_types import Json, JsonObject
from nexus.evaluation.world import ACCOUNT, NUMBER
from orchestrator_service.evaluation.scenario import LeadPart, Message

_IMAGE: JsonObject = {"id": "900000000000005", "mime_type": "image/jpeg"}
_VOICE: JsonObject = {"id": "900000000000006", "mime_type": "audio/ogg; codecs=opus"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One event of the provider. `words` are what its file says or shows, None where it has none."""

    event_id: str
    wamid: str
    body: bytes
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Tapped:
    """The choice that a tap chose."""

    id: str
    title: str


def from_customer(lead: LeadPart, message: Message, *, number: int, at: datetime, tapped: Tapped | None) -> Letter:
    """One inbound message; `tapped` is the choice where the message is a tap."""
    own, words = _own(message, tapped)
    profile: JsonObject = {"name": lead.name} if lead.name else {}
    wamid = f"wamid.customer.{number}"
    told: JsonObject = {
        "id": f"in{number:06d}",
        "wamid": wamid,
        "wabaId": ACCOUNT,
        "from": lead.phone,
        "customerProfile": profile,
        "to": NUMBER,
        "sendTime": at.isoformat(),
        **own,
    }
    return _letter(f"evt_customer_{number:06d}", wamid, "whatsapp.inbound_message.received", at, told, words)


def from_teammate(lead: LeadPart, text: str, *, number: int, at: datetime) -> Letter:
    """What somebody of the company typed on the phone."""
    wamid = f"wamid.teammate.{number}"
    told: JsonObject = {
        "id": f"out{number:06d}",
        "wamid": wamid,
        "wabaId": ACCOUNT,
        "from": NUMBER,
        "to": lead.phone,
        "type": "text",
        "text": {"body": text},
        "status": "sent",
        "createTime": at.isoformat(),
        "sendTime": at.isoformat(),
    }
    return _letter(f"evt_teammate_{number:06d}", wamid, "whatsapp.smb.message.echoes", at, told, None)


def _letter(  # noqa: PLR0917 - two callers, which have just made them
    event_id: str, wamid: str, kind: str, at: datetime, told: JsonObject, words: str | None
) -> Letter:
    inbound = kind == "whatsapp.inbound_message.received"
    event: JsonObject = {
        "id": event_id,
        "type": kind,
        "apiVersion": "v2",
        "createTime": at.isoformat(),
        "whatsappInboundMessage" if inbound else "whatsappMessage": told,
    }
    return Letter(event_id, wamid, msgspec.json.encode(event), words)


def _own(message: Message, tapped: Tapped | None) -> tuple[JsonObject, str | None]:
    """The message's type with its own object, and the words of its file."""
    if tapped is not None:
        reply: Json = {"id": tapped.id, "title": tapped.title}
        return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": reply}}, None
    if message.voice is not None:
        return {"type": "audio", "audio": _VOICE}, message.voice
    if message.image is not None:
        caption: JsonObject = {"caption": message.caption} if message.caption else {}
        return {"type": "image", "image": {**_IMAGE, **caption}}, message.image
    return {"type": "text", "text": {"body": message.text or ""}}, None
