"""The pipeline that a company starts with, named in its language. The keys are the vocabulary that code relies on."""

from __future__ import annotations

from typing import Final, Literal

FIRST_STAGE: Final = "new"  # where every lead begins

Language = Literal["es", "en", "pt"]

# Key, kind, and how likely (out of a hundred) one of its leads is won.
STAGES: Final[tuple[tuple[str, str, int], ...]] = (
    (FIRST_STAGE, "open", 10),
    ("contacted", "open", 20),
    ("qualified", "open", 40),
    ("meeting", "open", 60),
    ("proposal", "open", 80),
    ("won", "won", 100),
    ("lost", "lost", 0),
)
STAGE_NAMES: Final[dict[Language, tuple[str, ...]]] = {
    "es": ("Nuevo", "Contactado", "Calificado", "Reunión", "Propuesta", "Ganado", "Perdido"),
    "en": ("New", "Contacted", "Qualified", "Meeting", "Proposal", "Won", "Lost"),
    "pt": ("Novo", "Contatado", "Qualificado", "Reunião", "Proposta", "Ganho", "Perdido"),
}


# Why leads are lost, until the company says it otherwise.
LOST_REASONS: Final[dict[Language, tuple[str, ...]]] = {
    "es": ("Precio", "No respondió", "Eligió a otro", "No es el momento", "No es para nosotros"),
    "en": ("Price", "No answer", "Chose somebody else", "Not the moment", "Not for us"),
    "pt": ("Preço", "Não respondeu", "Escolheu outro", "Não é o momento", "Não é para nós"),
}


def is_default_name(key: str, name: str) -> bool:
    """Whether a stage is still called as it began, in whichever language."""
    keys = [known for known, *_ in STAGES]
    return key in keys and any(names[keys.index(key)] == name for names in STAGE_NAMES.values())
