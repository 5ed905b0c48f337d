"""Which of many free times to offer: one seller for each time, spread over days and over the day. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from orchestrator_service.agenda.availability_facts import Slot
from orchestrator_service.agenda.zone_time import wall_clock

NOON: Final = 13  # the first hour of the afternoon, by the clock of whoever reads the offers


def one_seller_each(slots: Sequence[Slot], load: Mapping[int, int]) -> tuple[Slot, ...]:
    """One slot for each start, in order of time: the seller with the least `load`, then the lowest id."""
    best: dict[datetime, Slot] = {}
    for slot in slots:
        held = best.get(slot.start_utc)
        if held is None or _rank(slot, load) < _rank(held, load):
            best[slot.start_utc] = slot
    return tuple(best[start] for start in sorted(best))


def spread(slots: Sequence[Slot], zone: ZoneInfo, most: int) -> tuple[Slot, ...]:
    """At most `most` of the slots (ordered by time), in order of time.

    Each half of a day gives its first slot before any gives a second one; a half that gives several gives them evenly
    apart. So a week shows mornings and afternoons of its first days, and a single day is shown from end to end.
    """
    halves: dict[tuple[date, bool], list[Slot]] = {}
    for slot in slots:
        clock = wall_clock(zone, slot.start_utc)
        halves.setdefault((clock.date(), clock.hour >= NOON), []).append(slot)
    given = dict.fromkeys(halves, 0)
    left = min(most, len(slots))
    while left > 0:
        for half in [half for half in halves if given[half] < len(halves[half])][:left]:
            given[half] += 1
            left -= 1
    chosen = [
        own[step * len(own) // count] for half, own in halves.items() if (count := given[half]) for step in range(count)
    ]
    return tuple(sorted(chosen, key=lambda slot: slot.start_utc))


def _rank(slot: Slot, load: Mapping[int, int]) -> tuple[int, int]:
    return load.get(slot.seller_id, 0), slot.seller_id
