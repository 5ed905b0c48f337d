"""Two small plots as inline SVG. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

_ROW: Final = 26
_LEFT: Final = 150
_WIDE: Final = 420
_BINS: Final = 12
_HIGH: Final = 90
_STYLE: Final = "font: 13px system-ui, sans-serif"


def bars(rows: Sequence[tuple[str, int, int]]) -> str:
    """A bar for each (name, passed, all): what passed in green, what did not in red."""
    drawn = "".join(_bar(number, *row) for number, row in enumerate(rows))
    return _svg(_LEFT + _WIDE + 90, len(rows) * _ROW + 8, "Passed by folder", drawn)


def spread(figures: Sequence[float], unit: str) -> str:
    """How many figures lie in each of twelve parts between nothing and the largest."""
    most = max(figures, default=0.0)
    if most <= 0:
        return ""
    counts = [0] * _BINS
    for figure in figures:
        counts[min(_BINS - 1, int(figure / most * _BINS))] += 1
    width = (_LEFT + _WIDE) / _BINS
    drawn = "".join(
        f'<rect x="{number * width + 1:.0f}" y="{_HIGH - count / max(counts) * _HIGH + 16:.0f}" '
        f'width="{width - 2:.0f}" height="{count / max(counts) * _HIGH:.0f}" fill="#5b8def"/>'
        f'<text x="{number * width + width / 2:.0f}" y="{_HIGH - count / max(counts) * _HIGH + 12:.0f}" '
        f'text-anchor="middle">{count or ""}</text>'
        for number, count in enumerate(counts)
    )
    ends = (
        f'<text x="0" y="{_HIGH + 34}">0 {escape(unit)}</text>'
        f'<text x="{_LEFT + _WIDE}" y="{_HIGH + 34}" text-anchor="end">{most:.3g} {escape(unit)}</text>'
    )
    return _svg(_LEFT + _WIDE, _HIGH + 40, f"Spread in {unit}", drawn + ends)


def _bar(number: int, name: str, passed: int, every: int) -> str:
    top, good = number * _ROW, _WIDE * passed / every
    return (
        f'<text x="0" y="{top + 18}">{escape(name)}</text>'
        f'<rect x="{_LEFT}" y="{top + 5}" width="{_WIDE}" height="16" fill="#b01e3a"/>'
        f'<rect x="{_LEFT}" y="{top + 5}" width="{good:.0f}" height="16" fill="#2c8a55"/>'
        f'<text x="{_LEFT + _WIDE + 8}" y="{top + 18}">{passed} of {every}</text>'
    )


def _svg(width: int, height: int, what: str, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(what)}" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" style="{_STYLE}">{drawn}</svg>'
    )
