"""The screen that every untrusted text passes before a model sees it (PRODUCT §10).

Pure and linear in the length of the text. It is one layer of several: the gates that hold when it is deceived are in
code (PRODUCT §9.3). Marks, the canary and the check of the model's output live in `core.prompt_output`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from core.prompt_classifier import certainty, known_words
from core.prompt_normalise import (
    HIDDEN,
    INSIDE,
    MENDED,
    RUN_TOGETHER,
    Reading,
    is_broken,
    is_covered,
    readings,
    revealed,
    tells_words,
)
from core.prompt_output import Leak, check_output, new_canary, new_mark, wrap_untrusted
from core.prompt_patterns import RULES, SHAPES, Rule
from core.prompt_words import CLASSES

__all__ = [
    "BurstVerdict",
    "Leak",
    "Verdict",
    "check_output",
    "inspect",
    "inspect_burst",
    "inspect_long",
    "new_canary",
    "new_mark",
    "worst",
    "wrap_untrusted",
]

Action = Literal["allow", "caution", "block"]

LONGEST = 4096  # the longest message of WhatsApp
_OVERLAP = 512

_BLOCK_AT = 0.8
_CAUTION_AT = 0.45
_OBFUSCATION = 0.6
_REVEALED = 2
_SHOWN = 0.3  # less than this is not held against the disguise that it was found in
_FAINT = 0.15  # less than this is not worth a reason
_SEVERITY: dict[Action, int] = {"allow": 0, "caution": 1, "block": 2}
_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a text; `score` runs from 0 (harmless) to 1, `reasons` are stable English labels, sorted."""

    action: Action
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BurstVerdict:
    """The verdict of each message in order, of the messages joined, and the worst of all, which rules the turn."""

    messages: tuple[Verdict, ...]
    joined: Verdict
    overall: Verdict


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    regex: re.Pattern[str]


def inspect(text: str) -> Verdict:
    """The verdict on one text: its signals weighed as independent evidence, over every reading of it.

    A signal that only a disguised reading shows weighs more: nobody spells a question in base64 by accident.
    Its time is bounded: what is longer than LONGEST is read up to there and is never allowed. For a document there is
    `inspect_long`.
    """
    weights = _weights(text[:LONGEST])
    if len(text) > LONGEST:
        weights["too long"] = _CAUTION_AT
    return _verdict(weights)


def inspect_long(text: str) -> Verdict:
    """The worst verdict on the pieces of a text of any length, which overlap; linear, and no work for an event loop."""
    if len(text) <= LONGEST:
        return inspect(text)
    return worst(inspect(text[start : start + LONGEST]) for start in range(0, len(text) - _OVERLAP, LONGEST - _OVERLAP))


def _weights(text: str) -> dict[str, float]:
    rules, vocabulary = _compiled()
    weights: dict[str, float] = {}
    read: set[str] = set()
    least = _BLOCK_AT
    plain: Reading | None = None
    for reading in readings(text, vocabulary):
        if plain is None:
            plain = reading
            least = _CAUTION_AT if is_broken(reading, vocabulary) else _BLOCK_AT
        if reading.name in HIDDEN and tells_words(reading, vocabulary):
            weights[f"disguised: {reading.name}"] = _OBFUSCATION
        signals = list(_signals(reading, rules))
        if reading.language not in read and (signals or _is_language(reading, plain, vocabulary)):
            read.add(reading.language)
            if (sure := certainty(reading.language)) >= _FAINT:
                signals.append(("classifier", sure))
        for reason, weight in signals:
            if weight < (least if reading.name == RUN_TOGETHER else _BLOCK_AT if reading.name == INSIDE else 0.0):
                continue  # words found across word boundaries are chance more often than intent
            if reading.name not in {"plain", "lookalike", MENDED} and reason not in weights and weight >= _SHOWN:
                weights[f"disguised: {reading.name}"] = _OBFUSCATION
            weights[reason] = max(weight, weights.get(reason, 0.0))
    return weights


