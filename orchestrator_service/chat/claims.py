"""What a reply claims to have done, held against what was done (PRODUCT §9.4).

Pure. A claim is a statement of fact: questions, offers, conditions, negations and the future are none. In doubt a
statement counts as a claim, because its price is one regeneration and that of a false booking is a lost customer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from orchestrator_service.chat.claim_guards import (
    A_MEETING,
    AFTER_ALL,
    CONDITION,
    FOR_YOU,
    GENERAL,
    GUARD,
    HABIT,
    INTERROGATIVE,
    MONEY_MATTERS,
    MONTHS,
    MONTHS_AHEAD,
    NEGATION,
    NO_MEETING,
    ORDINAL_OF,
    PAST,
    REPORTED,
    SHORT_WEEKDAYS,
    TAKEN,
    WEEKDAYS,
    WISH,
)
from orchestrator_service.chat.claim_words import (
    A_TIME,
    AGREED,
    CLAIMS,
    FIRM,
    FOR_US,
    OFFERED,
    SOOTHING,
    ActionKind,
)
from orchestrator_service.chat.figures import figures, is_quoted

ClaimKind = Literal["booked", "confirmed", "cancelled", "rescheduled", "amount", "percentage"]

_SENTENCE = re.compile(r"[^.!?\n¿]*(?:[.,](?=\d)[^.!?\n¿]*|\.(?=m\b)[^.!?\n¿]*)*[.!?\n]*|¿[^?\n]*\?*")
_CLAUSE = re.compile(
    r",(?!\d)|;|\s[-\u2013\u2014]\s|:(?!\d)"
    r"|\by (?=si\b|ya\b|qued)|\band (?=if\b|i've|your\b|you're|it's)|\be (?=se\b|já\b|ficou)|\bpero\b|\bbut\b|\bmas\b"
    r"|\bporque\b|\bas[ií] que\b|\bpor eso\b|\bpor isso\b"
)
_TIME = re.compile(
    r"(?<![\d/.,])(?P<hour>[01]?\d|2[0-3])(?:(?::|h)(?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?\s?m\b)?"
    r"|\s?(?P<half_only>[ap])\.?\s?m\b|\s?(?:h|hs|hrs|horas)\b)"
    r"|\b(?:a las?|às?|at)\s(?P<bare>[01]?\d|2[0-3])(?![\d:/%]|h\d|\s?[ap]\.?\s?m\b)"
)
_DAY = re.compile(
    rf"(?<![\d/])(?P<numeric>[0-3]?\d)/(?:[01]?\d)(?:/\d\d(?:\d\d)?)?(?!\d)"
    rf"|\b(?P<named>[0-3]?\d)\.?(?:st|nd|rd|th)?\s(?:de |of )?(?P<month>{'|'.join(MONTHS)})\b"
    rf"|\b(?P<ahead>{MONTHS_AHEAD})\.?\s(?P<english>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s(?:{'|'.join(MONTHS)})\b)"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b(?!\s(?:{ORDINAL_OF}))")
_SHORT_WEEKDAY = re.compile(rf"\b({'|'.join(SHORT_WEEKDAYS)})\b\.?,?\s(?=\d|a las? \d|às? \d|at \d)")
_TITLE = re.compile(r"\b(dra?|lic|ing|sra?|srta|profa?|mrs?|ms)\.\s", re.IGNORECASE)  # its point ends no sentence
_DRAWN_OUT = re.compile(r"(?<=d)([oaOA])\1+\b")  # "reservadooo"
_WHOLE = {
    "pra": "para",
    "pras": "para as",
    "pro": "para o",
    "pros": "para os",
    "tá": "está",
    "vc": "você",
    "cê": "você",
}
_CLIPPED = re.compile(rf"\b(?:{'|'.join(_WHOLE)})\b", re.IGNORECASE)
# Portuguese `no` is "in the"; it denies nothing.
_PORTUGUESE = re.compile(r"[ãõ]|\b(?:já|você|seus?|suas?|(?<![.@])com|às|ficou|foi|em|uma|ao|é|aí|lá)\b")
_IN_THE = re.compile(r"\bno\b")
_NOON = 12
_NEAR = 6
_LONGEST_CLAUSE = 300

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
    text = _TITLE.sub(r"\1 ", re.sub(r"[*_~`]", "", reply).replace("\u2019", "'"))
    text = _DRAWN_OUT.sub(r"\1", text)
    text = _CLIPPED.sub(lambda match: _WHOLE[match.group().casefold()], text)
    for sentence in _SENTENCE.findall(text):
        lowered = sentence.casefold()
        if _PORTUGUESE.search(lowered):
            lowered = _IN_THE.sub("na", lowered)
        if "?" not in lowered and AGREED.match(lowered) and not OFFERED.search(lowered):
            yield _Statement("booked", lowered.strip(" .!\n"), lowered)
            continue
        clauses = [piece for clause in _CLAUSE.split(lowered) for piece in _pieces(clause.strip())]
        asked = len(clauses) if lowered.lstrip().startswith("¿") else int("?" in lowered)
        conditional, found = False, False
        for clause in clauses[: len(clauses) - asked]:
            if asked and INTERROGATIVE.match(clause):
                break
            for kind in _claimed(clause):
                if not conditional:
                    found = True
                    yield _Statement(kind, clause.rstrip(".! "), lowered)
            conditional = bool(CONDITION.match(clause))
        if not found and _promises_a_time(lowered):
            yield _Statement("booked", lowered.strip(" .!\n"), lowered)


def _pieces(clause: str) -> list[str]:
    """The clause, in overlapping pieces where nobody would write one that long: time must not grow with its square."""
    if len(clause) <= _LONGEST_CLAUSE:
        return [clause]
    return [clause[start : start + _LONGEST_CLAUSE] for start in range(0, len(clause), _LONGEST_CLAUSE // 2)]


def _promises_a_time(sentence: str) -> bool:
    """Whether a sentence names a time for the two of us and nothing in it offers, asks, denies or makes it depend."""
    if "?" in sentence or not A_TIME.search(sentence) or not FOR_US.search(sentence):
        return False
    plain = SOOTHING.sub("", sentence)
    excuses = (OFFERED, NEGATION, CONDITION, REPORTED, GENERAL, HABIT, NO_MEETING, TAKEN, WISH)
    return not any(excuse.search(plain) for excuse in excuses)


def _claimed(clause: str) -> Iterator[ActionKind]:
    """The kinds a clause claims: a claim's words with nothing before or around them that takes the claim back."""
    if (TAKEN.search(clause) and not FOR_YOU.search(clause)) or GENERAL.search(clause):
        return
    elsewhere = NO_MEETING.search(clause) is not None
    for is_firm, claims in ((False, CLAIMS), (True, FIRM)):
        for kind, pattern in claims:
            for match in pattern.finditer(clause):
                if elsewhere and not A_MEETING.search(match.group()):
                    continue
                if _stands(clause, match, is_firm=is_firm):
                    yield kind
                    break


