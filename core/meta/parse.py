"""One part of a delivery of Meta's to one `Event` (README §2); `split` makes the parts.

Never raises: the signature was right, so whatever arrives is stored, if only as `Unsupported`, and answered with 200.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.meta.messages import Around, parse_echo, parse_inbound, parse_status
from core.meta.models import ContactBody, MetadataBody
from core.meta.news import parse_consent, parse_identity, parse_number, parse_template
from core.meta.split import split
from core.whatsapp import Event, HistoryItem, JsonObject, OtherEvent, Payload, Unsupported
from core.wire import UnreadableBodyError, object_at, objects_at, read_object

if TYPE_CHECKING:
    from datetime import datetime

OBJECT: Final = "whatsapp_business_account"
LONGEST_EVENT_ID: Final = 256
KNOWN_FIELDS: Final = frozenset({
    "messages", "flows", "calls", "security", "account_alerts", "business_capability_update", "business_status_update",
    "message_template_components_update", "payment_configuration_update", "partner_solutions", "smb_app_state_sync",
    "group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update",
    "tracking_events", "history",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One event of a delivery, the bytes to store it as, and the digest that tells its content from another's.

    The digest is of the item alone: who travelled beside it may differ when Meta tries again.
    """

    event: Event
    body: bytes
    digest: bytes


def parse_delivery(raw: bytes, *, received_at: datetime | None = None) -> tuple[Part, ...]:
    """Read one delivery, which may hold many events. `received_at` stands in for a time that Meta left out."""
    digest = hashlib.sha256(raw).digest()
    try:
        delivery = read_object(raw)
    except UnreadableBodyError as error:
        event = Event(f"sha256:{digest.hex()}", "unreadable", None, Unsupported(reason=str(error)))
        return (Part(event, raw, digest),)
    return tuple(_part(single, received_at) for single in split(delivery))


def parse_stored(body: bytes, *, received_at: datetime | None = None) -> Event:
    """Read a part again, as `parse_delivery` gave it to be stored."""
    return parse_delivery(body, received_at=received_at)[0].event


def _part(single: JsonObject, received_at: datetime | None) -> Part:
    body = _canonical(single)
    entries = objects_at(single, "entry")
    changes = objects_at(entries[0], "changes") if len(entries) == 1 else ()
    whole = hashlib.sha256(body)
    if single.get("object", OBJECT) != OBJECT or len(changes) != 1:
        event = Event(f"sha256:{whole.hexdigest()}", "unreadable", None, Unsupported("no change of WhatsApp's", single))
        return Part(event, body, whole.digest())
    field, value = _text(changes[0], "field") or "missing", object_at(changes[0], "value") or {}
    around = _around(entries[0], value, received_at)
    key, item = _item(value)
    payload = _payload(field, key, value, item, around) or Unsupported("its id or time is missing", single)
    told = hashlib.sha256(_canonical({"field": field, "item": item})) if item is not None else whole
    ident = _ident(key, item) or f"sha256:{told.hexdigest()}"
    kind = key if field == "messages" and key else field
    event = Event(ident, kind[:LONGEST_EVENT_ID], None, payload, around.metadata.phone_number_id)
    return Part(event, body, told.digest())


def _around(entry: JsonObject, value: JsonObject, received_at: datetime | None) -> Around:
    contacts = objects_at(value, "contacts")
    return Around(
        metadata=MetadataBody.model_validate(object_at(value, "metadata") or {}),
        waba_id=_text(entry, "id"),
        contact=ContactBody.model_validate(contacts[0] if contacts else {}),
        fallback=received_at,
    )


def _item(value: JsonObject) -> tuple[str | None, JsonObject | None]:
    """The one item of a part, under its key; for history the chunk."""
    for key in _READERS:
        items = objects_at(value, key)
        if items:
            return key, items[0]
    return None, None


def _payload(field: str, key: str | None, value: JsonObject, item: JsonObject | None, around: Around) -> Payload | None:
    if key is not None and item is not None:
        return _READERS[key](item, around)
    news = parse_template(field, value, around) or parse_number(field, value, around)
    if news is not None:
        return news
    if field in KNOWN_FIELDS:
        return OtherEvent(business_number=around.number, waba_id=around.waba_id, content=value)
    return Unsupported("unknown field", value)


def _history(chunk: JsonObject, around: Around) -> HistoryItem:
    """Whose side a message of a thread is on shows in `from`: our own number or the person's."""
    about = object_at(chunk, "metadata") or {}
    phase, progress = _text(about, "phase"), _text(about, "progress")
    threads = objects_at(chunk, "threads")
    messages = objects_at(threads[0], "messages") if threads else ()
    if not messages:
        return HistoryItem(phase, progress, None)
    ours = bool(around.number) and _digits(_text(messages[0], "from")) == _digits(around.number)
    if ours:
        return HistoryItem(phase, progress, parse_echo(messages[0], around, to=_text(threads[0], "id")))
    return HistoryItem(phase, progress, parse_inbound(messages[0], around))


def _ident(key: str | None, item: JsonObject | None) -> str | None:
    """Meta names messages, not events: an event is known by what it tells (meta_whatsapp.json, `delivery.dedupe`)."""
    if key is None or item is None:
        return None
    if key == "history":
        threads = objects_at(item, "threads")
        messages = objects_at(threads[0], "messages") if threads else ()
        item = messages[0] if messages else {}
    wamid = _text(item, "id")
    if wamid is None or key not in _NAMED:
        return None
    moment = (_text(item, "status"), _text(item, "timestamp")) if key == "statuses" else ()
    ident = ":".join([*_NAMED[key], wamid, *(word or "" for word in moment)])
    return ident if len(ident) <= LONGEST_EVENT_ID else f"sha256:{hashlib.sha256(ident.encode()).hexdigest()}"


def _canonical(content: JsonObject) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text(content: JsonObject, key: str) -> str | None:
    value = content.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None


def _digits(number: str | None) -> str:
    return "".join(char for char in number or "" if char.isdecimal())


_READERS: Final = {
    "messages": parse_inbound,
    "statuses": parse_status,
    "message_echoes": parse_echo,
    "history": _history,
    "user_preferences": parse_consent,
    "user_id_update": parse_identity,
}
_NAMED: Final[dict[str, tuple[str, ...]]] = {
    "messages": (),
    "statuses": (),
    "message_echoes": ("echo",),
    "history": ("history",),
}
