"""Readings of a hostile text: the folded copy and the copies an obfuscator hid it in (PRODUCT §10.1).

Every function is linear in the length of its input and works on copies; the original text is never changed.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from core.prompt_concepts import idea_of
from core.prompt_data import CODE, KINDS, USER, kind_of, without_data
from core.prompt_encodings import decoded
from core.prompt_mending import Mender

RUN_TOGETHER = "run together"
INSIDE = "inside data"
MENDED = "mended"
HIDDEN = frozenset(
    {"backwards", "base32", "base64", "binary", "codes", "hexadecimal", "invisible", "mirrored", "rot13"}
)

# ruff: noqa: RUF001 - ambiguous letters are what the table is about
# Letter -> the Cyrillic, Greek, small-capital and stroked letters that look like it.
_LOOKALIKES = {
    "a": "аαɑᴀΑɐᎪ",
    "b": "вьβʙΒ",
    "c": "сϲᴄɔᏟ",
    "d": "ԁᴅđ",
    "e": "еєεᴇΕǝᎬ",
    "f": "ꜰſɟ",
    "g": "ɡɢցƃᏀ",
    "h": "нһʜΗɥհ",
    "i": "іιɩıɪΙᴉᎥ",
    "j": "јᴊɾ",
    "k": "кκᴋΚʞᏦ",
    "l": "ӏℓʟł",
    "m": "мᴍΜɯᎷ",
    "n": "пηɴΝո",
    "o": "оοσᴏøΟօ",
    "p": "рρᴘΡᏢ",
    "q": "ԛ",
    "r": "гʀɹᎡ",
    "s": "ѕꜱᏚ",
    "t": "тτᴛΤʇᎢ",
    "u": "υᴜμս",
    "v": "νᴠѵʌᏙ",
    "w": "ԝωᴡʍᎳ",
    "x": "хχΧ",
    "y": "уγʏΥүʎ",
    "z": "ᴢΖᏃ",
}
_TO_LATIN = {
    **{ord(alike): latin for latin, group in _LOOKALIKES.items() for alike in group},
    # Letters in black circles, in black squares, and as halves of flags: nothing decomposes them.
    **{first + place: chr(97 + place) for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)},
}
_ROT13 = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
_MIRROR = str.maketrans("abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba")
_LEET = str.maketrans("023456789@$€+", "ozeasgtbgaset")

_TOKEN = re.compile(r"[a-z0-9]+(?:_+[a-z0-9]+)*")
_SPELLED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9@$|](?:[^\w@$|]|_){1,3}){4,}[a-z0-9@$|](?![a-z0-9])")
_CHUNK = re.compile(r"\S+")
_SIGN = re.compile(r"[0-9@$€+!|]")
_LETTER = re.compile(r"[a-z]")
# Vowels and s, t as digits: in a code two digits stand together, or others.
_LEET_SHAPE = re.compile(r"[01345@$]?(?:[a-z]+[013457@$]){2,}[a-z]*[^\w\s]*")
_BETWEEN = re.compile(r"(?<=[a-z0-9])[^\sa-z0-9@$|!]{1,3}(?=[a-z0-9])")
_ONE = re.compile(r"[!|](?=\w)|1")  # one of them for i or l
_REPEATED = re.compile(r"(.)\1+")
_NOT_SIGN = re.compile(r"[^a-z0-9@$€+!|]|[!|+]$")
_PART = re.compile(r"[^a-z]+")
_NOT_NAME = re.compile(r"[^a-z_]")
_NOT_WORD = re.compile(r"[^a-z]")
_LONG_WORD = 12
_LONGEST_WORD = 26
_UNKNOWN_PIECE = 6
_TELLING = 4
_ENOUGH = 2
_COVERED = 0.7


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: `words` are lower-case tokens joined by single spaces, `text` keeps the punctuation.

    `language` is `words` with each piece of data replaced by its kind.
    """

    name: str
    text: str
    words: str
    language: str


class _Letters(dict[int, str]):
    """What becomes of each letter; worked out when it is first seen."""

    def __init__(self, of_letter: Callable[[str], str]) -> None:
        super().__init__()
        self._of_letter = of_letter

    def __missing__(self, code: int) -> str:
        self[code] = found = self._of_letter(chr(code))
        return found


