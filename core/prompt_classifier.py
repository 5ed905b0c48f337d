"""A linear classifier of hostile text: what the rules of `core.prompt_patterns` do not name (PRODUCT §10.1).

Words, pairs of words, letters inside words and ideas (`core.prompt_concepts`) are hashed into one table of weights,
learned by `tools/train_screen.py` and shipped as JSON. The score of a text is that of its worst window, so an attack
does not hide behind small talk. Pure Python: the run time has no numpy, and a message takes about a millisecond.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

from core.prompt_concepts import idea_of
from core.prompt_data import KINDS

BUCKETS = 1 << 16
WINDOWS = (14, 40)
_REACH = 6
_LETTERS = 24
_AT_CAUTION = 0.45
_AT_BLOCK = 0.8
_MOST = 0.95
_FADES = 1.5
_NEUTRAL = "?"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by bucket, times `scale`; a logit at `caution` is worth a caution, at `block` a block."""

    weights: array[int]
    scale: float
    bias: float
    caution: float
    block: float
    words: frozenset[str]


def bucket(feature: str) -> int:
    """The place of a feature in the table."""
    return crc32(feature.encode()) % BUCKETS


@lru_cache(maxsize=16384)
def of_word(word: str) -> tuple[str, tuple[int, ...]]:
    """The idea of a word and the buckets of the word by itself."""
    if word.isdecimal():
        return "", (bucket(f"n{min(len(word), 9)}"),)
    if word in KINDS:
        return "", (bucket(f"k{word}"),)
    idea = idea_of(word)
    framed = f"^{word[:_LETTERS]}$"
    found = {bucket(f"w{word}")}
    found.update(bucket(framed[at : at + size]) for size in (3, 4, 5) for at in range(len(framed) - size + 1))
    if idea:
        found.add(bucket(f"c{idea}"))
    return idea, tuple(sorted(found))


def is_neutral(word: str, known: AbstractSet[str]) -> bool:
    """Whether a word says nothing: a name, a place, a brand. Its letters are alike to those of a word by chance."""
    return not (word in known or word.isdecimal() or word in KINDS or idea_of(word))


@cache
def of_ideas(first: str, second: str) -> int:
    """The bucket of one idea shortly before another."""
    return bucket(f"d{first}>{second}")


def of_tokens(tokens: Sequence[str], known: AbstractSet[str]) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """For each token in order the buckets of the word, and those of what it makes with the words before it.

    What is said again within a window says nothing more: a list is not twelve times as suspect as its line.
    """
    ideas: list[str] = []
    before = last = ""
    told: dict[tuple[str, str, str], int] = {}
    for place, token in enumerate(tokens):
        idea, own = ("", ()) if is_neutral(token, known) else of_word(token)
        word = _NEUTRAL if not own else "#" if token.isdecimal() else token
        said = (before, last, word)
        if not own or place - told.get(said, -WINDOWS[-1]) < WINDOWS[-1]:
            yield (), []
        else:
            told[said] = place
            made = [bucket(f"b{last} {word}"), bucket(f"s{before} {word}")]
            if idea:
                made.extend(of_ideas(other, idea) for other in dict.fromkeys(ideas) if other)
            yield own, made
        ideas = [*ideas[1 - _REACH :], idea]
        before, last = last, word


def worst_window(gains: Sequence[float]) -> tuple[int, int]:
    """Where the heaviest window begins and ends, over windows of each size."""
    sums = [0.0]
    for gain in gains:
        sums.append(sums[-1] + gain)
    best, place = float("-inf"), (0, len(gains))
    for size in WINDOWS:
        width = min(size, len(gains))
        for end in range(width, len(sums)):
            total = sums[end] - sums[end - width]
            if total > best:
                best, place = total, (end - width, end)
    return place


def logit(words: str) -> float:
    """How hostile the worst window of a folded text is; 0 is as likely as not in the training data."""
    model = shipped()
    weights = model.weights
    tokens = words.split()
    gains = [
        (_word_gain(token) if own else 0) + sum(weights[place] for place in made)
        for token, (own, made) in zip(tokens, of_tokens(tokens, model.words), strict=True)
    ]
    start, end = worst_window(gains)
    return model.bias + model.scale * sum(gains[start:end])


@lru_cache(maxsize=16384)
def _word_gain(word: str) -> int:
    weights = shipped().weights
    return sum(weights[place] for place in of_word(word)[1])


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    stored = json.loads(files("core").joinpath("prompt_weights.json").read_bytes())
    weights = array("b", b64decode(stored["weights"]))
    known = frozenset(stored["words"].split())
    return Model(weights, stored["scale"], stored["bias"], stored["caution"], stored["block"], known)


def known_words() -> frozenset[str]:
    """The words of the training data that are worth telling from chance."""
    return shipped().words


def certainty(words: str) -> float:
    """The share of certainty that the classifier gives, as a rule does: 0.45 at its caution, 0.8 at its block."""
    model, found = shipped(), logit(words)
    if found < model.caution:
        return max(0.0, _AT_CAUTION * (1 - (model.caution - found) / _FADES))
    return min(_MOST, _AT_CAUTION + (_AT_BLOCK - _AT_CAUTION) * (found - model.caution) / (model.block - model.caution))
