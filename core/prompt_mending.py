"""Words that were cut, stretched or misspelt, put right: one more reading of a text (PRODUCT §10.1).

Pieces are joined, and letters mended, only into words that training knows or that begin with an idea; where the text
has a blank a word may end, so a sentence in order is read as it stands. Linear in the length of the text.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import lru_cache

from core.prompt_common import COMMON, VERB_ENDINGS, VOWELS, WORD_ENDINGS
from core.prompt_concepts import idea_of, stem_of, stems

_TAG = re.compile(
    r"<(?:!--[^<>]{0,80}--|/?(?:a|abbr|b|big|br|code|del|div|em|font|h[1-6]|hr|i|ins|li|mark|ol|p|pre|q|s|small|span|"
    r"strong|sub|sup|table|td|th|tr|tt|u|ul|wbr)(?:\s[^<>]{0,80})?/?)>"
)
_CHUNK = re.compile(r"\S+")
_RUN = re.compile(r"[a-z0-9@$€]+")
_LEET = str.maketrans("0123456789@$€", "oizeasgtbgase")
_ENDINGS = VERB_ENDINGS | WORD_ENDINGS
_LONGEST_ENDING = max(map(len, _ENDINGS))
_REPEATED = re.compile(r"(.)\1+")
_WORDS_OF_ONE = frozenset("aeiouy")
_PLAIN, _UNKNOWN = 0.5, 1.0
_MOST_PIECES = 8
_MOST_MENDED = 3
_LONGEST = 20
_SHORTEST = 4  # what is shorter is one letter away from too many words
_STEMMED = 6
_ENDING = 4
_ROOT, _VERB_ROOT = 4, 3
_SHORTEST_STEM = 5
_LONGEST_STEM = 12
_PREFIX = 3


class _Words:
    """The known words: by themselves, by how they begin, with no letter twice in a row, with any letter left out."""

    def __init__(self, vocabulary: AbstractSet[str]) -> None:
        self.known = told = COMMON | {word for word in vocabulary if len(word) > 1}
        self.verbs = {word[:-2] for word in told if word[-2:] in {"ar", "er", "ir"} and len(word) > _VERB_ROOT + 1}
        self.roots = told | {word[:-1] for word in told if word[-1:] in VOWELS and len(word) > _ROOT}
        self.beginnings = {word[:_PREFIX] for word in told}
        self.squeezed: dict[str, str] = {}
        self.lacking: dict[str, list[str]] = {}
        self.stems: dict[str, list[str]] = {}
        self.mendable = {word for word in vocabulary if len(word) >= _SHORTEST and word.isalpha()}
        for word in sorted(self.mendable):
            self.squeezed.setdefault(_REPEATED.sub(r"\1", word), word)
            _enter(self.lacking, word)
        for stem in stems()[0]:
            if len(stem) >= _SHORTEST_STEM and stem.isalpha():
                _enter(self.stems, stem)

    def is_known(self, letters: str) -> bool:
        """Whether the letters are a word, are one in another form, or begin with an idea."""
        return letters in self.known or bool(idea_of(letters)) or self._is_formed(letters)

    def _is_formed(self, letters: str) -> bool:
        """Whether the letters are a word or the root of a verb, with an ending."""
        for size in range(1, min(_LONGEST_ENDING, len(letters) - _VERB_ROOT) + 1):
            root, ending = letters[:-size], letters[-size:]
            if (ending in VERB_ENDINGS and root in self.verbs) or (
                len(root) >= _ROOT and ending in WORD_ENDINGS and root in self.roots
            ):
                return True
        return False

    def mended(self, letters: str) -> str:
        """The known word that the letters were meant to be: one letter more, less, other or two swapped; or nothing."""
        if len(letters) < _SHORTEST:
            return min((word for word in self.lacking.get(letters, ()) if _is_near(letters, word)), default="")
        if (single := self.squeezed.get(_REPEATED.sub(r"\1", letters))) is not None:
            return single
        found: dict[str, float] = dict.fromkeys(self.lacking.get(letters, ()), 1.0)
        for at in range(len(letters)):
            less = letters[:at] + letters[at + 1 :]
            if less in self.known and len(less) >= _SHORTEST:
                found.setdefault(less, 1.1)
            for word in self.lacking.get(less, ()):
                if len(word) == len(letters) and (cost := _changed(letters, word)):
                    found[word] = min(cost, found.get(word, cost))
        for word in found:
            found[word] += (word[0] != letters[0]) - 0.1 * bool(idea_of(word))
        return min(found, key=lambda word: (found[word], word), default="")

    def stemmed(self, letters: str) -> str:
        """The letters with a beginning that was meant to be the stem of an idea."""
        if stem_of(letters):
            return ""
        for size in range(min(len(letters), _LONGEST_STEM), max(_SHORTEST_STEM - 1, len(letters) - _ENDING) - 1, -1):
            begun, rest = letters[:size], letters[size:]
            for stem in self.stems.get(begun, ()):
                return stem + rest
            for at in range(size):
                for stem in self.stems.get(begun[:at] + begun[at + 1 :], ()):
                    if len(stem) == size and stem[0] == begun[0] and _changed(begun, stem):
                        return stem + rest
        return ""


def _is_near(letters: str, word: str) -> bool:
    """Whether a word of one letter more is what three letters were meant to be: it has an idea."""
    return len(letters) == _SHORTEST - 1 and word[0] == letters[0] and bool(idea_of(word))


def _enter(lacking: dict[str, list[str]], word: str) -> None:
    for less in {word[:at] + word[at + 1 :]: None for at in range(len(word))}:
        lacking.setdefault(less, []).append(word)


def _changed(letters: str, word: str) -> float:
    """What it costs to take one word of the same length for another: two letters swapped, or one that is other."""
    differ = [at for at, (one, other) in enumerate(zip(letters, word, strict=True)) if one != other]
    if len(differ) == 1:
        return 1.2
    first, last = differ[0], differ[-1]
    swapped = len(differ) == last - first + 1 == 2 and letters[first] == word[last] and letters[last] == word[first]  # noqa: PLR2004
    return 0.8 if swapped else 0.0


class Mender:
    """Mends texts with one vocabulary; what it found for a word it remembers."""

    def __init__(self, vocabulary: AbstractSet[str]) -> None:
        self._words = _Words(vocabulary)
        self._mended = lru_cache(maxsize=16384)(self._words.mended)
        self._known = lru_cache(maxsize=16384)(self._words.is_known)
        self._stemmed = lru_cache(maxsize=16384)(self._words.stemmed)
        self._stem = lru_cache(maxsize=16384)(stem_of)

    def mend(self, folded: str, is_data: Callable[[str], bool]) -> str:
        """The text as words, its data as they are."""
        pieces: list[tuple[str, bool]] = []  # the letters, and whether only a sign stands before them
        found: list[str] = []
        for match in _CHUNK.finditer(_TAG.sub("", folded)):
            chunk = match.group()
            runs = _RUN.findall(chunk)
            if is_data(chunk) and not self._says_word(runs):
                found += [*self._joined(pieces), chunk]
                pieces = []
                continue
            worded = any(not run.isdecimal() for run in runs)
            for place, run in enumerate(runs):
                if run.isdecimal() and not (worded and len(run) == 1):
                    found += [*self._joined(pieces), run]
                    pieces = []
                else:
                    pieces.append((run if run.isalpha() else run.translate(_LEET), place > 0))
        return " ".join([*found, *self._joined(pieces)])

    def _says_word(self, runs: list[str]) -> bool:
        """Whether what looks like data is a word in pieces, or the name of a tool: `instruccion.es`, `updte_lead`."""
        joined = "".join(runs)
        named = "_".join(run if self._known(run) else self._mended(run) for run in runs)
        return idea_of(named) == "tool" or (
            joined.isalpha() and (joined in self._words.known or self._is_stemmed(joined, 0))
        )

    def _joined(self, pieces: list[tuple[str, bool]]) -> list[str]:
        """The pieces joined to words so that the least stays unknown."""
        costs, cuts, said = [0.0], [0], [""]
        for end in range(1, len(pieces) + 1):
            costs.append(float("inf"))
            cuts.append(end - 1)
            said.append("")
            letters, blanks = "", 0
            for start in range(end - 1, max(-1, end - 1 - _MOST_PIECES), -1):
                first, is_glued = pieces[start]
                letters = first + letters
                if len(letters) > _LONGEST and start < end - 1:
                    break
                cost, word = self._read(letters, end - start, blanks, len(first))
                blanks += not is_glued
                if word and costs[start] + cost < costs[end]:
                    costs[end], cuts[end], said[end] = costs[start] + cost, start, word
        found: list[str] = []
        end = len(pieces)
        while end > 0:
            found.append(said[end])
            end = cuts[end]
        return found[::-1]

    def _read(self, letters: str, count: int, blanks: int, first: int) -> tuple[float, str]:
        """What it costs to read so many pieces, with so many blanks between, as one word, and the word."""
        joined = _PLAIN + (0.3 if len(letters) >= _STEMMED else 0.5) * blanks + 0.1 * (count - 1 - blanks)
        if letters in _WORDS_OF_ONE:
            return _PLAIN + 0.2, letters
        if letters in self._words.known or (count == 1 and self._known(letters)):
            return joined, letters
        if count == 1:
            word = self._mended(letters) or self._stemmed(letters)
            return (joined + 1.0, word) if word else (_PLAIN + _UNKNOWN * len(letters), letters)
        if letters[:_PREFIX] in self._words.beginnings and len(letters) >= _STEMMED:
            if self._is_stemmed(letters, first):
                return joined + 0.2, letters
            return joined + 1.2, self._mended(letters) if count <= _MOST_MENDED else ""
        return 0.0, ""

    def _is_stemmed(self, letters: str, first: int) -> bool:
        """Whether the letters are the stem of an idea, longer than `first`, and an ending."""
        stem = self._stem(letters) if len(letters) >= _STEMMED else ""
        return len(stem) > first and (stem == letters or letters[len(stem) :] in _ENDINGS)
