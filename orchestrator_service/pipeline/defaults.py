"""The pipeline that a company starts with, named in its language. The keys are the vocabulary that code relies on."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["es", "en", "pt"]

STAGES: Final[tuple[tuple[str, str], ...]] = (
    ("new", "open"),
    ("contacted", "open"),
    ("qualified", "open"),
    ("meeting", "open"),
    ("proposal", "open"),
    ("won", "won"),
    ("lost", "lost"),
)
STAGE_NAMES: Final[dict[Language, tuple[str, ...]]] = {
    "es": ("Nuevo", "Contactado", "Calificado", "Reunión", "Propuesta", "Ganado", "Perdido"),
    "en": ("New", "Contacted", "Qualified", "Meeting", "Proposal", "Won", "Lost"),
    "pt": ("Novo", "Contatado", "Qualificado", "Reunião", "Proposta", "Ganho", "Perdido"),
}


def is_default_name(key: str, name: str) -> bool:
    """Whether a stage is still called as it began, in whichever language."""
    keys = [known for known, _ in STAGES]
    return key in keys and any(names[keys.index(key)] == name for names in STAGE_NAMES.values())
