"""Cuts a document into passages: by headings first, then by paragraphs and sentences, never beyond a bound. Pure.

A passage is a span of the document's text, so nothing is lost and nothing is made up: every character that is no space
lies in a passage. One that goes on from the passage before in the same section begins with its last sentences, so that
what stands on the border is found from both sides. Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 1200
OVERLAP: Final = 160
LONGEST_HEADING: Final = 600
PATH: Final = " \u203a "
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<name>\S.*)")
_PIECE = re.compile(r"[^\n.!?;]*(?:[.!?;]+(?=\s)\s?|\n|[.!?;]+|$)")


@dataclass(frozen=True, slots=True)
class Chunk:
    """`text` is the document's from `start` to `end`; `heading` the path of headings above it; `page` that of a PDF."""

    text: str
    heading: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    start: int
    end: int


def chunks_of(text: str, *, page: int | None = None) -> tuple[Chunk, ...]:
    """The passages of a text in order, each of `LONGEST` characters at most; none of a text without any."""
    return tuple(
        Chunk(text[start:end], section.heading, page, start, end)
        for section in _sections(text)
        for start, end in _spans(text, section)
    )


def chunks_of_pages(pages: Sequence[str]) -> tuple[Chunk, ...]:
    """The passages of a document in pages, which are numbered from 1."""
    return tuple(chunk for number, text in enumerate(pages, start=1) for chunk in chunks_of(text, page=number))


def _sections(text: str) -> Iterator[_Section]:
    """What stands under each heading, its own line first; what comes before the first one has none."""
    path: list[tuple[int, str]] = []
    start, at = 0, 0
    for line in text.splitlines(keepends=True):
        found = _HEADING.fullmatch(line.rstrip())
        if found is not None:
            if at > start:
                yield _Section(_joined(path), start, at)
            depth = len(found["marks"])
            path = [(level, name) for level, name in path if level < depth]
            path.append((depth, found["name"].strip("# \t")))
            start = at
        at += len(line)
    if at > start:
        yield _Section(_joined(path), start, at)


def _joined(path: list[tuple[int, str]]) -> str:
    return PATH.join(name for _, name in path)[:LONGEST_HEADING]


def _spans(text: str, section: _Section) -> Iterator[tuple[int, int]]:
    """Whole sentences as long as they fit; where one begins anew, it goes back over the last ones."""
    begun: int | None = None
    ends: list[int] = []  # where each piece of the passage at hand ends
    for start, end in _pieces(text, section):
        if begun is not None and end - begun > LONGEST:
            yield _trimmed(text, begun, ends[-1])
            begun = _back(ends, start, end)
            ends = []
        if begun is None:
            begun = start
        ends.append(end)
    if begun is not None:
        yield _trimmed(text, begun, ends[-1])


def _back(ends: list[int], start: int, end: int) -> int:
    """Where the next passage begins, so that it holds the last sentences before `start` and still its own."""
    fitting = [known for known in ends[:-1] if start - known <= OVERLAP and end - known <= LONGEST]
    return fitting[0] if fitting else start


def _pieces(text: str, section: _Section) -> Iterator[tuple[int, int]]:
    """Sentences and lines with their spaces, each of `LONGEST` characters at most; none of spaces alone."""
    at = section.start
    while at < section.end:
        found = _PIECE.match(text, at, section.end)
        end = found.end() if found is not None and found.end() > at else at + 1
        for start in range(at, end, LONGEST):
            stop = min(start + LONGEST, end)
            if text[start:stop].strip():
                yield start, stop
        at = end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())
