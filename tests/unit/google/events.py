"""Two instants and an event's JSON, for the tests beside."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from core.google.reading import Item, read_item

NOW = datetime(2026, 11, 24, 13, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def item(**fields: object) -> Item:
    """An event as Google writes it: id and times, and what else is given."""
    times = {"start": {"dateTime": NOW.isoformat()}, "end": {"dateTime": LATER.isoformat()}}
    return read_item(json.dumps({"id": "ev1", **times, **fields}).encode())
