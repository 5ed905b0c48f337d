"""Figures that a test measured, kept for people beside the screenshots."""

from __future__ import annotations

import json
from typing import Final

from nexus.webbuild import ROOT

FIGURES: Final = ROOT / ".artefacts" / "figures.jsonl"


def note_figure(what: str, figure: object) -> None:
    """Append one line, `{"what": figure}`, to the artefacts."""
    FIGURES.parent.mkdir(exist_ok=True)
    with FIGURES.open("a", encoding="utf-8") as file:
        file.write(json.dumps({what: figure}) + "\n")
