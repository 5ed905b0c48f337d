"""A summary by rules: what people said that carries facts, oldest first; the newest is kept where it gets too long.

Pure and deterministic; it is what a demo company has, and what stands where a model fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from core.prompt_security import inspect
from orchestrator_service.agent.situation import Line

LONGEST_EXTRACT: Final = 1500
LONGEST_SENTENCE: Final = 160
SHORTEST: Final = 4
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_PLACEHOLDER: Final = re.compile(r"\[[^\]]*\]")
_LABEL: Final = {"customer": "customer", "teammate": "teammate"}


def extract_summary(before: str, lines: Iterable[Line]) -> str:
    """What was summarised before, and what people said in `lines`: questions, figures and whole sentences.

    The agent's own words are left out: they follow from the records. What the screen does not plainly allow is left
    out as well.
    """
    kept = before.splitlines()
    for line in lines:
        label = _LABEL.get(line.role)
        if label is None:
            continue
        kept += [f"{label}: {sentence}" for sentence in _sentences(line.text) if f"{label}: {sentence}" not in kept]
    length, shown = 0, list[str]()
    for sentence in reversed(kept):
        length += len(sentence) + 1
        if length > LONGEST_EXTRACT:
            break
        shown.append(sentence)
    return "\n".join(reversed(shown))


def _sentences(text: str) -> list[str]:
    """The sentences that say something, each short enough to be read."""
    plain = _PLACEHOLDER.sub(" ", text)
    found = (" ".join(sentence.split())[:LONGEST_SENTENCE] for sentence in _SENTENCE.split(plain))
    return [sentence for sentence in found if _says_something(sentence) and inspect(sentence).action == "allow"]


def _says_something(sentence: str) -> bool:
    return len(_WORD.findall(sentence)) >= SHORTEST or any(char.isdigit() for char in sentence)
