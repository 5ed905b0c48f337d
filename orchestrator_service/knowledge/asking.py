"""What a question asks for: its words that mean something, each with those that mean the same. Pure.

The words of a question that every question has ("tienen", "quisiera", "do you") say nothing about what is asked. What
people ask a seller for they ask in many words, and in another language than the document's maybe: the few groups below
stand for each other, so that full text alone answers "how much is it" from a list of «Precios» too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from core.folding import fold
from orchestrator_service.knowledge.asking_words import SAME, SILENT

Language: TypeAlias = Literal["es", "en", "pt"]
MOST_GROUPS: Final = 12
SHORTEST: Final = 2
CLEAR_LEAD: Final = 2
_WORD: Final = re.compile(r"[a-z0-9]+(?:[.,]\d+)?")
LANGUAGES: Final[tuple[Language, ...]] = ("es", "en", "pt")
_SILENT: Final = {language: frozenset(SILENT[language].split()) for language in LANGUAGES}
_EVERY_SILENT: Final = frozenset(word for words in _SILENT.values() for word in words)


def _same_of() -> dict[str, str]:
    return {word: " ".join(dict.fromkeys(group.split())) for group in SAME.split(",") for word in group.split()}


_SAME_OF: Final = _same_of()
# Words that ask for a kind of answer without naming it: «¿dónde están?» asks for an address.
_ASKED_BY: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\b(?:cuanto (?:es|seria|me sale|dinero)|how much|quanto (?:e|fica|seria))\b"), "precio"),
    (re.compile(r"\b(?:donde|where|onde)\b.{0,25}\b(?:estan|queda|quedan|encuentran|ubica\w*|are you|is your|located|"
                r"ficam?|estao|voces)\b"), "direccion"),
    (re.compile(r"\b(?:que dias|a que hora|hasta que hora|what time|which days|que horas|ate que horas)\b"), "horario"),
)  # fmt: skip


def groups_of(question: str) -> tuple[str, ...]:
    """The question's words that mean something, in order, each the first of those that mean the same; none twice.

    Words are folded. At most `MOST_GROUPS`: a longer text is no question.
    """
    folded = fold(question)
    named = [word for pattern, word in _ASKED_BY if pattern.search(folded)]
    words = [*(word for word in _WORD.findall(folded) if len(word) >= SHORTEST and word not in _EVERY_SILENT), *named]
    groups: dict[str, str] = {}
    for word in words:
        same = _SAME_OF.get(word)
        groups.setdefault(same or word, f"{word} {same}" if same else word)
    return tuple(groups.values())[:MOST_GROUPS]


def asked_word(group: str) -> str:
    """The word of a group that was asked with."""
    return group.partition(" ")[0]


def language_of(texts: Iterable[str], usual: Language) -> Language:
    """The language of a document, by the words that every text has; `usual` where they do not tell."""
    words = _WORD.findall(" ".join(fold(text) for text in texts))
    scores = {language: sum(word in silent for word in words) for language, silent in _SILENT.items()}
    best = max(LANGUAGES, key=scores.__getitem__)
    second = max(score for language, score in scores.items() if language != best)
    return best if scores[best] - second >= CLEAR_LEAD else usual
