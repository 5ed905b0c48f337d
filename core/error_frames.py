"""An exception as it may stand in a log: types and places. Messages stay out; drivers put rows and numbers there."""

from __future__ import annotations

import traceback
from typing import Final

FRAMES: Final = 12


def names_of(error: BaseException | None) -> str:
    """The exception's type and those that led to it."""
    names: list[str] = []
    while error is not None and len(names) < FRAMES:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return " from ".join(names)


def frames_of(error: BaseException) -> str:
    """The innermost frames, as in a traceback."""
    return "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)[-FRAMES:]))
