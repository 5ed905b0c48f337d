"""Which passwords may be chosen (PRODUCT §5.3). Pure, apart from reading the shipped list once.

Lengths count Unicode characters after NFKC, so that a password typed on another keyboard still fits.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.secret import Secret

MINIMUM: Final = 12
MAXIMUM: Final = 128
_FEW_CHARACTERS: Final = 4
_LONGEST_RUN: Final = 5
_PERSONAL: Final = 4
_LEET: Final = str.maketrans("013457@$!€", "oieastasie")
_NOISE: Final = re.compile(r"[\W\d_]+")
_WORDS: Final = re.compile(r"[\W_]+")
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjklñ",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujm",
)


class Weakness(StrEnum):
    """Why a password is refused; the web app has a sentence for each."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    REPEATED = "repeated"
    SEQUENCE = "sequence"
    PERSONAL = "personal"


class WeakPassword(BadInput):
    """A password that the rules refuse; `extra.weaknesses` says which rules."""

    code = "weak_password"
    title = "Weak Password"


def check_password(password: Secret, *, personal: Iterable[str] = ()) -> None:
    """Raise `WeakPassword` unless the password may be chosen; `personal` are the user's e-mail, name and company."""
    found = weaknesses(password, personal=personal)
    if found:
        raise WeakPassword("choose another password", extra={"weaknesses": [weakness.value for weakness in found]})


def weaknesses(password: Secret, *, personal: Iterable[str] = ()) -> tuple[Weakness, ...]:
    """Every rule that the password breaks, in the order of `Weakness`; empty when it may be chosen. Pure."""
    text = canonical(password)
    if len(text) > MAXIMUM:
        return (Weakness.TOO_LONG,)
    broken = {
        Weakness.TOO_SHORT: len(text) < MINIMUM,
        Weakness.COMMON: _is_common(text),
        Weakness.REPEATED: _is_repeated(text),
        Weakness.SEQUENCE: _is_sequence(text),
        Weakness.PERSONAL: _is_personal(text, personal),
    }
    return tuple(weakness for weakness in Weakness if broken.get(weakness, False))


def canonical(password: Secret) -> str:
    """The characters that are measured and hashed: NFKC."""
    return unicodedata.normalize("NFKC", password.reveal())


def unaccented(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def common_words() -> frozenset[str]:
    """The list of common passwords, each as `unaccented` gives it; read from the package once."""
    lines = files("orchestrator_service.auth").joinpath("common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_common(text: str) -> bool:
    # "P@ssw0rd2026!" is "password" once leet and decoration are gone, and as common.
    plain = unaccented(text)
    undecorated = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    readings = {plain, undecorated, _WORDS.sub("", plain)}
    readings |= {_NOISE.sub("", reading.translate(_LEET)) for reading in (plain, undecorated)}
    return any(reading in common_words() or _period(reading) in common_words() for reading in readings if reading)


def _is_repeated(text: str) -> bool:
    return len(set(text.casefold())) <= _FEW_CHARACTERS or len(_period(text.casefold())) * 3 <= len(text)


def _period(text: str) -> str:
    """The shortest piece whose repetition is the text: `abcabc` → `abc`."""
    return text[: (text + text).find(text, 1)]


def _is_sequence(text: str) -> bool:
    # Mostly made of runs along the alphabet, the digits or a keyboard row, in either direction.
    plain = text.casefold()
    rows = (*_ROWS, *(row[::-1] for row in _ROWS))
    covered = [False] * len(plain)
    for start in range(len(plain) - _LONGEST_RUN + 2):
        piece = plain[start : start + _LONGEST_RUN - 1]
        if any(piece in row for row in rows):
            covered[start : start + len(piece)] = [True] * len(piece)
    return sum(covered) * 3 >= len(plain) * 2


def _is_personal(text: str, personal: Iterable[str]) -> bool:
    plain = unaccented(text)
    parts = {part for source in personal for part in _WORDS.split(unaccented(source)) if len(part) >= _PERSONAL}
    remainder = plain
    for part in sorted(parts, key=len, reverse=True):
        remainder = remainder.replace(part, "")
    # A short name inside a long passphrase is no harm; a password that is little more than it is.
    return remainder != plain and len(remainder) < MINIMUM
