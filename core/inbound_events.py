"""From a provider's webhook to events, and from a stored event back to its reading, whoever the provider is.

Nothing above this file knows how many events a delivery holds, or whose words they are in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.meta import parse as meta
from core.ycloud import parse as ycloud

if TYPE_CHECKING:
    from datetime import datetime

    from core.whatsapp import Event, ProviderName


@dataclass(frozen=True, slots=True)
class Delivered:
    """One event, the bytes under which it is stored, and the digest that tells a repetition from another content."""

    event: Event
    body: bytes
    body_hash: bytes


def read_delivery(provider: ProviderName, raw: bytes, *, received_at: datetime) -> tuple[Delivered, ...]:
    """Every event of one webhook body, at least one, in the provider's order. Never raises."""
    if provider == "meta":
        parts = meta.parse_delivery(raw, received_at=received_at)
        return tuple(Delivered(part.event, part.body, part.digest) for part in parts)
    event = ycloud.parse(raw, received_at=received_at)
    return (Delivered(event, raw, hashlib.sha256(raw).digest()),)


def read_stored(provider: ProviderName, body: bytes, *, received_at: datetime | None = None) -> Event:
    """The event that was stored as these bytes. Never raises."""
    if provider == "meta":
        return meta.parse_stored(body, received_at=received_at)
    return ycloud.parse(body, received_at=received_at)
