"""Reads what was said, one line each: who by its sign, what by its words, when by the pauses. Pure.

| sign | who |
|---|---|
| `>` | the customer; `>!` a message that the screen blocks, `>*` a tap on an offered time |
| `<` | the agent; `<!` failed, `<?` unknown, `<-` sent and not delivered yet |
| `=` | the agent, with offered times behind bars |
| `@` | a teammate; `#` a note for the team |
| `...` | a pause («... 2 d») |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Literal, TypeAlias
from zlib import crc32

Speaker: TypeAlias = Literal["customer", "agent", "teammate", "note"]

_UNITS: Final = {"min": 1, "h": 60, "d": 24 * 60}
_SPEAKERS: Final[Mapping[str, Speaker]] = {
    ">": "customer", ">!": "customer", ">*": "customer", "<": "agent", "<!": "agent", "<?": "agent", "<-": "agent",
    "=": "agent", "@": "teammate", "#": "note",
}  # fmt: skip
_STATUSES: Final = {"<!": "failed", "<?": "unknown", "<-": "sent"}
_LINE: Final = re.compile(r"(>[!*]?|<[!?-]?|[=@#]) (.+)")
_PAUSE: Final = re.compile(r"\.\.\. (.+)")


@dataclass(frozen=True)
class Said:
    """One line. `choices` are offered times to tap; `status` is None where it follows from what came after."""

    speaker: Speaker
    text: str
    at: datetime
    status: str | None = None
    choices: tuple[str, ...] = ()
    tapped: bool = False
    blocked: bool = False


def passed(words: str) -> timedelta:
    """«12 min», «3 h» or «2 d»."""
    amount, unit = words.split()
    return timedelta(minutes=int(amount) * _UNITS[unit])


def read_script(talk: str, words: Mapping[str, str], ended: datetime) -> list[Said]:
    """The lines in order, the last one said at `ended`; `words` fill the holes of the texts.

    Raises ValueError for a line that is none.
    """
    signs: list[tuple[str, str]] = []
    pauses: list[timedelta] = []
    for line in filter(None, (line.strip() for line in talk.splitlines())):
        if pause := _PAUSE.fullmatch(line):
            pauses[-1] += passed(pause[1])
        elif found := _LINE.fullmatch(line):
            signs.append((found[1], found[2].format_map(words)))
            pauses.append(timedelta())
        else:
            raise ValueError(f"no line of a conversation: {line}")
    after = [pause + _gap(one[0], two[0], two[1]) for pause, (one, two) in zip(pauses, pairwise(signs), strict=False)]
    return [_said(sign, text, ended - sum(after[number:], timedelta())) for number, (sign, text) in enumerate(signs)]


def _gap(before: str, sign: str, text: str) -> timedelta:
    """The agent answers in seconds, people in minutes; the same words always take the same time."""
    noise = crc32(text.encode())
    if _SPEAKERS[sign] == "agent":
        return timedelta(seconds=12 + noise % 25)
    if _SPEAKERS[sign] == _SPEAKERS[before]:
        return timedelta(seconds=8 + noise % 30)
    return timedelta(seconds=70 + noise % 260)


def _said(sign: str, text: str, at: datetime) -> Said:
    body, *choices = (part.strip() for part in text.split("|")) if sign == "=" else (text,)
    return Said(
        speaker=_SPEAKERS[sign],
        text=body,
        at=at,
        status=_STATUSES.get(sign),
        choices=tuple(choices),
        tapped=sign == ">*",
        blocked=sign == ">!",
    )
