"""What a qualification may rest on: quotes that the customer really said, and a score that fits its interest.

Pure. A judgement is a model's, so it is held against the conversation before it is kept: a quote that nobody said is
dropped, an interest that no quote supports counts as warm at most, and a score outside its interest's band is moved to
the band's edge. The bands overlap, since models score more or less strictly; what they shut out is a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from core.folding import MAX_LINE, fold
from orchestrator_service.leads.models import Interest, Qualification

BANDS: Final[dict[Interest, tuple[int, int]]] = {
    "hot": (50, 100),
    "warm": (25, 85),
    "cold": (0, 50),
    "not_interested": (0, 25),
}
# Without a true quote nobody is called: the notice of a hot lead begins above this.
UNSUPPORTED_SCORE: Final = 70
_NOT_A_WORD: Final = re.compile(r"[\W_]+")
_LEFT_OUT: Final = re.compile(r"\.{3,}|\u2026|\[\.*\]|\(\.{2,}\)")
_SHORTEST: Final = 2

Correction = Literal["quotes_dropped", "interest_lowered", "score_moved"]


@dataclass(frozen=True, slots=True)
class Judged:
    """The qualification as it may be kept, what was corrected, and which quotes (counted from 1) nobody said."""

    qualification: Qualification
    corrections: tuple[Correction, ...]
    untrue: tuple[int, ...]


def judge(qualification: Qualification, said: Sequence[str]) -> Judged:
    """Hold a qualification against what the customer `said` in the conversation, oldest first."""
    words = _plain("\n".join(line[:MAX_LINE] for line in said))
    true = [_occurs(quote, words) for quote in qualification.evidence]
    kept = tuple(quote for quote, is_true in zip(qualification.evidence, true, strict=True) if is_true)
    interest, score = qualification.interest, qualification.score
    corrections: list[Correction] = []
    if not all(true):
        corrections.append("quotes_dropped")
    if interest in {"hot", "warm"} and not kept and (interest == "hot" or score > UNSUPPORTED_SCORE):
        interest, score = "warm", min(score, UNSUPPORTED_SCORE)
        corrections.append("interest_lowered")
    low, high = BANDS[interest]
    if not low <= score <= high:
        score = min(max(score, low), high)
        corrections.append("score_moved")
    corrected = qualification.model_copy(update={"interest": interest, "score": score, "evidence": kept})
    return Judged(corrected, tuple(corrections), tuple(place for place, is_true in enumerate(true, 1) if not is_true))


def _occurs(quote: str, words: str) -> bool:
    """Whether the quote's words stand in what was said, in order; it may leave something out and end inside a word."""
    place = 0
    parts = [part for part in (_plain(piece) for piece in _LEFT_OUT.split(quote)) if part.strip()]
    for part in parts:
        found = words.find(part.rstrip(), place)
        if found < 0:
            return False
        place = found + len(part.rstrip())
    return sum(len(part.strip()) for part in parts) >= _SHORTEST


def _plain(text: str) -> str:
    """Folded words with one space before each: punctuation, emojis and accents make no difference."""
    folded = "".join(fold(text[start : start + MAX_LINE]) for start in range(0, len(text), MAX_LINE))
    return f" {_NOT_A_WORD.sub(' ', folded).strip()} "
