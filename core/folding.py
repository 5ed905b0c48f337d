"""Text folded for matching: lower case, no accents, one character out for one in, so that spans fit the original."""

import re
import unicodedata

MAX_LINE = 2_000
_CLAUSE = re.compile(r"(?:[^,.;:!?¡¿\n]|(?<=\d)[.:](?=\d))+")


def composed(text: str) -> str:
    """The text in NFC, cut to `MAX_LINE` characters: what spans of `fold` index into."""
    return unicodedata.normalize("NFC", text[:MAX_LINE])


def fold(text: str) -> str:
    """The composed text without accents and in lower case, of the same length."""
    return "".join(_plain(character) for character in composed(text))


def clauses(folded: str) -> list[tuple[int, int]]:
    """The spans between punctuation marks, in order."""
    return [found.span() for found in _CLAUSE.finditer(folded)]


def clause_at(text: str, position: int) -> str:
    """The clause of a composed text that holds `position`, as the customer wrote it."""
    for start, end in clauses(text):
        if start <= position < end:
            return text[start:end].strip()
    return text.strip()


def blank(text: str, span: tuple[int, int]) -> str:
    """The text with one span overwritten by spaces, so that later rules do not read it again."""
    start, end = span
    return text[:start] + " " * (end - start) + text[end:]


def _plain(character: str) -> str:
    if character in "\u2019\u2018\u00b4`":
        return "'"
    lowered = unicodedata.normalize("NFD", character)[0].lower()
    return lowered if len(lowered) == 1 else character
