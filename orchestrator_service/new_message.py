"""A message as `append_chat_message` takes it, and as the web app is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from core.json_types import JsonObject

LARGEST_CONTENT: Final = 4000
_TOLD: Final = (
    "conversation_id", "direction", "author", "author_user_id", "type", "body", "status", "error_code", "reply_id",
    "turn_id",
)  # fmt: skip
Direction: TypeAlias = Literal["in", "out", "note"]
Author: TypeAlias = Literal["customer", "agent", "person", "system"]


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One message as it enters the conversation.

    `origin_key` says where it came from (`inbox:12`, `turn:7:reply:0`) and is unique per tenant: appending it again
    stores nothing. `content` keeps the type's own object. `at` is when it was accepted or written.
    """

    conversation_id: int
    direction: Direction
    author: Author
    body: str
    origin_key: str
    status: Literal["received", "imported", "queued", "sent", "refused"]
    type: str = "text"
    content: JsonObject = field(default_factory=dict[str, object])  # pyright: ignore[reportAssignmentType] - an empty object is JSON
    reply_id: str | None = None
    wamid: str | None = None
    turn_id: int | None = None
    author_user_id: int | None = None
    error_code: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Appended:
    """The stored message; `new` is False where its origin had been appended before."""

    id: int
    new: bool


def as_event(message_id: int, message: NewMessage) -> JsonObject:
    """The message as the web app shows it; a `content` that is too large for an event is left out (the API has it)."""
    payload: JsonObject = {"id": message_id, **{name: getattr(message, name) for name in _TOLD}}
    if message.at is not None:
        payload = {**payload, "created_at": message.at.isoformat()}
    if len(msgspec.json.encode(message.content)) <= LARGEST_CONTENT:
        payload = {**payload, "content": message.content}
    return payload
