"""What a canned reply leaves open, as people write it: `{nombre}`, `{fecha de la reunión}`, in es, en or pt. Pure.

A variable that is known is filled; one that is not stays as it stands, a gap to fill by hand, and no message leaves
with one. Braces around anything else are the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from orchestrator_service.leads.searching import fold

Facts = Mapping[str, str | None]

# The field of `templates/fills.py` that each name means; the first name of a field in each language is what is offered.
NAMES: Final[Mapping[str, str]] = {
    "nombre": "first_name", "name": "first_name", "nome": "first_name",
    "vendedor": "seller", "seller": "seller",
    "empresa": "our_company", "company": "our_company",
    "agente": "agent", "agent": "agent",
    "necesidad": "need", "need": "need", "necessidade": "need",
    "fecha de la reunion": "meeting_day", "meeting day": "meeting_day", "data da reuniao": "meeting_day",
    "hora de la reunion": "meeting_time", "meeting time": "meeting_time", "hora da reuniao": "meeting_time",
}  # fmt: skip
_BRACES: Final = re.compile(r"\{\s*([^{}\n]{1,40}?)\s*\}")
_SPACES: Final = re.compile(r"\s+")


def field_of(name: str) -> str | None:
    """The field that a name in braces means; None where it is no variable."""
    return NAMES.get(_SPACES.sub(" ", fold(name)))


def fill(text: str, facts: Facts) -> str:
    """The text with what is known in its place, on one line each; a gap stays as it was written."""

    def value(found: re.Match[str]) -> str:
        known = facts.get(field_of(found[1]) or "") or ""
        # A value with braces of its own must not be read as a variable.
        return _SPACES.sub(" ", known).strip().replace("{", "(").replace("}", ")") or found[0]

    return _BRACES.sub(value, text)


def gaps_in(text: str) -> tuple[str, ...]:
    """The variables that are still open, as they were written, each once."""
    return tuple(dict.fromkeys(found[1] for found in _BRACES.finditer(text) if field_of(found[1]) is not None))


def unknown_in(text: str) -> tuple[str, ...]:
    """Names in braces that are no variable of ours: most likely a slip of the pen."""
    return tuple(dict.fromkeys(found[1] for found in _BRACES.finditer(text) if field_of(found[1]) is None))
