"""A row of cells held against the plan: what it says of a lead, under which keys it is known, what is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.folding import fold
from core.json_types import Json
from core.phone import canonical_e164, match_key
from orchestrator_service.fields.values import CustomField
from orchestrator_service.imports.models import CUSTOM, Code, Column, ColumnField, Plan, Problem
from orchestrator_service.imports.money import read_amount
from orchestrator_service.imports.own_fields import Unread, read_value
from orchestrator_service.imports.tag_names import TagNames, split_names

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_TEXT_FORMULA: Final = re.compile(r'="(.*)"', re.DOTALL)
_NOTHING: Final = frozenset({"-", "--", "\u2014", "n/a", "#n/a", "#n/d", "s/d", "s/n", "null", "(null)"})
_LONGEST: Final[Mapping[ColumnField, int]] = {
    "full_name": 200, "company": 200, "source": 40, "campaign": 200, "need": 2000, "email": 254,
}  # fmt: skip
_LANGUAGES: Final = {
    "es": "es", "espanol": "es", "castellano": "es", "spanish": "es", "espanhol": "es",
    "en": "en", "ingles": "en", "english": "en",
    "pt": "pt", "portugues": "pt", "portuguese": "pt", "pt-br": "pt", "es-ar": "es", "es-mx": "es", "en-us": "en",
}  # fmt: skip


# What the web app calls the stages of a company that has named none itself.
STAGE_WORDS: Final = {
    "nuevo": "new", "new": "new", "novo": "new",
    "contactado": "contacted", "contacted": "contacted", "contatado": "contacted",
    "calificado": "qualified", "qualified": "qualified", "qualificado": "qualified",
    "reunion": "meeting", "meeting": "meeting", "reuniao": "meeting",
    "propuesta": "proposal", "proposal": "proposal", "proposta": "proposal",
    "ganado": "won", "won": "won", "ganho": "won", "perdido": "lost", "lost": "lost",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the company's words mean: stages by key and name, owners by e-mail and name, all folded.

    `fields` are the company's own in use, by key; `tags` learns the names that rows bring.
    """

    country: str
    currency: str
    stages: Mapping[str, str]
    owners: Mapping[str, int]
    fields: Mapping[str, CustomField] = field(default_factory=dict[str, CustomField])
    tags: TagNames = field(default_factory=TagNames)


@dataclass(frozen=True, slots=True)
class Judged:
    """`fields` are columns of `leads`, as JSON; the keys say which lead it is: number, else e-mail, else name.

    Beside them `custom` holds values of the company's fields by key, `tags` names of tags, where the row has any.
    """

    fields: dict[str, Json]
    email_key: str | None
    name_key: str | None
    problems: list[Problem]


@dataclass(slots=True)
class _Row:
    given: Mapping[Column, str]
    fields: dict[str, Json] = field(default_factory=dict[str, Json])
    problems: list[Problem] = field(default_factory=list[Problem])

    def wrong(self, code: Code, column: Column | None = None) -> None:
        self.problems.append(Problem(code, column))


def judge(cells: Sequence[str], plan: Plan, vocabulary: Vocabulary) -> Judged:
    """What a row says; with problems it is not taken in."""
    pairs = zip(plan.columns, cells, strict=False)
    row = _Row({name: text for name, cell in pairs if name is not None and (text := _plain(cell))})
    if len(cells) > len(plan.columns):
        row.wrong("extra_cells")
    _person(row)
    _phone(row, plan.options.country or vocabulary.country)
    _meaning(row, vocabulary)
    _origin(row)
    _money(row, plan.options.currency or vocabulary.currency)
    _own_fields(row, vocabulary.fields, plan.options.country or vocabulary.country)
    if names := row.given.get("tags"):
        _tags(row, names, vocabulary.tags)
    name, email = row.fields.get("full_name"), row.fields.get("email")
    if not row.given.keys() & {"phone", "email", "full_name", "first_name", "last_name"}:
        row.wrong("nobody")
    nameless = row.fields.get("match_key") is not None or email is not None or not isinstance(name, str)
    company = row.fields.get("company")
    name_key = None if nameless else f"{name}\n{company or ''}"
    return Judged(row.fields, email if isinstance(email, str) else None, name_key, row.problems)


