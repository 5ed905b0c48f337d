"""What somebody typed into a search box, as lists of people compare it. Pure; the statements fold alike.

A lead is found by all of the words, each of which may be the beginning of one that the lead has (its name, company,
e-mail, need, notes, tags, own fields); or by a part of its name, company, e-mail or number; or, where nothing holds
what was typed, by what comes near it: `find_leads` in the foundation.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

FEWEST_DIGITS: Final = 3
FEWEST_LETTERS: Final = 3  # what is shorter begins a word of nearly everybody
NEWEST: Final = 320  # leads that are looked at one by one, 40 µs each, for what is common
_DOMAIN: Final = re.compile(r"@?[\w-]+(\.[\w-]+)+|@[\w-]+", re.ASCII)


def fold(text: str) -> str:
    """Lower case and without accents."""
    plain = unicodedata.normalize("NFD", text.strip().lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def digits_of(text: str) -> str | None:
    """Part of a phone number; None where that is no number, or too short to tell people apart."""
    digits = re.sub(r"\D", "", text)
    is_number = re.fullmatch(r"[\d\s+().-]+", text.strip()) is not None
    return digits if is_number and len(digits) >= FEWEST_DIGITS else None


def words_of(text: str) -> str:
    """The words as `find_leads` takes them, each the beginning of one. What has no letters asks for what nobody has."""
    words = re.findall(r"[^\W_]+", fold(text))
    return " & ".join(f"'{word}':*" for word in words) or "'\u2205'"


def is_common(text: str) -> bool:
    """Whether very many are likely to have it: nothing but one or two letters, or the domain of an e-mail address."""
    words = re.findall(r"[^\W_]+", fold(text))
    short = bool(words) and all(len(word) < FEWEST_LETTERS for word in words)
    return digits_of(text) is None and (short or _DOMAIN.fullmatch(text.strip()) is not None)
