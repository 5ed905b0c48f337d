"""What finding free times costs the processor: 20 sellers, 14 days, 200 events in each one's Google calendar.

From the bytes of Google's answers to the free slots, by the functions that serve a customer; nothing is sent or stored.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from core.google.outcomes import Events
from core.google.reading import event_of, read_page
from orchestrator_service.agenda.availability import free_slots
from orchestrator_service.agenda.availability_facts import AvailabilityRules, SellerCalendar
from orchestrator_service.agenda.calendars import Calendars
from orchestrator_service.agenda.live import Live
from orchestrator_service.agenda.working_hours import default_working_hours
from orchestrator_service.google_calendar.live_calendars import seen_as

SELLERS: Final = 20
DAYS: Final = 14
EVENTS: Final = 200
MOST_MILLISECONDS: Final = 50.0
_ZONE: Final = ZoneInfo("America/Argentina/Buenos_Aires")
_NOW: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_RULES: Final = AvailabilityRules(
    granularity_minutes=30,
    duration_minutes=30,
    buffer_before_minutes=5,
    buffer_after_minutes=10,
    minimum_notice_minutes=120,
    max_meetings_per_day=8,
    horizon_days=60,
)


def calendars() -> tuple[bytes, ...]:
    """Google's answer for each seller, the same ones every time."""
    chance = Random(7)  # noqa: S311 - no secret
    return tuple(_page(chance) for _ in range(SELLERS))


def measure_availability(rounds: int) -> float:
    """The median processor time, in milliseconds, from Google's answers to everybody's free slots."""
    answers = calendars()
    return statistics.median(milliseconds(lambda: find(read(answers))) for _ in range(rounds))


def milliseconds(work: Callable[[], object]) -> float:
    """The processor's time for it."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def read(answers: tuple[bytes, ...]) -> list[Events]:
    """The events in Google's answers."""
    pages = [read_page(answer) for answer in answers]
    return [Events(tuple(event_of(item, page.time_zone) for item in page.items), page.time_zone) for page in pages]


def find(heard: list[Events]) -> int:
    """How many slots are free."""
    hours = default_working_hours()
    sellers = tuple(
        SellerCalendar(seller_id=number, zone=_ZONE, working_hours=hours) for number in range(1, len(heard) + 1)
    )
    live = Live({one.seller_id: seen_as(one.seller_id, told, ()) for one, told in zip(sellers, heard, strict=True)})
    seen = live.over(Calendars(sellers, ()), ())
    return sum(len(free_slots(_RULES, one, _NOW, _NOW + timedelta(days=DAYS), _NOW)) for one in seen.readable)


def _page(chance: Random) -> bytes:
    items: list[dict[str, object]] = []
    for number in range(EVENTS):
        start = _NOW + timedelta(minutes=15 * chance.randrange(DAYS * 24 * 4))
        end = start + timedelta(minutes=chance.choice((15, 30, 60)))
        items.append(
            {
                "kind": "calendar#event",
                "id": f"event{number:05}",
                "status": "confirmed",
                "etag": f'"{number}"',
                "summary": "Una reunión",
                "updated": "2026-11-20T10:00:00.000Z",
                "start": {"dateTime": start.isoformat(), "timeZone": _ZONE.key},
                "end": {"dateTime": end.isoformat(), "timeZone": _ZONE.key},
                "eventType": "default",
            }
        )
    return msgspec.json.encode({"kind": "calendar#events", "timeZone": _ZONE.key, "items": items})
