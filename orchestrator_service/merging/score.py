"""How surely two leads are one person, from why they were found. Pure.

Each reason alone is a chance that they are; together they leave the chance that none of them holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Reason: TypeAlias = Literal["whatsapp", "phone", "email", "name_company", "username", "name"]

CHANCES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "whatsapp": 0.98,  # WhatsApp has shown both addresses in one message
        "phone": 0.95,  # one writes from the number that the other has
        "email": 0.85,
        "name_company": 0.7,
        "username": 0.6,
        "name": 0.4,  # namesakes are many: never enough alone
    }
)
LEAST: Final = 50


def score_of(reasons: Iterable[str]) -> int:
    """0 to 100; a pair below `LEAST` is not shown."""
    counted = set(reasons)
    if "name_company" in counted:
        counted.discard("name")
    doubt = 1.0
    for reason in counted:
        doubt *= 1 - CHANCES.get(reason, 0)
    return round(100 * (1 - doubt))