def _plain(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", letter).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _seen(letter: str) -> str:
    if unicodedata.category(letter) in {"Cf", "Cn", "Co"}:
        return ""
    return _plain(unicodedata.normalize("NFKC", letter).translate(_TO_LATIN)).translate(_TO_LATIN)


_PLAIN, _SEEN = _Letters(_plain), _Letters(_seen)


def without_accents(text: str) -> str:
    """The text with compatibility forms unified (NFKC), in lower case, without combining marks."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """The text as a person sees it: entities decoded, invisible characters dropped, lookalikes made Latin."""
    return html.unescape(text).translate(_SEEN)


def words(text: str) -> str:
    """The tokens of a folded text joined by single spaces; identifiers such as `update_lead` stay whole."""
    return " ".join(_TOKEN.findall(text))


def language(text: str, vocabulary: AbstractSet[str]) -> str:
    """The tokens of a folded text, each piece of data replaced by its kind."""

    def is_word(chunk: str) -> bool:
        return _leet_word(chunk, vocabulary)

    return words(without_data(text, vocabulary, is_word))


def readings(text: str, vocabulary: frozenset[str]) -> Iterator[Reading]:
    """Every reading of the text, the plain one first; `vocabulary` tells words from chance."""

    def reading(name: str, of: str) -> Reading:
        return Reading(name, of, words(of), language(of, vocabulary))

    folded = fold(text)
    plain = reading("plain", without_accents(text))
    yield plain
    if folded != plain.text:
        yield reading("lookalike", folded)
    data: dict[str, None] = {}
    respelled = _respelled(folded, vocabulary, data)
    if respelled != folded:
        yield reading("respelled", respelled)
    mended = _mender(vocabulary).mend(folded, lambda chunk: _is_data(chunk, vocabulary))
    if mended != plain.words:
        yield reading(MENDED, mended)
    talk = "".join(word for word in language(respelled, vocabulary).split() if word not in KINDS)
    together = segmented(talk, vocabulary)
    yield Reading(RUN_TOGETHER, "", together, together)
    for chunk in data:
        inside = _word(chunk, vocabulary)
        if inside != chunk:
            yield Reading(INSIDE, inside, words(inside), words(inside))
    unknown = {word for word in folded.split() if word not in data and _NOT_WORD.sub("", word) not in vocabulary}
    for name, other in _OTHERS.items():
        if sum(_tells(other(word), vocabulary) for word in unknown) >= _ENOUGH:
            yield reading(name, other(folded))
    for name, found in decoded(text):
        yield reading(name, fold(found))


@cache
def _mender(vocabulary: frozenset[str]) -> Mender:
    return Mender(vocabulary)


def forms(text: str) -> Iterator[str]:
    """The folded text in every form that a secret may be given away in, whether or not it reads as words."""
    folded = fold(text)
    yield from (folded, *(other(folded) for other in _OTHERS.values()))
    for _, found in decoded(text):
        yield from (fold(found), fold(found)[::-1])


def _rotated(text: str) -> str:
    return text.translate(_ROT13)


def _mirrored(text: str) -> str:
    return text.translate(_MIRROR)


def _backwards(text: str) -> str:
    return text[::-1]


_OTHERS: dict[str, Callable[[str], str]] = {"rot13": _rotated, "mirrored": _mirrored, "backwards": _backwards}


def tells_words(reading: Reading, vocabulary: AbstractSet[str]) -> bool:
    """Whether what was decoded says something: two words at least."""
    return sum(word in vocabulary for word in reading.words.split() if len(word) >= _TELLING - 1) >= _ENOUGH


def is_broken(reading: Reading, vocabulary: AbstractSet[str]) -> bool:
    """Whether half of the words are none: cut or run together, as nobody writes. Data are no words."""
    tokens = [word for word in reading.language.split() if word.isalpha() and word not in KINDS]
    return sum(word in vocabulary for word in tokens) < len(tokens) / 2


def revealed(reading: Reading, plain: Reading, vocabulary: AbstractSet[str]) -> int:
    """How many known words a reading shows that the plain one does not have."""
    told = {word for word in reading.language.split() if len(word) >= _TELLING and word in vocabulary}
    return len(told.difference(plain.language.split()))


def is_covered(reading: Reading, vocabulary: AbstractSet[str]) -> bool:
    """Whether known words make up most letters of a reading: those that are found in names by chance do not."""
    letters = sum(len(word) for word in reading.words.split())
    return sum(len(word) for word in reading.words.split() if word in vocabulary) >= _COVERED * letters


def _tells(word: str, vocabulary: AbstractSet[str]) -> bool:
    bare = _NOT_WORD.sub("", word)
    return len(bare) >= _TELLING and bare in vocabulary


def _respelled(folded: str, vocabulary: AbstractSet[str], data: dict[str, None]) -> str:
    """Letters that were spelled out put together, digits and signs in words read as letters, words run together cut.

    What is data stays as it is and is added to `data`.
    """
    joined = _SPELLED.sub(lambda match: " " + re.sub(r"[^\w@$|]|_", "", match.group()) + " ", folded)

    def respelled(match: re.Match[str]) -> str:
        chunk = match.group()
        if not _is_data(chunk, vocabulary):
            return _word(chunk, vocabulary)
        data[chunk] = None
        return chunk

    return _CHUNK.sub(respelled, joined)


def _is_data(chunk: str, vocabulary: AbstractSet[str]) -> bool:
    kind = kind_of(chunk, vocabulary)
    return bool(kind) and not (kind in {CODE, USER} and _leet_word(chunk, vocabulary))


def _leet_word(chunk: str, vocabulary: AbstractSet[str]) -> bool:
    """Whether a chunk with digits or signs for letters is one word: `1gn0r4` is, `7f3k` is not."""
    word = _NOT_WORD.sub("", _word(chunk, vocabulary))
    return (len(word) > 1 and word in vocabulary) or (
        len(word) >= _TELLING and (bool(idea_of(word)) or bool(_LEET_SHAPE.fullmatch(chunk)))
    )


def _word(chunk: str, vocabulary: AbstractSet[str]) -> str:
    """One chunk of a text as a known word, where it hides one; numbers stay numbers."""
    if not _LETTER.search(chunk) or _NOT_SIGN.sub("", chunk) in vocabulary:
        return chunk
    bare = _BETWEEN.sub("", chunk)
    forms = [bare] if bare != chunk else []
    if _SIGN.search(chunk):
        spelled = [_ONE.sub(one, form).translate(_LEET) for form in (chunk, bare) for one in "il"]
        forms = [*forms, *spelled, bare.replace("1", "i", 1).replace("1", "l").translate(_LEET)]
    else:
        spelled = [chunk]
    for form in [*forms, *(_REPEATED.sub(r"\1", form) for form in (bare, *spelled[:1]))]:
        if _NOT_WORD.sub("", form) in vocabulary:
            return form
    if bare != chunk and not any(part in vocabulary for part in _PART.split(chunk)):
        spelled[0] = bare.translate(_LEET) if _SIGN.search(bare) else bare
    letters = _NOT_NAME.sub("", spelled[0])
    return segmented(letters, vocabulary) if len(letters) >= _LONG_WORD and letters not in vocabulary else spelled[0]


def segmented(letters: str, vocabulary: AbstractSet[str]) -> str:
    """Letters cut into known words so that few letters stay unknown; those are cut into pieces, so gaps stay honest."""
    costs, cuts = [0.0], [0]
    for end in range(1, len(letters) + 1):
        cost, cut = costs[end - 1] + 1.0, end - 1
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            if costs[start] + 0.5 < cost and letters[start:end] in vocabulary:
                cost, cut = costs[start] + 0.5, start
        costs.append(cost)
        cuts.append(cut)
    found: list[str] = []
    end = unknown = len(letters)
    while end > 0:
        start = cuts[end]
        if end - start > 1:
            found += [*reversed(_pieces(letters[end:unknown])), letters[start:end]]
            unknown = start
        end = start
    return " ".join(reversed([*found, *reversed(_pieces(letters[:unknown]))]))


def _pieces(letters: str) -> list[str]:
    return [letters[at : at + _UNKNOWN_PIECE] for at in range(0, len(letters), _UNKNOWN_PIECE)]
