"""Which shared calendar is whose (PRODUCT §11.4): by id, else by an exact, unique name; else a person says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.google.outcomes import CalendarEntry
from core.name_matching import Ambiguous, Matched, Named, match

How: TypeAlias = Literal["connected", "id", "name", "ambiguous", "none"]


@dataclass(frozen=True, slots=True)
class Matchable:
    """A seller, with what a calendar of theirs may be called by: an id of old, the account's address, the name."""

    seller_id: int
    name: str
    google_calendar_id: str | None
    email: str | None
    calendar_id: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whose a calendar is, or may be. `seller_ids` has one where it is sure, several where a person must choose."""

    entry: CalendarEntry
    how: How
    seller_ids: tuple[int, ...]


def propose(entries: Sequence[CalendarEntry], sellers: Sequence[Matchable]) -> list[Proposal]:
    """One for each calendar. A seller that two calendars claim by name is sure for neither. Pure."""
    taken = {one.calendar_id: one.seller_id for one in sellers if one.calendar_id}
    open_sellers = [one for one in sellers if one.calendar_id is None]
    found = [_propose(entry, taken, open_sellers) for entry in entries]
    claims = Counter(one.seller_ids[0] for one in found if one.how in {"id", "name"})
    return [
        Proposal(one.entry, "ambiguous", one.seller_ids)
        if one.how in {"id", "name"} and claims[one.seller_ids[0]] > 1
        else one
        for one in found
    ]


def _propose(entry: CalendarEntry, taken: dict[str, int], sellers: Sequence[Matchable]) -> Proposal:
    if entry.id in taken:
        return Proposal(entry, "connected", (taken[entry.id],))
    address = entry.id.casefold()
    by_id = tuple(
        one.seller_id
        for one in sellers
        if address in {(one.google_calendar_id or "").casefold(), (one.email or "").casefold()}
    )
    if by_id:
        return Proposal(entry, "id" if len(by_id) == 1 else "ambiguous", by_id)
    match match(entry.summary, [Named(one.seller_id, one.name) for one in sellers]):
        case Matched(seller_id):
            return Proposal(entry, "name", (seller_id,))
        case Ambiguous(ids):
            return Proposal(entry, "ambiguous", ids)
        case _:
            return Proposal(entry, "none", ())
