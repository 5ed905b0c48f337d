"""Times as people read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def in_zone(moment: datetime, zone: str) -> str:
    """ISO 8601 with the offset of the zone at that moment."""
    return moment.astimezone(ZoneInfo(zone)).isoformat()