def _stands(clause: str, match: re.Match[str], *, is_firm: bool) -> bool:
    """Whether a claim's words are said of something that happened; a firm one holds though it speaks of the future."""
    before = clause[: match.end()]
    if REPORTED.search(before) or (not is_firm and (WISH.search(before) or GUARD.search(before))):
        return False
    for denied in NEGATION.finditer(before):
        between = clause[denied.end() : match.start()]
        if len(between.split()) <= _NEAR and not AFTER_ALL.search(between):
            return False
    if is_firm and HABIT.search(clause):
        return False
    condition = CONDITION.search(clause)
    return condition is None or (condition.start() >= match.end() and PAST.search(match.group()) is not None)


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
    dates = [(_day_of(match), _month_of(match)) for match in _DAY.finditer(sentence)]
    weekdays = {WEEKDAYS[name] for name in _WEEKDAY.findall(sentence)}
    weekdays |= {SHORT_WEEKDAYS[name] for name in _SHORT_WEEKDAY.findall(sentence)}
    times = {time for match in _TIME.finditer(sentence) for time in _times(match)}
    return (
        (not dates or any(day == meeting.day and month in {None, meeting.month} for day, month in dates))
        and (not weekdays or meeting.weekday() in weekdays)
        and (not times or (meeting.hour, meeting.minute) in times)
    )


def _day_of(match: re.Match[str]) -> int:
    return int(match["numeric"] or match["named"] or match["english"])


def _month_of(match: re.Match[str]) -> int | None:
    """The month that stands by a day's name; None for `24/11`, which some write the other way round."""
    name = match["month"] or match["ahead"]
    return MONTHS[name] if name else None


def _times(match: re.Match[str]) -> set[tuple[int, int]]:
    """The clock times a mention may mean; `a las 3` may be at night or in the afternoon."""
    hour, minute = int(match["hour"] or match["bare"]), int(match["minute"] or 0)
    half = match["half"] or match["half_only"]
    if half:
        return {(hour % _NOON + (_NOON if half == "p" else 0), minute)}
    return {(hour, minute)} | ({(hour + _NOON, minute)} if 0 < hour < _NOON else set())
