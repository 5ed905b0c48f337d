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
