"""An event as it goes out: its number, its rooms, and its payload with both number and time (PRODUCT §13)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from core.json_types import JsonObject
from orchestrator_service.realtime.repository import StoredEvent
from orchestrator_service.realtime.rooms import rooms_of_event


@dataclass(frozen=True, slots=True)
class Publication:
    """One event for one tenant's rooms. `payload` is the event's own with `seq` and `at` (ISO 8601, UTC) added."""

    tenant_id: int
    seq: int
    name: str
    payload: JsonObject
    rooms: tuple[str, ...]


Publish: TypeAlias = Callable[[Publication], Awaitable[None]]


def publication(tenant_id: int, event: StoredEvent) -> Publication:
    """What clients get of a stored event."""
    return Publication(
        tenant_id=tenant_id,
        seq=event.seq,
        name=event.name,
        payload={**event.payload, "seq": event.seq, "at": event.created_at.isoformat()},
        rooms=rooms_of_event(tenant_id, event.audience, event.owner_user_id),
    )
