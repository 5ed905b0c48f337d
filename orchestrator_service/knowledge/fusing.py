"""Several rankings of the same things as one (reciprocal rank fusion, Cormack et al. 2009). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

RANK_CONSTANT: Final = 60


def fused(*rankings: Sequence[int]) -> list[int]:
    """Ids in the order of the sum of `1 / (60 + rank)` over the rankings that hold them; ties by the first ranking."""
    worth: dict[int, float] = {}
    for ranking in rankings:
        for rank, each in enumerate(ranking, start=1):
            worth[each] = worth.get(each, 0.0) + 1 / (RANK_CONSTANT + rank)
    return sorted(worth, key=lambda each: -worth[each])
