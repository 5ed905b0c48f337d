"""The words with which people end advertising, and with which they want it again. Pure.

Only a message that says nothing else counts: «¿cuándo dan de baja el descuento?» is a question.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 40
_NO: Final = frozenset(
    {
        "stop", "baja", "alto", "cancelar suscripcion", "dar de baja", "darme de baja", "dame de baja", "unsubscribe",
        "stop promotions", "no mas mensajes", "parar", "sair", "descadastrar", "remover", "cancelar inscricao",
    }
)  # fmt: skip
_YES: Final = frozenset({"start", "alta", "unstop", "dar de alta", "dame de alta", "voltar", "recadastrar"})
_OTHER: Final = re.compile(r"[^\w\s]+")


def consent_in(text: str) -> bool | None:
    """False where the message takes consent to advertising back, True where it gives it, None for anything else."""
    if len(text) > LONGEST:
        return None
    plain = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))
    words = " ".join(_OTHER.sub(" ", plain).split())
    if words in _NO:
        return False
    return True if words in _YES else None
