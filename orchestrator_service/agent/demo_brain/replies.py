"""Answers from what the tenant wrote: its summary and its knowledge passages, cited; never an amount of our own."""

import re

from core.folding import fold
from orchestrator_service.agent.demo_brain.turn import Turn
from orchestrator_service.knowledge.citing import SEARCH_TOOL, SourceText, mark, read_source

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


def asks_facts(turn: Turn) -> bool:
    """Whether the burst asks something that no rule answers: it is for the knowledge to say."""
    reading, intents = turn.reading, turn.reading.intents
    if intents.price:
        return True
    ruled = intents.what or intents.bot or intents.person or intents.cancel or intents.move or intents.other_times
    about_a_time = reading.when is not None or reading.pick is not None or reading.said.wants_to_meet
    own = intents.own_meeting and turn.meeting is not None
    return intents.question and not (ruled or about_a_time or own)


def looked_up(turn: Turn) -> tuple[SourceText, ...] | None:
    """What the knowledge answered in this turn, best first, nothing where it does not know; None where unasked."""
    result = turn.succeeded(SEARCH_TOOL)
    if result is None:
        return None
    listed = result.get("passages")
    texts = listed if isinstance(listed, list | tuple) else ()
    return tuple(found for text in texts if isinstance(text, str) and (found := read_source(text)) is not None)


def _passage(turn: Turn, *, priced: bool) -> str:
    """What is cited: of the passages that were looked up the best, else a sentence of what was known before."""
    sources = looked_up(turn)
    if sources is None:
        return _sentence(turn, [(text, "") for text in _known_before(turn)], priced=priced)
    if not sources:
        return ""
    found = _sentence(turn, [(source.body, mark(source.id)) for source in sources], priced=priced)
    return found or f"{_beginning(sources[0].body)}{mark(sources[0].id)}"


def _known_before(turn: Turn) -> list[str]:
    sources = [(read_source(text), text) for text in turn.situation.knowledge]
    return [source.body if source is not None else text for source, text in sources]


def _sentence(turn: Turn, passages: list[tuple[str, str]], *, priced: bool) -> str:
    """The sentence that shares most words with the question, and its mark; a price must be in it if `priced`."""
    asked = _content(" ".join(turn.situation.burst))
    best, most = "", 0 if priced else MIN_SHARED - 1
    for text, source in passages:
        for sentence in _SENTENCE.split(text.strip()):
            if sentence.startswith("#") or (priced and not _PRICED.search(fold(sentence))):
                continue
            shared = len(asked & _content(sentence)) + priced
            if shared > most:
                best, most = f"{sentence.strip()[:MAX_PASSAGE]}{source}", shared
    return best


def _beginning(body: str) -> str:
    """The first sentences of a passage, without its heading."""
    text = " ".join(line for line in body.splitlines() if not line.startswith("#"))
    whole = list[str]()
    for sentence in _SENTENCE.split(" ".join(text.split())):
        if whole and sum(map(len, whole)) + len(sentence) > MAX_PASSAGE:
            break
        whole.append(sentence)
    return " ".join(whole)[:MAX_PASSAGE]


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]+", fold(text)) if len(word) >= MIN_WORD)
