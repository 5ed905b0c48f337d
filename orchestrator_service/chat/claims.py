"""What a reply claims to have done, held against what was done (PRODUCT §9.4).

Pure. A claim is a statement of fact: questions, offers, conditions, negations and the future are none. In doubt a
statement counts as a claim, because its price is one regeneration and that of a false booking is a lost customer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from orchestrator_service.chat.claim_words import (
    CLAIMS,
    CONDITION,
    FOR_YOU,
    GUARD,
    INTERROGATIVE,
    MONEY_MATTERS,
    MONTHS,
    ORDINAL_OF,
    TAKEN,
    WEEKDAYS,
    ActionKind,
)
from orchestrator_service.chat.figures import figures, is_quoted

ClaimKind = Literal["booked", "confirmed", "cancelled", "rescheduled", "amount", "percentage"]

_SENTENCE = re.compile(r"[^.!?\n¿]*(?:[.,](?=\d)[^.!?\n¿]*|\.(?=m\b)[^.!?\n¿]*)*[.!?\n]*|¿[^?\n]*\?*")
_CLAUSE = re.compile(
    r",(?!\d)|;|\s[-\u2013\u2014]\s|:(?!\d)"
    r"|\by (?=si\b)|\band (?=if\b)|\be (?=se\b)|\bpero\b|\bbut\b|\bmas\b|\bporque\b"
)
_TIME = re.compile(
    r"(?<![\d/.,])(?P<hour>[01]?\d|2[0-3])(?:(?::|h)(?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?\s?m\b)?"
    r"|\s?(?P<half_only>[ap])\.?\s?m\b|\s?(?:h|hs|hrs|horas)\b)"
    r"|\b(?:a las?|às?|at)\s(?P<bare>[01]?\d|2[0-3])(?![\d:/%]|h\d|\s?[ap]\.?\s?m\b)"
)
_DAY = re.compile(
    rf"(?<![\d/])(?P<numeric>[0-3]?\d)/(?:[01]?\d)(?:/\d\d(?:\d\d)?)?(?!\d)"
    rf"|\b(?P<named>[0-3]?\d)\.?(?:st|nd|rd|th)?\s(?:de |of )?(?:{MONTHS})\b"
    rf"|\b(?:{MONTHS})\s(?P<english>[0-3]?\d)(?:st|nd|rd|th)?\b"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b(?!\s(?:{ORDINAL_OF}))")
_NOON = 12

_SAFE = {
    "es": "Déjame revisarlo con el equipo y te respondo enseguida.",
    "pt": "Deixe-me verificar isso com a equipe e já respondo.",
    "en": "Let me check that with the team and I will get right back to you.",
}


@dataclass(frozen=True, slots=True)
class Effects:
    """What a reply may speak of: the effects committed in this turn, the lead's meetings, the figures it was given.

    Datetimes are aware and in the zone the customer is spoken to in. `rescheduled` holds the new starts. A meeting
    cancelled in an earlier turn counts as `cancelled`. Figures are texts in any notation: `US$ 90`, `20%`, `90`.
    """

    booked: tuple[datetime, ...] = ()
    cancelled: bool = False
    rescheduled: tuple[datetime, ...] = ()
    existing_meetings: tuple[datetime, ...] = ()
    quoted_figures: frozenset[str] = field(default_factory=frozenset[str])


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the reply that nothing supports; `text` is its clause in lower case, or the figure."""

    kind: ClaimKind
    text: str


@dataclass(frozen=True, slots=True)
class _Statement:
    kind: ActionKind
    clause: str
    sentence: str


def check_claims(reply: str, effects: Effects) -> tuple[Claim, ...]:
    """The unsupported claims in order, actions before figures; empty when the reply may be sent."""
    unsupported = [
        Claim(statement.kind, statement.clause)
        for statement in _statements(reply)
        if not _is_supported(statement, effects)
    ]
    unsupported += [
        Claim("percentage" if figure.percent else "amount", figure.text)
        for figure in figures(reply)
        if not is_quoted(figure, effects.quoted_figures)
    ]
    return tuple(dict.fromkeys(unsupported))


def safe_text(language: str) -> str:
    """A text that claims nothing, for a BCP 47 tag (`es-AR`); English where the language is not spoken here."""
    return _SAFE.get(re.split(r"[-_]", language.casefold())[0], _SAFE["en"])


def _statements(reply: str) -> Iterator[_Statement]:
    text = re.sub(r"[*_~`]", "", reply).replace("\u2019", "'")
    for sentence in _SENTENCE.findall(text):
        lowered = sentence.casefold()
        clauses = [clause.strip() for clause in _CLAUSE.split(lowered)]
        asked = len(clauses) if lowered.lstrip().startswith("¿") else int("?" in lowered)
        conditional = False
        for clause in clauses[: len(clauses) - asked]:
            if asked and INTERROGATIVE.match(clause):
                break
            for kind in _claimed(clause):
                if not conditional:
                    yield _Statement(kind, clause.rstrip(".! "), lowered)
            conditional = bool(CONDITION.match(clause))


def _claimed(clause: str) -> Iterator[ActionKind]:
    """The kinds a clause claims: a claim's words with nothing before or around them that takes the claim back."""
    if TAKEN.search(clause) and not FOR_YOU.search(clause):
        return
    for kind, pattern in CLAIMS:
        for match in pattern.finditer(clause):
            if not GUARD.search(clause[: match.end()]) and not CONDITION.search(clause):
                yield kind
                break


def _is_supported(statement: _Statement, effects: Effects) -> bool:
    if MONEY_MATTERS.search(statement.clause):
        return False
    if statement.kind == "cancelled":
        return effects.cancelled
    known = effects.rescheduled
    if statement.kind != "rescheduled":
        known += effects.booked + effects.existing_meetings
    return any(_agrees(statement.sentence, meeting) for meeting in known)


def _agrees(sentence: str, meeting: datetime) -> bool:
    """Whether every sort of date that the sentence names (day, weekday, time) is named right at least once."""
    days = {int(next(filter(None, match.groups()))) for match in _DAY.finditer(sentence)}
    weekdays = {WEEKDAYS[name] for name in _WEEKDAY.findall(sentence)}
    times = {time for match in _TIME.finditer(sentence) for time in _times(match)}
    return (
        (not days or meeting.day in days)
        and (not weekdays or meeting.weekday() in weekdays)
        and (not times or (meeting.hour, meeting.minute) in times)
    )


def _times(match: re.Match[str]) -> set[tuple[int, int]]:
    """The clock times a mention may mean; `a las 3` may be at night or in the afternoon."""
    hour, minute = int(match["hour"] or match["bare"]), int(match["minute"] or 0)
    half = match["half"] or match["half_only"]
    if half:
        return {(hour % _NOON + (_NOON if half == "p" else 0), minute)}
    return {(hour, minute)} | ({(hour + _NOON, minute)} if 0 < hour < _NOON else set())
