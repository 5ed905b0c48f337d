"""What was searched for in messages, and where it stands in what was found. Pure; folds as `search_text` does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from orchestrator_service.leads.searching import fold

MOST_WORDS: Final = 8
AROUND: Final = 60  # characters of context on each side of the first hit
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a snippet; `hit`: it was searched for."""

    text: str
    hit: bool


def wanted_words(text: str) -> tuple[str, ...]:
    """The words of a search, folded, each once; none where it has only marks."""
    return tuple(dict.fromkeys(_WORD.findall(fold(text))))[:MOST_WORDS]


def as_query(*alternatives: tuple[str, ...]) -> str:
    """One of each alternatives, as the beginning of a word, in PostgreSQL's language of searches."""
    return " & ".join("(" + " | ".join(f"'{word}':*" for word in words) + ")" for words in alternatives)


def snippet(text: str, words: tuple[str, ...]) -> tuple[Part, ...] | None:
    """The text around the first word that begins like a wanted one, all such words marked; None where none does."""
    spans = [found.span() for found in _WORD.finditer(text) if fold(found[0]).startswith(words)]
    if not spans:
        return None
    marked = [(start, min(end, start + _longest(text[start:end], words))) for start, end in spans]
    begin, end = max(0, marked[0][0] - AROUND), min(len(text), marked[0][1] + 2 * AROUND)
    parts: list[Part] = [Part("…", hit=False)] if begin else []
    at = begin
    for first, last in marked:
        if first >= end:
            break
        parts += [Part(text[at:first], hit=False), Part(text[first:last], hit=True)]
        at = last
    parts += [Part(text[at:end], hit=False)]
    if end < len(text):
        parts.append(Part("…", hit=False))
    return tuple(part for part in parts if part.text)


def beginning(text: str) -> tuple[Part, ...]:
    """The first words of a text in which nothing stands out."""
    cut = text[: 3 * AROUND]
    return (Part(cut + ("…" if len(text) > len(cut) else ""), hit=False),)


def _longest(word: str, words: tuple[str, ...]) -> int:
    """How many letters of a word the longest wanted beginning covers; folding may have taken some away."""
    covered = max(len(each) for each in words if fold(word).startswith(each))
    return next((size for size in range(1, len(word) + 1) if len(fold(word[:size])) >= covered), len(word))
