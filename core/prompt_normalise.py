"""Readings of a hostile text: the folded copy and the copies an obfuscator hid it in (PRODUCT §10.1).

Every function is linear in the length of its input and works on copies; the original text is never changed.
"""

import base64
import html
import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

RUN_TOGETHER = "run together"

# ruff: noqa: RUF001 - ambiguous letters are what the table is about
# Letter -> the Cyrillic, Greek, small-capital and stroked letters that look like it.
_LOOKALIKES = {
    "a": "аαɑᴀΑ",
    "b": "вьβʙΒ",
    "c": "сϲᴄ",
    "d": "ԁᴅđ",
    "e": "еєεᴇΕ",
    "f": "ꜰſ",
    "g": "ɡɢց",
    "h": "нһʜΗ",
    "i": "іιɩıɪΙ",
    "j": "јᴊ",
    "k": "кκᴋΚ",
    "l": "ӏℓʟł",
    "m": "мᴍΜ",
    "n": "пηɴΝ",
    "o": "оοσᴏøΟ",
    "p": "рρᴘΡ",
    "q": "ԛ",
    "r": "гʀ",
    "s": "ѕꜱ",
    "t": "тτᴛΤ",
    "u": "υᴜμ",
    "v": "νᴠѵ",
    "w": "ԝωᴡ",
    "x": "хχΧ",
    "y": "уγʏΥү",
    "z": "ᴢΖ",
}
_TO_LATIN = {ord(alike): latin for latin, group in _LOOKALIKES.items() for alike in group}
_LEET = str.maketrans("034579@$€|+", "oeastgaseit")
_ROT13 = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
_TAG_BLOCK = range(0xE0020, 0xE007F)  # invisible copies of ASCII

_TOKEN = re.compile(r"[a-z0-9]+(?:_+[a-z0-9]+)*")
_SPELLED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9@$|][\s._\-*/]{1,3}){4,}[a-z0-9@$|](?![a-z0-9])")
_CHUNK = re.compile(r"\S+")
_HAS_LETTER = re.compile(r"[a-z]")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX_SEPARATORS = re.compile(r"\\x|0x|%(?=[0-9a-fA-F]{2})|[\s:,]")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){8,}")
_LONG_WORD = 12
_UNKNOWN_PIECE = 6
_PREFIX = 3
_PRINTABLE_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: `words` are lower-case tokens joined by single spaces, `text` keeps the punctuation."""

    name: str
    text: str
    words: str


def without_accents(text: str) -> str:
    """The text with compatibility forms unified (NFKC), in lower case, without combining marks."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold(text: str) -> str:
    """The text as a person sees it: entities decoded, invisible characters dropped, lookalikes made Latin."""
    visible = "".join(char for char in html.unescape(text) if unicodedata.category(char) not in {"Cf", "Cn", "Co"})
    unified = unicodedata.normalize("NFKC", visible).translate(_TO_LATIN)
    return without_accents(unified).translate(_TO_LATIN)


def words(text: str) -> str:
    """The tokens of a folded text joined by single spaces; identifiers such as `update_lead` stay whole."""
    return " ".join(_TOKEN.findall(text))


def readings(text: str, vocabulary: AbstractSet[str]) -> Iterator[Reading]:
    """Every reading of the text, the plain one first; `vocabulary` splits words that were run together."""
    folded = fold(text)
    yield _reading("plain", without_accents(text))
    yield _reading("lookalike", folded)
    known = _prefixes(vocabulary)
    for name, one in (("respelled", "i"), ("respelled", "l")):
        respelled = _unleet(_SPELLED.sub(_joined, folded), one)
        yield Reading(name, respelled, _split_long(words(respelled), vocabulary, known))
        yield Reading(RUN_TOGETHER, "", _segmented(words(respelled).replace(" ", ""), vocabulary, known))
        if "1" not in folded and "!" not in folded and "|" not in folded:
            break
    yield _reading("rot13", folded.translate(_ROT13))
    for name, decoded in _decoded(text):
        yield _reading(name, fold(decoded))


def _reading(name: str, text: str) -> Reading:
    return Reading(name, text, words(text))


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"[\s._\-*/]", "", match.group())


def _unleet(text: str, one: str) -> str:
    """Digits and signs inside words read as letters; numbers that stand alone stay numbers."""

    def chunk(match: re.Match[str]) -> str:
        word = match.group()
        if not _HAS_LETTER.search(word):
            return word
        return re.sub(r"!(?=\w)", one, word.replace("1", one)).translate(_LEET)

    return _CHUNK.sub(chunk, text)


def _prefixes(vocabulary: AbstractSet[str]) -> dict[str, list[int]]:
    """First letters -> lengths of the known words that start so, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in vocabulary:
        if len(word) >= _PREFIX:
            lengths.setdefault(word[:_PREFIX], set()).add(len(word))
    return {prefix: sorted(found, reverse=True) for prefix, found in lengths.items()}


def _split_long(text: str, vocabulary: AbstractSet[str], known: dict[str, list[int]]) -> str:
    return " ".join(
        _segmented(word.replace("_", ""), vocabulary, known)
        if len(word) >= _LONG_WORD and word not in vocabulary
        else word
        for word in text.split(" ")
    )


def _segmented(letters: str, vocabulary: AbstractSet[str], known: dict[str, list[int]]) -> str:
    """Letters cut greedily into known words; what is unknown is cut into short pieces, so that gaps stay honest."""
    found: list[str] = []
    unknown = start = 0
    while start < len(letters):
        lengths = known.get(letters[start : start + _PREFIX], ())
        size = next((length for length in lengths if letters[start : start + length] in vocabulary), 0)
        if size:
            found += _pieces(letters[unknown:start])
            found.append(letters[start : start + size])
            start += size
            unknown = start
        else:
            start += 1
    return " ".join([*found, *_pieces(letters[unknown:])])


def _pieces(letters: str) -> list[str]:
    return [letters[at : at + _UNKNOWN_PIECE] for at in range(0, len(letters), _UNKNOWN_PIECE)]


def _decoded(text: str) -> Iterator[tuple[str, str]]:
    """One layer of base64, hexadecimal and invisible tag characters, where the result reads as text."""
    hidden = "".join(chr(ord(char) - 0xE0000) for char in text if ord(char) in _TAG_BLOCK)
    if hidden:
        yield "invisible", hidden
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    for match in _BASE64.finditer(visible):
        encoded = match.group().rstrip("=").translate(str.maketrans("-_", "+/"))
        encoded = encoded[: len(encoded) - (len(encoded) % 4 == 1)]
        yield from _readable("base64", base64.b64decode(encoded + "=" * (-len(encoded) % 4)))
    for match in _HEX.finditer(_HEX_SEPARATORS.sub("", visible)):
        yield from _readable("hexadecimal", bytes.fromhex(match.group()))


def _readable(name: str, raw: bytes) -> Iterator[tuple[str, str]]:
    decoded = raw.decode("utf-8", errors="replace")
    printable = sum((char.isprintable() or char.isspace()) and char != "\ufffd" for char in decoded)
    if printable >= _PRINTABLE_SHARE * len(decoded):
        yield name, decoded