def _plain(cell: str) -> str:
    """The cell without what spreadsheets put around a text that is no formula."""
    text = cell.strip()
    if found := _TEXT_FORMULA.fullmatch(text):
        text = found[1].strip()
    if text.startswith("'") and text[1:2] in {"=", "+", "-", "@"}:
        text = text[1:]
    return "" if text.lower() in _NOTHING else text


def _person(row: _Row) -> None:
    parts = (row.given.get(name) for name in ("full_name", "first_name", "last_name"))
    if full := " ".join(" ".join(part for part in parts if part).split()):
        _text(row, "full_name", full)
    if email := row.given.get("email"):
        email = email.removeprefix("mailto:").strip("<>; ").lower()
        if len(email) <= _LONGEST["email"] and _EMAIL.fullmatch(email):
            row.fields["email"] = email
        else:
            row.wrong("bad_email", "email")
    for name in ("company", "need"):
        if text := row.given.get(name):
            _text(row, name, text if name == "need" else " ".join(text.split()))


def _text(row: _Row, name: ColumnField, text: str) -> None:
    if len(text) > _LONGEST[name]:
        row.wrong("too_long", name)
    else:
        row.fields[name] = text


def _phone(row: _Row, country: str) -> None:
    raw = row.given.get("phone")
    if raw is None:
        return
    if _ROUNDED.fullmatch(raw):
        row.wrong("rounded_phone", "phone")
        return
    number = canonical_e164(raw.removesuffix(".0"), region=country)
    key = match_key(number) if number else None
    if number is None or key is None:
        row.wrong("bad_phone", "phone")
        return
    row.fields["phone"], row.fields["match_key"] = number, key


def _meaning(row: _Row, vocabulary: Vocabulary) -> None:
    if stage := row.given.get("stage"):
        if key := vocabulary.stages.get(fold(stage)):
            row.fields["stage_key"] = key
        else:
            row.wrong("unknown_stage", "stage")
    if owner := row.given.get("owner"):
        if (user := vocabulary.owners.get(fold(owner))) is not None:
            row.fields["owner_user_id"] = user
        else:
            row.wrong("unknown_owner", "owner")
    if language := row.given.get("language"):
        if known := _LANGUAGES.get(fold(language)):
            row.fields["language"] = known
        else:
            row.wrong("unknown_language", "language")


def _origin(row: _Row) -> None:
    if source := row.given.get("source"):
        _text(row, "source", " ".join(source.split()).lower())
    if campaign := row.given.get("campaign"):
        if len(campaign) > _LONGEST["campaign"]:
            row.wrong("too_long", "campaign")
        else:
            row.fields["referral"] = {"headline": " ".join(campaign.split())}


def _money(row: _Row, default: str) -> None:
    raw, currency = row.given.get("value"), row.given.get("currency", "").upper()
    if currency and not _CURRENCY.fullmatch(currency):
        row.wrong("bad_currency", "currency")
    if raw is None:
        return
    read = read_amount(raw)
    if read is None:
        row.wrong("bad_value", "value")
        return
    amount, beside = read
    # Fourteen digits fit a double exactly, and the comparison with what is stored wants a number.
    row.fields["value"], row.fields["currency"] = float(amount), currency or beside or default


def _own_fields(row: _Row, fields: Mapping[str, CustomField], country: str) -> None:
    values: dict[str, Json] = {}
    for column, text in row.given.items():
        known = fields.get(column.removeprefix(CUSTOM)) if column.startswith(CUSTOM) else None
        if known is None:
            continue
        value = read_value(known, text, country)
        if isinstance(value, Unread):
            row.wrong(value.code, column)
        else:
            values[known.key] = value
    if values:
        row.fields["custom"] = values


def _tags(row: _Row, text: str, known: TagNames) -> None:
    """A row that is not taken in brings no tag, so that none is made for it."""
    names = split_names(text)
    if not isinstance(names, Unread):
        names = [] if row.problems else known.learn(names)
    if isinstance(names, Unread):
        row.wrong(names.code, "tags")
    elif names:
        row.fields["tags"] = [*names]
