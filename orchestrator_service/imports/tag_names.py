"""Tags as a cell names them, several at once, and what an import knows of the company's. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from orchestrator_service.imports.own_fields import Unread

LONGEST_TAG: Final = 40
MOST_OF_ROW: Final = 20
_BETWEEN: Final = re.compile(r"[;,|\r\n]+")


def split_names(text: str) -> list[str] | Unread:
    """The names that a cell lists by `;`, `,` or `|`, each once."""
    names: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        name = " ".join(part.replace("\x00", "").split())
        if len(name) > LONGEST_TAG:
            return Unread("too_long")
        if name:
            names.setdefault(name.lower(), name)
    return Unread("too_many_tags") if len(names) > MOST_OF_ROW else list(names.values())


@dataclass(slots=True)
class TagNames:
    """The company's tags by their names in small letters, with those that rows have brought.

    `room` is for how many more; None: whoever imports may make none.
    """

    known: dict[str, str] = field(default_factory=dict[str, str])
    room: int | None = None

    @classmethod
    def of(cls, names: Iterable[str], *, most: int | None) -> TagNames:
        """What there is and what earlier rows have brought; `most` that a company may have, None as for `room`."""
        known = {name.lower(): name for name in names}
        return cls(known, None if most is None else max(most - len(known), 0))

    def learn(self, names: Sequence[str]) -> list[str] | Unread:
        """The names as the company writes them."""
        missing = [name for name in names if name.lower() not in self.known]
        if missing and self.room is None:
            return Unread("unknown_tag")
        if self.room is not None:
            if len(missing) > self.room:
                return Unread("too_many_tags")
            self.room -= len(missing)
        self.known.update({name.lower(): name for name in missing})
        return [self.known[name.lower()] for name in names]
