r"""The sentences that the screen learns from, all our own: `tools/screen_data` and the talk of the demonstration.

`## name` begins a family; `(a|b|)` is a choice, also inside another; `@slot = a|b` names choices that `$slot` takes;
`\n` is a line break. Every draw comes from a generator that is seeded by the line itself, so the corpus is always the
same.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.prompt_normalise import fold, words
from nexus.demo.people import PEOPLE

FOLDER = Path(__file__).parent / "screen_data"
BLIND = Path(__file__).parents[1] / "tests" / "fixtures" / "screen"
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_SLOT = re.compile(r"\$([a-z]+)")
_SAID = re.compile(r"^.*?[<>] (?P<text>.+)$", re.MULTILINE)  # `>!` is a blocked message, `>*` a tap


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the corpus; `line` is the grammar that it was drawn from, `group` its file."""

    text: str
    hostile: bool
    group: str
    family: str
    line: int


def sentences(most: int = 14) -> Iterator[Sentence]:
    """Every sentence written by hand, and up to `most` draws from each grammar, in a fixed order.

    A sentence that the blind set has too is left out.
    """
    frozen = {_bare(line) for file in BLIND.glob("*.txt") for line in file.read_text("utf-8").splitlines()}
    yield from (one for one in _all(most) if _bare(one.text) not in frozen)


def _bare(text: str) -> str:
    return words(fold(text))


def _all(most: int) -> Iterator[Sentence]:
    for file in sorted(FOLDER.glob("*.txt")):
        slots: dict[str, str] = {}
        family = ""
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            if line.startswith("@"):
                name, _, choices = line[1:].partition(" = ")
                slots[name] = f"({choices})"
            elif line.startswith("## "):
                family = line[3:]
            elif line:
                hostile = file.stem.startswith("attacks")
                for text in _draws(line, slots, most):
                    yield Sentence(text, hostile, file.stem, family, number)

    for number, person in enumerate(PEOPLE):
        for said in _SAID.finditer(person.talk):
            yield Sentence(said["text"], False, f"ordinary_{person.language}", "demonstration", -number)


def _draws(line: str, slots: dict[str, str], most: int) -> list[str]:
    drawing = random.Random(line)  # noqa: S311 - a corpus that is the same each time
    found: dict[str, None] = {}
    for _ in range(most * 3):
        found.setdefault(_drawn(line, slots, drawing))
        if len(found) == most:
            break
    return list(found)


def _drawn(line: str, slots: dict[str, str], drawing: random.Random) -> str:
    text = _SLOT.sub(lambda match: slots[match.group(1)], line)
    while (match := _CHOICE.search(text)) is not None:
        text = text[: match.start()] + drawing.choice(match.group(1).split("|")) + text[match.end() :]
    return " ".join(text.replace("\\n", " \n ").split(" ")).strip()
