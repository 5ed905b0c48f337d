"""The ratios as bars in an SVG, each against its target: what a reader of the report sees first."""

from __future__ import annotations

from html import escape
from typing import Final

from bench.report import Target

_ROW: Final = 34
_LEFT: Final = 300
_WIDE: Final = 360
_STYLE: Final = "font: 13px system-ui, sans-serif"


def plot(targets: list[Target]) -> str:
    """A bar's length is the figure as a share of the target, which is the line; past it is good for ≥, bad for ≤."""
    rows = "".join(_bar(target, number * _ROW) for number, target in enumerate(targets))
    height = len(targets) * _ROW + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDE + 140}" height="{height}" style="{_STYLE}">'
        f'<rect width="100%" height="100%" fill="white"/>{rows}'
        f'<line x1="{_LEFT + _WIDE / 2}" x2="{_LEFT + _WIDE / 2}" y1="4" y2="{height - 8}" stroke="black"/></svg>\n'
    )


def _bar(target: Target, top: int) -> str:
    length = min(_WIDE, target.figure / target.bound * _WIDE / 2)
    colour = "#1b6e3c" if target.reached else "#b01e3a"
    said = f"{target.figure:.2f} ({target.sense} {target.bound:g})"
    return (
        f'<text x="8" y="{top + 22}">{escape(target.what)}</text>'
        f'<rect x="{_LEFT}" y="{top + 8}" width="{length:.0f}" height="18" fill="{colour}"/>'
        f'<text x="{_LEFT + _WIDE + 8}" y="{top + 22}">{escape(said)}</text>'
    )
