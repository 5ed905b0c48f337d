"""What the chain is made of (ADR 0009): keyed digests of an event, of its personal payload, and the link's own. Pure.

All are HMAC-SHA256 under a key that the database never sees. The payload (address, detail) has a digest of its own,
which the event's digest covers: so it can be emptied and the chain still be checked. Without key and salt, which goes
with the payload, that digest tells nothing about what was erased.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from core.config import MisconfiguredError
from core.keyring import KeyringError, NamedKey, parse_keys

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.json_types import JsonObject
    from core.secret import Secret

SHORTEST_KEY: Final = 32
GENESIS: Final = bytes(32)
VERSION: Final = 1

_encode: Final = msgspec.json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Event:
    """A row of `system_events` without its tenant. `detail` is None once the payload was erased."""

    id: int
    occurred_at: datetime
    action: str
    severity: str
    user_id: int | None
    subject: str | None
    request_id: str | None
    address: str | None
    detail: JsonObject | None
    salt: UUID | None


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link of a tenant's chain."""

    seq: int
    mac: bytes


NO_LINK: Final = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Link:
    """A row of `system_event_links`: the event at place `seq` of its tenant's chain."""

    seq: int
    event_id: int
    kid: str
    payload_digest: bytes
    digest: bytes
    mac: bytes


@dataclass(frozen=True, slots=True)
class AuditKeys:
    """`keys[0]` makes links, all of them check."""

    keys: tuple[NamedKey, ...]

    @classmethod
    def from_text(cls, text: Secret) -> AuditKeys:
        """Read NEXUS_AUDIT_KEYS (`kid:base64[,…]`). Raises MisconfiguredError for none, a wrong or a short one."""
        try:
            return cls(parse_keys(text, minimum=SHORTEST_KEY))
        except KeyringError as error:
            raise MisconfiguredError(f"NEXUS_AUDIT_KEYS: {error}.") from error

    def material(self, kid: str) -> bytes | None:
        """The key of that name, None where the keyring does not hold it."""
        return next((key.material for key in self.keys if key.kid == kid), None)

    def link(self, tenant_id: int, event: Event, before: Head) -> Link:
        """The link of an event that follows `before`."""
        active = self.keys[0]
        seq = before.seq + 1
        payload = payload_digest(active.material, tenant_id, event)
        digest = event_digest(active.material, tenant_id, seq, event, payload)
        return Link(seq, event.id, active.kid, payload, digest, link_mac(active.material, before.mac, digest))


def payload_digest(key: bytes, tenant_id: int, event: Event) -> bytes:
    """Of what erasure may empty."""
    salt = event.salt.hex if event.salt else None
    return _keyed(key, _encode(("payload", VERSION, tenant_id, event.id, salt, event.address, event.detail)))


def event_digest(key: bytes, tenant_id: int, seq: int, event: Event, payload: bytes) -> bytes:
    """Of what stays, at its place in the chain."""
    what = (event.occurred_at.isoformat(), event.action, event.severity, event.user_id, event.subject, event.request_id)
    return _keyed(key, _encode(("event", VERSION, tenant_id, seq, event.id, what, payload)))


def link_mac(key: bytes, before: bytes, digest: bytes) -> bytes:
    """Ties an event's digest to the link before it."""
    return _keyed(key, b"link\0" + before + digest)


def _keyed(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, hashlib.sha256)
