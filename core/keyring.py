"""Named keys as operators write them: `kid:base64[,kid2:base64]`, the first one active.

The vault and the session tokens keep separate keyrings in this one notation, so that rotation is the same act for both:
put the new key in front, leave the old one behind it until nothing made with it is left.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from core.secret import Secret

KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")


class KeyringError(Exception):
    """A keyring that must not be used. The message names the entry's position or id, never key material."""


@dataclass(frozen=True, slots=True)
class NamedKey:
    """One key and the id that envelopes and tokens carry. The material does not print."""

    kid: str
    material: bytes = field(repr=False)


def parse_keys(text: Secret, *, minimum: int, maximum: int | None = None) -> tuple[NamedKey, ...]:
    """Read `kid:base64[,…]`; both base64 alphabets are accepted, padding may be missing.

    `minimum` and `maximum` are lengths of the decoded key in bytes, inclusive. Raises `KeyringError` for no key at all,
    an entry without an id, a repeated id, text that is not base64, and a key that is too short or too long.
    """
    entries = [entry.strip() for entry in text.reveal().split(",") if entry.strip()]
    if not entries:
        raise KeyringError("the keyring is empty")
    keys = tuple(_parse_entry(entry, position, minimum, maximum) for position, entry in enumerate(entries, start=1))
    if len({key.kid for key in keys}) != len(keys):
        raise KeyringError("two keys have the same id")
    return keys


def _parse_entry(entry: str, position: int, minimum: int, maximum: int | None) -> NamedKey:
    kid, colon, encoded = entry.partition(":")
    if not colon or not KEY_ID.fullmatch(kid):
        raise KeyringError(f"entry {position} is not of the form kid:base64")
    padded = encoded.strip().rstrip("=").replace("-", "+").replace("_", "/")
    padded += "=" * (-len(padded) % 4)
    try:
        material = base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError):
        raise KeyringError(f"key {kid!r} is not base64") from None
    if len(material) < minimum:
        raise KeyringError(f"key {kid!r} has {len(material)} bytes, {minimum} are needed")
    if maximum is not None and len(material) > maximum:
        raise KeyringError(f"key {kid!r} has {len(material)} bytes, at most {maximum} are allowed")
    return NamedKey(kid, material)
