"""Which status a message shows, from its delivery and all that the provider has told. Pure; never goes back.

Statuses come unordered and repeated, and `delivered` may follow `failed` (contracts README §0.5): what arrived has
arrived, a failure outweighs being sent, and anything told outweighs our own uncertainty.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_PROGRESS: Final = {"sent": 1, "delivered": 2, "read": 3, "played": 3}
_SHOWN: Final = {1: "sent", 2: "delivered", 3: "read"}
_ARRIVED: Final = 2


def project_status(delivery_state: str, history: Iterable[str]) -> str:
    """One of queued, sent, delivered, read, failed, unknown, refused."""
    told = list(history)
    furthest = max((_PROGRESS.get(status, 0) for status in told), default=0)
    if furthest >= _ARRIVED:
        return _SHOWN[furthest]
    if "failed" in told:
        return "failed"
    if furthest:
        return _SHOWN[furthest]
    return "queued" if delivery_state == "sending" else delivery_state
