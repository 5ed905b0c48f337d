"""Which offered time a customer means: by its label, its place in the list, its date or hour, or a plain yes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from core.folding import fold
from orchestrator_service.agenda.date_words import When
from orchestrator_service.agent.demo_brain.intents import Intents
from orchestrator_service.agent.demo_brain.sellers import wanted_seller, with_seller
from orchestrator_service.agent.situation import OfferView

_WORDS = (
    r"primer[oa]?|primeir[oa]|first|1(?:ro|ra|er|st)",
    r"segund[oa]|second|2(?:do|da|nd)",
    r"tercer[oa]?|terceir[oa]|third|3(?:ro|ra|er|rd)",
)
_ORDINALS = tuple(re.compile(rf"\b(?:(?:el|la|the|o|a)\s+)?(?:{words})\b(?!-|\s?feira)") for words in _WORDS)
_DEADLINE = re.compile(r"\b(?:necesit\w+|need\w*|precis[oa]\w*)\b")
_LAST = re.compile(r"\b(?:el|la|the|o|a) (?:ultim[oa]|last)(?: one)?\b")
_NUMBERED = re.compile(r"\b(?:opcion|option|opcao|numero|number|n[.°º]?) ?(\d)\b|^\W*(?:(?:el|la|o|a|the) )?(\d)\W*$")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Exactly one offer is meant."""

    offer: OfferView


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several offers fit what was said, in the order shown."""

    offers: tuple[OfferView, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A date or time was named that no live offer has."""


@dataclass(frozen=True, slots=True)
class Burst:
    """The joined messages of the turn and what was read from them."""

    text: str
    when: When | None
    intents: Intents


Pick: TypeAlias = Chosen | Ambiguous | Missed


def shown_offers(last_agent_text: str, offers: Sequence[OfferView]) -> tuple[OfferView, ...]:
    """The live offers that the agent's last message listed, in its order; each on a line with its label."""
    lines = last_agent_text.splitlines()
    shown: list[OfferView] = []
    for line in lines:
        fitting = [offer for offer in offers if offer.label in line and offer not in shown]
        with_seller = [offer for offer in fitting if offer.seller_name in line]
        shown += (with_seller or fitting)[:1]
    return tuple(shown)


def pick(burst: Burst, shown: Sequence[OfferView], offers: Sequence[OfferView], zone: str) -> Pick | None:
    """The offer meant by the joined burst, or None where it is not about the offers at all.

    `shown` is what the agent's last message listed; `offers` are all live ones. A question such as "is there anything
    on Thursday?" or a deadline such as "I need it by Friday" never chooses.
    """
    if not offers:
        return None
    folded = fold(burst.text)
    if theirs := with_seller(burst.text, shown or offers):
        return _of_seller(burst, folded, theirs, zone)
    if wanted_seller(burst.text) and burst.when is not None:
        return Missed()
    listed = tuple(shown) or tuple(offers)
    named = [offer for offer in listed if fold(offer.label) in folded]
    if len(named) == 1:
        return Chosen(named[0])
    dated = _dated(burst.when, listed, offers, zone)
    if isinstance(dated, Chosen) and _hedged(burst, folded):
        return Ambiguous((dated.offer,))
    ordinal = None if isinstance(dated, Chosen) else _ordinal(folded, listed)
    return ordinal or dated or _accepted(burst, shown)


def _of_seller(burst: Burst, folded: str, theirs: Sequence[OfferView], zone: str) -> Pick | None:
    """What is meant among the offers of whom the customer wants to meet; one alone is meant by the name itself."""
    dated = _dated(burst.when, theirs, theirs, zone)
    meant = (None if isinstance(dated, Chosen) else _ordinal(folded, theirs)) or dated
    if meant is None:
        meant = Chosen(theirs[0]) if len(theirs) == 1 else Ambiguous(tuple(theirs))
    return Ambiguous((meant.offer,)) if isinstance(meant, Chosen) and _hedged(burst, folded) else meant


def _hedged(burst: Burst, folded: str) -> bool:
    asks = burst.intents.question and burst.intents.asks_whether
    return asks or bool(_DEADLINE.search(folded))


def _accepted(burst: Burst, shown: Sequence[OfferView]) -> Pick | None:
    if not burst.intents.yes or not shown:
        return None
    return Chosen(shown[0]) if len(shown) == 1 else Ambiguous(tuple(shown))


def _dated(when: When | None, listed: Sequence[OfferView], offers: Sequence[OfferView], zone: str) -> Pick | None:
    if when is None or not when.precise:
        return None
    for group in (listed, offers):
        fitting = [offer for offer in group if when.fits(_local(offer, zone))]
        if len({offer.starts_at for offer in fitting}) == 1 and (group is not listed or _one_seller(fitting)):
            return Chosen(fitting[0])
        if fitting:
            return Ambiguous(tuple(fitting))
    return Missed()


def _one_seller(offers: Sequence[OfferView]) -> bool:
    """Who was shown one time with two sellers has not chosen between them by naming the time."""
    return len({offer.seller_name for offer in offers}) == 1


def _ordinal(folded: str, listed: Sequence[OfferView]) -> Chosen | None:
    numbered = _NUMBERED.search(folded)
    if numbered:
        return _nth(int(numbered[1] or numbered[2]) - 1, listed)
    if _LAST.search(folded):
        return _nth(len(listed) - 1, listed)
    places = [place for place, pattern in enumerate(_ORDINALS) if pattern.search(folded)]
    return _nth(places[0], listed) if len(places) == 1 else None


def _nth(place: int, listed: Sequence[OfferView]) -> Chosen | None:
    return Chosen(listed[place]) if 0 <= place < len(listed) else None


def _local(offer: OfferView, zone: str) -> datetime:
    return offer.starts_at.astimezone(ZoneInfo(zone))
