"""What names a person is taken out of what may become knowledge: phones, e-mails, handles, names. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from core.folding import fold

GONE: Final = "…"
SHORTEST_NAME: Final = 3
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HANDLE: Final = re.compile(r"(?<![\w@])@[A-Za-z0-9_.]{3,30}")
_NUMBER: Final = re.compile(r"(?<![\w$€£])(?<!\$ )(?<!USD )\+?\(?\d(?:[\s().-]{0,3}\d){6,14}(?![\w%]|[.,]\d)")
_SPACES: Final = re.compile(r"[^\S\n]{2,}")


def scrubbed(text: str, names: Collection[str | None] = ()) -> str:
    """The text without them, in whichever case and accents a name was written; spaces are set right."""
    for pattern in (_EMAIL, _HANDLE, _NUMBER):
        text = pattern.sub(GONE, text)
    for name in sorted(_parts(names), key=len, reverse=True):
        text = _without(text, name)
    return _SPACES.sub(" ", text).strip(" ,;:\n")


def _parts(names: Collection[str | None]) -> set[str]:
    """Each name as a whole and by its words, folded."""
    whole = {fold(name).strip() for name in names if name}
    return {part for name in whole for part in (name, *name.split()) if len(part) >= SHORTEST_NAME}


def _without(text: str, name: str) -> str:
    spans = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", _folded(text))]
    for start, end in reversed(spans):
        text = text[:start] + GONE + text[end:]
    return text


def _folded(text: str) -> str:
    """As `fold`, of the same length whatever the length."""
    return "".join(fold(char)[:1] or char for char in text)
