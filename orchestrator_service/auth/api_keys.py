"""API keys as such (PRODUCT §15, ADR 0036): what one looks like, how it is kept, and where it is found. Pure.

A key is 256 random bits, so one round of SHA-256 hides it as well as any slow hash would; whoever reads the table
learns nothing that opens anything.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from core.directory import Entry
from core.secret import Secret

PREFIX: Final = "nxk_"
HINT_LENGTH: Final = 4
_BYTES: Final = 32
_SHAPE: Final = re.compile(r"nxk_[A-Za-z0-9_-]{43}")
MOST_PLACES: Final = 10_000


def new_key() -> Secret:
    """A key nobody has: the prefix by which scanners of leaked secrets know ours, and 43 characters."""
    return Secret(PREFIX + secrets.token_urlsafe(_BYTES))


def is_key(text: str) -> bool:
    """Whether a text can be a key at all; nothing is looked up for one that cannot."""
    return _SHAPE.fullmatch(text) is not None


def hash_of(key: Secret) -> bytes:
    """What is stored of a key: 32 bytes."""
    return hashlib.sha256(key.reveal().encode()).digest()


def hint_of(key: Secret) -> str:
    """The end of a key, by which people tell theirs apart."""
    return key.reveal()[-HINT_LENGTH:]


@dataclass(slots=True)
class KeyPlaces:
    """Whose a key is, remembered by this process: a pointer that never changes, as the tenant inside a session's token.

    Whether the key, its user and its company still count is read afresh each time. Only keys that exist are kept.
    """

    most: int = MOST_PLACES
    _places: OrderedDict[bytes, Entry] = field(default_factory=OrderedDict[bytes, Entry])

    def get(self, key_hash: bytes) -> Entry | None:
        """The place of a key that was found before."""
        found = self._places.get(key_hash)
        if found is not None:
            self._places.move_to_end(key_hash)
        return found

    def put(self, key_hash: bytes, entry: Entry) -> None:
        """Remember a place; the one unused for longest is forgotten."""
        self._places[key_hash] = entry
        if len(self._places) > self.most:
            self._places.popitem(last=False)