def _is_language(reading: Reading, plain: Reading, vocabulary: frozenset[str]) -> bool:
    """Whether the classifier judges a reading: it says something that the text itself does not, and not by chance."""
    if reading.name in {"plain", "lookalike"}:
        return True
    if reading.name in {RUN_TOGETHER, INSIDE}:
        return revealed(reading, plain, vocabulary) >= _REVEALED and is_covered(reading, vocabulary)
    if reading.name in HIDDEN:
        return tells_words(reading, vocabulary)
    return revealed(reading, plain, vocabulary) > 0


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that rules a set: the severest action, then the highest score; of nothing, allow."""
    clear = Verdict("allow", 0.0, ())
    return max(verdicts, key=lambda verdict: (_SEVERITY[verdict.action], verdict.score), default=clear)


def inspect_burst(texts: Sequence[str]) -> BurstVerdict:
    """The verdicts of a burst; joined with and without a space, since a sentence may be cut inside a word."""
    messages = tuple(inspect_long(text) for text in texts)
    joined = worst((inspect_long("\n".join(texts)), inspect_long("".join(texts))))
    return BurstVerdict(messages, joined, worst((*messages, joined)))


def _verdict(weights: dict[str, float]) -> Verdict:
    doubt = 1.0
    for weight in weights.values():
        doubt *= 1.0 - weight
    score = round(1.0 - doubt, 3)
    action: Action = "block" if score >= _BLOCK_AT else "caution" if score >= _CAUTION_AT else "allow"
    return Verdict(action, score, tuple(sorted(weights)))


def _signals(reading: Reading, rules: dict[str, list[_Compiled]]) -> Iterable[tuple[str, float]]:
    text = _SPACE.sub(" ", reading.text)
    for reason, weight, shape in SHAPES:
        if shape.search(text):
            yield reason, weight
    found: set[Rule] = set()
    for word in _WORD.finditer(reading.words):
        for candidate in rules.get(word.group(), ()):
            if candidate.rule not in found and candidate.regex.match(reading.words, word.start()):
                found.add(candidate.rule)
                yield candidate.rule.reason, candidate.rule.weight


@cache
def _compiled() -> tuple[dict[str, list[_Compiled]], frozenset[str]]:
    """The rules by the word they begin with, and every word any of them knows."""
    by_word: dict[str, list[_Compiled]] = {}
    vocabulary: set[str] = set()
    for rule in RULES:
        compiled = _Compiled(rule, re.compile(_regex(rule)))
        items = [_phrases(item) for item in _items(rule.pattern) if item != "PHONE" and not item.startswith("~")]
        vocabulary.update(word for phrases in items for phrase in phrases for word in phrase.split())
        for first in {phrase.split()[0] for phrase in items[0]}:
            by_word.setdefault(first, []).append(compiled)
    return by_word, frozenset(vocabulary) | known_words()


def _items(pattern: str) -> list[str]:
    """The items of a pattern; a lower-case alternative may hold spaces, so only classes and gaps stand alone."""
    return re.findall(r"~\d+|[A-Z_]{2,}|[^~A-Z\s][^~A-Z]*(?<!\s)", pattern)


def _phrases(item: str) -> list[str]:
    return sorted(CLASSES.get(item, item).split("|"), key=len, reverse=True)


def _regex(rule: Rule) -> str:
    regex = rf"(?<!\b{rule.not_after} )" if rule.not_after else ""
    lead = ""
    for item in _items(rule.pattern):
        if item.startswith("~"):
            regex += rf"(?: \S++){{0,{item[1:]}}}"
        else:
            regex += f"{lead}(?:{CLASSES[item] if item == 'PHONE' else '|'.join(_phrases(item))})"
            lead = " "
    regex += r"(?!\S)"
    return regex + (f"(?! (?:{'|'.join(_phrases(rule.not_before))})(?!\\S))" if rule.not_before else "")
