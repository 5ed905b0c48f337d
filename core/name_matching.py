"""Matching a person's or calendar's name to one of ours where no id is known (PRODUCT section 11.4).

Titles, accents, case and spacing are set aside; what is left must be equal and belong to exactly one, else the caller
asks a person. There is no nearest match: a meeting with the wrong seller is worse than a question.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_TITLES: Final = frozenset(
    {
        *("dr", "dra", "doctor", "doctora", "lic", "licda", "licdo", "licenciado", "licenciada"),
        *("ing", "ingeniero", "ingeniera", "eng", "arq", "arquitecto", "arquitecta", "mtro", "mtra"),
        *("sr", "sra", "srta", "prof", "profa", "profesor", "profesora", "mr", "mrs", "ms"),
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate: the id it is known by and the name it goes by. One id may come with several names."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Exactly one candidate has this name."""

    id: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several candidates have this name; ids in ascending order. A person must choose."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No candidate has this name."""


def normalise(name: str) -> str:
    """The name without leading titles, accents, case, dots, commas, invisible characters and odd spacing.

    Titles are taken from the front only ("Juan Pérez Sr." keeps his), and a name that is all titles keeps the last.
    """
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    kept = "".join(char for char in bare if unicodedata.category(char) not in {"Mn", "Cf"})
    words = kept.replace(".", " ").replace(",", " ").split()
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    return " ".join(words)


def match(name: str, candidates: Iterable[Named]) -> Matched | Ambiguous | NoMatch:
    """Find whose name this is; a name without a letter or digit left is nobody's."""
    wanted = normalise(name)
    if not wanted:
        return NoMatch()
    ids = tuple(sorted({one.id for one in candidates if normalise(one.name) == wanted}))
    if not ids:
        return NoMatch()
    return Matched(ids[0]) if len(ids) == 1 else Ambiguous(ids)
