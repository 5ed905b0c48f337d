"""Interest of a lead, from its own words: a transparent sum of weighted signals with the quotes that caused it.

Serves PRODUCT 9.6: classification before any scheduling, explainable line by line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.folding import clause_at, clauses, composed, fold
from orchestrator_service.agent.demo_brain.signals import BASE, HOT, REFUSAL, SIGNALS, STATED_NEED, WARM, Signal
from orchestrator_service.agent.situation import Interest

MAX_QUOTES = 6
MAX_QUOTE = 160
_NEGATOR = re.compile(
    r"(?<!por que )(?<!why )\b(?:no|nunca|not|never|don'?t|doesn'?t|nao|nem|ni|sin|sem)\s+(?:\w+\s+){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The classified interest: `score` 0-100, `signals` by name, `evidence` quoted from the customer, oldest first.

    `reasons` are the sum line by line: each signal with its points.
    """

    interest: Interest
    score: int
    signals: frozenset[str]
    evidence: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def wants_to_meet(self) -> bool:
        """Whether the customer asked for a meeting or to buy."""
        return bool(self.signals & {"asks for a meeting", "wants to buy"})


def assess(lines: Sequence[str], *, known_need: str | None = None) -> Assessment:
    """Classify the customer's lines, oldest first; a later sign of interest overrides an earlier refusal.

    `known_need` is a need given as a bare answer or stored before: it weighs as much as a stated one.
    """
    found: dict[str, tuple[Signal, str]] = {}
    refused: str | None = None
    for line in lines:
        text = composed(line)
        if refusal := REFUSAL.pattern.search(fold(text)):
            found.clear()
            refused = clause_at(text, refusal.start())[:MAX_QUOTE]
            continue
        for signal, quote in _signals_of(text):
            found.setdefault(signal.name, (signal, quote))
            refused = None if signal.weight > 0 else refused
    if refused is not None:
        return Assessment("not_interested", 0, frozenset({REFUSAL.name}), (refused,), (_points(REFUSAL),))
    if known_need:
        found.setdefault(STATED_NEED.name, (STATED_NEED, known_need[:MAX_QUOTE]))
    score = max(0, min(100, BASE + sum(signal.weight for signal, _ in found.values())))
    quotes = tuple(dict.fromkeys(quote for _, quote in found.values()))[:MAX_QUOTES]
    reasons = tuple(_points(signal) for signal, _ in found.values())
    return Assessment(_interest(score), score, frozenset(found), quotes, reasons)


def _points(signal: Signal) -> str:
    return f"{signal.name} {signal.weight:+d}"


def _interest(score: int) -> Interest:
    if score >= HOT:
        return "hot"
    return "warm" if score >= WARM else "cold"


def _signals_of(text: str) -> list[tuple[Signal, str]]:
    folded = fold(text)
    seen: list[tuple[Signal, str]] = []
    for signal in SIGNALS:
        for start, end in clauses(folded):
            match = signal.pattern.search(folded, start, end)
            if match is None or (signal.negatable and _NEGATOR.search(folded[start : match.start()])):
                continue
            seen.append((signal, text[start:end].strip()[:MAX_QUOTE]))
            break
    return seen
