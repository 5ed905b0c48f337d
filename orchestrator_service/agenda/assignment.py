"""Who gets a meeting when nobody was asked for and the lead has no owner (PRODUCT §11.7). Pure.

The seller is chosen for each time among those who are free then: a time that only one has is theirs, whatever the rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.folding import fold

Assignment: TypeAlias = Literal["least_busy", "round_robin", "skill"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one seller stands among the others.

    `turns` is the cursor of round robin, `pending` the conversations that were offered their times and may yet book
    one, `minutes_ahead` what they have booked from now on.
    """

    turns: int = 0
    pending: int = 0
    minutes_ahead: int = 0
    skills: tuple[str, ...] = ()

    @property
    def place(self) -> int:
        """How far in the queue, once what is on offer is booked."""
        return self.turns + self.pending


def order(rule: Assignment, standings: Mapping[int, Standing]) -> dict[int, int]:
    """A number for each seller: of those free at a time, the least one gets it (the lowest id of equals).

    Round robin counts the offers that may yet be booked, so that conversations at once do not all get the same seller.
    Whoever was away comes back at most one turn behind the furthest: absence saves up no meetings.
    """
    if rule != "round_robin":
        return {seller: one.minutes_ahead for seller, one in standings.items()}
    return {seller: max(one.place, _floor(standings)) for seller, one in standings.items()}


def caught_up(standings: Mapping[int, Standing], given: Collection[int]) -> dict[int, int]:
    """The cursors to move, by seller, before these get a turn: those of whoever was away, up to one behind the rest."""
    floor = _floor(standings)
    behind = {seller: floor - one.pending for seller, one in standings.items() if one.place < floor}
    return {seller: turns for seller, turns in sorted(behind.items()) if seller in given}


def needed_skills(need: str | None, skills: Iterable[str]) -> frozenset[str]:
    """Those of the sellers' skills that the lead's need names, as whole words, whatever accents and case."""
    text = fold(need or "")
    return frozenset(skill for skill in skills if _names(text, skill))


def skilled(needed: frozenset[str], standings: Mapping[int, Standing]) -> frozenset[int]:
    """The sellers who have the most of the needed skills; none where nobody has any."""
    folded = {fold(skill) for skill in needed}
    has = {seller: len(folded & {fold(skill) for skill in one.skills}) for seller, one in standings.items()}
    most = max(has.values(), default=0)
    return frozenset(seller for seller, count in has.items() if most and count == most)


def _floor(standings: Mapping[int, Standing]) -> int:
    return max((one.place for one in standings.values()), default=0) - 1


def _names(text: str, skill: str) -> bool:
    words = fold(skill).strip()
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
