"""Recovery codes: ten, each good once, for whoever has no phone at hand (PRODUCT §5.3). Pure.

Sixteen characters of Crockford's base32 are 80 random bits: a plain hash of them cannot be searched, so the table holds
SHA-256, bound to company and account.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from core.secret import Secret

HOW_MANY: Final = 10
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_LETTERS: Final = 16
_GROUP: Final = 4
_MISREAD: Final = str.maketrans("oil", "011", " -\t\n\r")


def new_recovery_codes() -> list[Secret]:
    """Fresh ones, written `xxxx-xxxx-xxxx-xxxx`."""
    return [Secret(_written([secrets.choice(_ALPHABET) for _ in range(_LETTERS)])) for _ in range(HOW_MANY)]


def code_hash(tenant_id: int, user_id: int, code: Secret) -> bytes:
    """The 32 bytes that are stored. Case, spaces and dashes do not matter, nor o for 0 and i or l for 1."""
    plain = code.reveal().casefold().translate(_MISREAD)
    return hashlib.sha256(f"nexus recovery code\0{int(tenant_id)}\0{int(user_id)}\0{plain}".encode()).digest()


def _written(letters: list[str]) -> str:
    return "-".join("".join(letters[start : start + _GROUP]) for start in range(0, _LETTERS, _GROUP))
