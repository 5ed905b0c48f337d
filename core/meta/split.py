"""One delivery of Meta's into its parts: each message, status or other item in a body of its own (README §2).

A part has the delivery's own shape with one entry, one change and one item, so that reading a stored part yields that
one event again, whatever it travelled with. A retry may group items otherwise; the parts stay the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.phone import match_key
from core.wire import object_at, objects_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.whatsapp import Json, JsonObject

LIST_KEYS: Final = ("messages", "statuses", "message_echoes", "user_preferences", "user_id_update")
MOST_PARTS: Final = 10_000


def split(delivery: JsonObject) -> list[JsonObject]:
    """The parts of a delivery, in its order; the delivery itself where it has none, or too many to be true."""
    parts: list[JsonObject] = []
    for part in _parts(delivery):
        if len(parts) == MOST_PARTS:
            return [delivery]
        parts.append(part)
    return parts or [delivery]


def _parts(delivery: JsonObject) -> Iterator[JsonObject]:
    for entry in objects_at(delivery, "entry"):
        for change in objects_at(entry, "changes"):
            for value in _values(object_at(change, "value") or {}):
                alone: JsonObject = {**entry, "changes": [{**change, "value": value}]}
                yield {**delivery, "entry": [alone]}


def _values(value: JsonObject) -> Iterator[JsonObject]:
    """The value once for each item; as it is where it lists nothing."""
    listed = [key for key in (*LIST_KEYS, "history") if objects_at(value, key)]
    if not listed:
        yield value
        return
    around = {key: held for key, held in value.items() if key not in listed}
    for key in listed:
        for item in objects_at(value, key):
            for single in _chunks(item) if key == "history" else (item,):
                yield {**around, **_contact_beside(value, single), key: [single]}


def _chunks(chunk: JsonObject) -> Iterator[JsonObject]:
    """A chunk of history once for each of its messages; once without any where it only tells the progress."""
    found = False
    for thread in objects_at(chunk, "threads"):
        for message in objects_at(thread, "messages"):
            found = True
            yield {**chunk, "threads": [{**thread, "messages": [message]}]}
    if not found:
        yield chunk


def _contact_beside(value: JsonObject, item: JsonObject) -> JsonObject:
    """The contact whom an item is about, alone; all of them only where none is known to be it."""
    contacts = objects_at(value, "contacts")
    if "contacts" not in value:
        return {}
    phone, user_id = item.get("from"), item.get("from_user_id")
    for contact in contacts:
        if _same(phone, contact.get("wa_id")) or _same(user_id, contact.get("user_id")):
            return {"contacts": [contact]}
    if len(contacts) == 1 and _may_be(phone, contacts[0].get("wa_id")):
        return {"contacts": [contacts[0]]}
    return {"contacts": []}


def _same(told: Json, known: Json) -> bool:
    return isinstance(told, str) and bool(told) and told == known


def _may_be(phone: Json, wa_id: Json) -> bool:
    """Whether two writings are of one number, or the message has none: the only contact is then its sender."""
    if not isinstance(phone, str) or not phone:
        return True
    return isinstance(wa_id, str) and match_key(phone) == match_key(wa_id)
