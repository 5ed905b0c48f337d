"""Whom the customer wants to meet: "con Luis Gómez", "with Dr. Lee". Which seller that is, the agenda decides."""

import re
from collections.abc import Sequence

from core.folding import composed, fold
from orchestrator_service.agent.demo_brain.names import is_first_name
from orchestrator_service.agent.situation import OfferView

_TITLE = r"(?:(?:el|la|o|a|dr|dra|lic|ing|arq|prof|sr|sra|srta|doctor|doctora|mr|mrs|ms)\b\.? )*"
_WITH = re.compile(rf"\b(?:con|with|com) {_TITLE}(?P<name>[^\W\d_]+(?:[ '-][^\W\d_]+){{0,3}})")
_PARTICLES = frozenset({"de", "del", "la", "los", "las", "da", "do", "dos", "das", "van", "von"})


def wanted_seller(text: str) -> str | None:
    """The name after "with": capitalised words, or ones that begin with a common first name; None for anything else."""
    written = composed(text)
    for found in _WITH.finditer(fold(written)):
        start, end = found.span("name")
        words = written[start:end].split()
        kept: list[str] = []
        for word in words:
            named = word[0].isupper() or (bool(kept) and fold(word) in _PARTICLES)
            if not named and not (is_first_name(word) if not kept else kept[0][0].islower()):
                break
            kept.append(word)
        while kept and fold(kept[-1]) in _PARTICLES:
            kept.pop()
        if kept:
            return " ".join(kept)
    return None


def with_seller(text: str, offers: Sequence[OfferView]) -> tuple[OfferView, ...]:
    """The offers of whom the text names after "with", by as much of the name as it says; none where it names nobody."""
    best: list[OfferView] = []
    most = 0
    for found in _WITH.finditer(fold(text)):
        said = found["name"].split()
        for offer in offers:
            own = frozenset(fold(offer.seller_name).split())
            agreeing = 0
            while agreeing < len(said) and said[agreeing] in own:
                agreeing += 1
            if agreeing > most:
                best, most = [offer], agreeing
            elif agreeing == most and agreeing and offer not in best:
                best.append(offer)
    return tuple(best)
