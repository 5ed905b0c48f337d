"""How a passage stands before a model, and how a reply says what it rests on: `[K12]`, taken out again. Pure.

The marks are the model's word alone: what is kept as cited are passages that this turn was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from orchestrator_service.knowledge.models import Passage

SEARCH_TOOL: Final = "search_knowledge"
_MARK: Final = re.compile(r"[^\S\n]?[\[(【](?:K\d{1,18}(?:\s?[,;]\s?)?){1,9}[\])】]")
_ID: Final = re.compile(r"K(\d{1,18})")
_SOURCE: Final = re.compile(r"\[K(?P<id>\d{1,18})\] (?P<heading>[^\n]*)\n(?P<body>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A passage as it stood before the model."""

    id: int
    heading: str
    body: str


def mark(passage_id: int) -> str:
    """What a reply that rests on the passage says."""
    return f"[K{passage_id}]"


def as_source(passage: Passage) -> str:
    """The passage with its mark, for a prompt or a tool's result."""
    page = f", p. {passage.page}" if passage.page is not None else ""
    return f"{mark(passage.id)} {' '.join(passage.heading.split())}{page}\n{passage.body}"


def read_source(text: str) -> SourceText | None:
    """The passage again; None of what is none."""
    found = _SOURCE.fullmatch(text)
    return SourceText(int(found["id"]), found["heading"], found["body"]) if found else None


def cited_in(reply: str) -> tuple[int, ...]:
    """The passages that a reply says it rests on, each once, in order."""
    return tuple(dict.fromkeys(int(one) for found in _MARK.findall(reply) for one in _ID.findall(found)))


def without_marks(reply: str) -> str:
    """What the customer reads."""
    return _MARK.sub("", reply)


def given_in(sources: Iterable[str]) -> frozenset[int]:
    """The ids of the passages among these texts."""
    return frozenset(found.id for text in sources if (found := read_source(text)) is not None)
