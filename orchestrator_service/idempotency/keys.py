"""Which routes take an `Idempotency-Key`, and what a key and its request are known by. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
CREATED: Final = 201
# Routes that create and do not take a key: nothing of their answers, or of the work between, may be kept that way.
_SHOWN_ONCE: Final = "its answer shows a secret once, which is kept nowhere"
NO_KEY: Final[Mapping[str, str]] = {
    "/admin/core/api-keys": _SHOWN_ONCE,
    "/admin/core/channels": _SHOWN_ONCE,
    "/admin/core/invitations": _SHOWN_ONCE,
    "/admin/core/lead-sources": _SHOWN_ONCE,
    "/admin/core/webhooks": _SHOWN_ONCE,
    "/auth/totp": _SHOWN_ONCE,
    "/agenda/events": "asks Google between its transactions; a time is given once, a repetition is `slot_taken`",
    "/chat/conversations/{conversation_id}/attachments": "stores the file in between; keeps the key itself",
    "/agent/knowledge/files": "stores the file in between; a file is known once, else `already_known`",
}
_KEY: Final = re.compile(r"[\x20-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a key counts: one person's, on one route. `key_hash` hides what clients put into keys."""

    tenant_id: int
    user_id: int
    route: str
    key_hash: bytes

    @property
    def lock(self) -> int:
        """The number of its advisory lock: 64 bits, so that two keys meet about never, and then only wait."""
        told = f"{self.tenant_id} {self.user_id} {self.route} ".encode() + self.key_hash
        return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), signed=True)


def takes_key(method: str, status: int | None, path: str) -> bool:
    """Whether a route does: every one that creates (`POST`, 201), but those that `NO_KEY` gives a reason for."""
    return method == "POST" and status == CREATED and path not in NO_KEY


def is_key(text: str) -> bool:
    """Whether that can be a key."""
    return _KEY.fullmatch(text) is not None


def hashed(key: str) -> bytes:
    """A key as it is stored."""
    return hashlib.sha256(key.encode("latin-1")).digest()
