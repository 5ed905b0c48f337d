"""Answers from what the tenant wrote: its summary and its knowledge passages, cited; never an amount of our own."""

import re

from core.folding import fold
from orchestrator_service.agent.demo_brain.turn import Turn

MAX_PASSAGE = 240
MIN_WORD = 4
MIN_SHARED = 2
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_PRICED = re.compile(r"\d|%|gratis|free|gratuit")
_AMOUNT = re.compile(r"[\d%]")


def join(*parts: str) -> str:
    """The non-empty parts as paragraphs of one message."""
    return "\n".join(part for part in parts if part)


def answers(turn: Turn) -> tuple[str, ...]:
    """What the burst asked and the tenant's own words answer: introduction, identity, price, summary, passages."""
    reading = turn.reading
    wording, intents = reading.wording, reading.intents
    parts: list[str] = []
    if intents.bot:
        parts.append(turn.text(wording.bot))
    elif not reading.introduced:
        parts.append(turn.text(wording.introduction))
    if intents.price:
        passage = _passage(turn, priced=True)
        parts.append(turn.text(wording.cited, passage=passage) if passage else wording.price_unknown)
    elif intents.what and (summary := _summary(turn)):
        parts.append(turn.text(wording.summary, summary=summary))
    elif intents.question and (passage := _passage(turn, priced=False)):
        parts.append(turn.text(wording.cited, passage=passage))
    return tuple(parts)


def unanswered(turn: Turn, parts: tuple[str, ...]) -> bool:
    """Whether the burst asks a question that `parts`, the result of `answers`, do not answer."""
    intents = turn.reading.intents
    known = intents.price or intents.what or intents.bot or len(parts) > (not turn.reading.introduced)
    return intents.question and not known


def _summary(turn: Turn) -> str:
    """The tenant's offer in one line; left out where it names an amount, which needs a citation."""
    summary = " ".join(turn.situation.offer_summary.split())
    return "" if _AMOUNT.search(summary) else summary[:MAX_PASSAGE]


def _passage(turn: Turn, *, priced: bool) -> str:
    """The sentence of the knowledge that shares most words with the question; a price must be in it if `priced`."""
    asked = _content(" ".join(turn.situation.burst))
    best, most = "", 0 if priced else MIN_SHARED - 1
    for sentence in (each for passage in turn.situation.knowledge for each in _SENTENCE.split(passage.strip())):
        if priced and not _PRICED.search(fold(sentence)):
            continue
        shared = len(asked & _content(sentence)) + priced
        if shared > most:
            best, most = sentence, shared
    return best.strip()[:MAX_PASSAGE]


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]+", fold(text)) if len(word) >= MIN_WORD)
