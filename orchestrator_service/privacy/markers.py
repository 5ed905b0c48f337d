"""What finds a person in texts that name no record: their number, e-mail and whole name as written anywhere. Pure.

A first name alone finds nothing: it would empty what is said of everybody called so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.phone import canonical_e164, match_key

SHORTEST_NAME: Final = 6
SHORTEST_NUMBER: Final = 8
NATIONAL: Final = 10
ASCII: Final = 127
_PHONES: Final = frozenset({"phone", "match_key", "wa_raw", "e164"})
_HANDLES: Final = frozenset({"email", "user_id"})


@dataclass(frozen=True, slots=True)
class Known:
    """One way in which a person is known."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Markers:
    """`words` are looked for in lower case as they are, `numbers` among the digits alone."""

    words: list[str]
    numbers: list[str]


def markers_of(known: Iterable[Known]) -> Markers:
    """The markers of a person."""
    words: set[str] = set()
    numbers: set[str] = set()
    for one in known:
        value = one.value.strip().lower()
        if one.kind in _PHONES:
            numbers |= _numbers(one.value)
        elif (
            one.kind in _HANDLES
            or (one.kind == "username" and len(value) >= SHORTEST_NAME)
            or (one.kind == "name" and len(value) >= SHORTEST_NAME and len(value.split()) > 1)
        ):
            words |= _writings(value)
    return Markers(sorted(words), sorted(numbers))


def _numbers(raw: str) -> set[str]:
    """The digits as they stand, canonical, as a key, and without the country: other separators change none of them."""
    forms = {raw, canonical_e164(raw, whatsapp=True) or "", match_key(raw) or ""}
    digits = {re.sub(r"[^0-9]", "", form) for form in forms}
    return {one for form in digits if len(form) >= SHORTEST_NUMBER for one in (form, form[-NATIONAL:])}


def _writings(value: str) -> set[str]:
    """As it is, as JSON escapes it, and as the bytes of a webhook's body read."""
    escaped = json.dumps(value)[1:-1]
    read = "".join(chr(byte) if byte <= ASCII else f"\\{byte:03o}" for byte in value.encode())
    return {value, escaped, escaped.replace("\\", "\\\\"), read} - {""}
