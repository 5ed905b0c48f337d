"""Days on which a seller does not work: public holidays, the company's own word on a day, the seller's own. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOff:
    """Days from `first_day` to `last_day`, both included, off or (`works`) worked although they would be off.

    `seller_id` None: the company's word on one day, which holds for every seller who says nothing else.
    """

    id: int
    seller_id: int | None
    first_day: date
    last_day: date
    works: bool
    note: str


def days_off(
    public: Collection[date], words: Sequence[DayOff], seller_id: int, first: date, last: date
) -> frozenset[date]:
    """The days from `first` to `last` on which the seller does not work.

    The seller's word beats the company's, which beats the calendar of public holidays; of two words of one seller the
    later one (`words` in the order in which they were given) holds.
    """
    off = {day for day in public if first <= day <= last}
    for owner in (None, seller_id):
        for word in words:
            if word.seller_id == owner:
                days = set(_days(max(first, word.first_day), min(last, word.last_day)))
                off = off - days if word.works else off | days
    return frozenset(off)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY
