"""`POST /in/{key}`: leads that another system of the company sends, signed as Standard Webhooks wants it (ADR 0040).

The body is one lead, or `{type, timestamp, data}` around it. The signature holds five minutes, and an id comes once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.channels import read_credential
from core.credential_names import lead_hook_secrets_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.errors import BadInput
from core.json_types import Json, JsonObject
from core.secret import Secret
from core.wire import UnreadableBodyError, object_at, read_object
from orchestrator_service.lead_sources.models import (
    LANGUAGES,
    LONGEST,
    LONGEST_ANSWER,
    MOST_ANSWERS,
    OVERLAP,
    Language,
    LeadField,
    Source,
    Submission,
)

_LONGEST_QUESTION: Final = 200
_UTM: Final = ("source", "medium", "campaign", "term", "content")
_NAMES: Final[dict[LeadField, tuple[str, ...]]] = {
    "full_name": ("full_name", "name"),
    "phone": ("phone", "phone_number"),
    "email": ("email",),
    "company": ("company", "company_name"),
    "need": ("need", "message"),
}


class UnreadableLead(BadInput):
    """The body is no JSON object."""

    code = "unreadable_lead"


async def secrets_of(tx: TenantTransaction, keyring: Keyring, source: Source, now: datetime) -> tuple[Secret, ...]:
    """What may sign for a source now: the newest, and for a day after a change the one before."""
    stored = await read_credential(tx, keyring, lead_hook_secrets_name(source.id))
    lines = [Secret(line) for line in stored.reveal().splitlines()] if stored else []
    rotated = source.settings.get("rotated_at")
    overlapping = isinstance(rotated, str) and now - datetime.fromisoformat(rotated) < OVERLAP
    return tuple(lines if overlapping else lines[:1])


def read_lead(event_id: str, body: bytes) -> Submission:
    """What the body says; whatever is not text where text is expected counts as not said. Raises UnreadableLead."""
    try:
        content = read_object(body)
    except UnreadableBodyError as error:
        raise UnreadableLead(str(error)) from None
    content = object_at(content, "data") or content
    told: dict[LeadField, str] = {}
    for field, names in _NAMES.items():
        text = _first(content, names, LONGEST[field])
        if text:
            told[field] = text
    if "email" in told and not is_email(told["email"]):
        del told["email"]
    answers: dict[str, str] = {**answers_of(object_at(content, "answers") or {}), **told}
    return Submission(
        event_id=event_id,
        told=told,
        answers=dict(list(answers.items())[:MOST_ANSWERS]),
        language=_language(content.get("language")),
        consent=_text(content.get("consent"), LONGEST_ANSWER) or None,
        referral=referral_of(object_at(content, "utm") or {}, _text(content.get("campaign"), _LONGEST_QUESTION)),
    )


def is_email(text: str) -> bool:
    """Whether it can be one: the least that no address lacks."""
    name, at, host = text.rpartition("@")
    return bool(name and at and "." in host.strip(".") and not any(char.isspace() for char in text))


def answers_of(content: JsonObject) -> dict[str, str]:
    """Questions with their answers as text."""
    pairs = ((key[:_LONGEST_QUESTION], _text(value, LONGEST_ANSWER)) for key, value in content.items())
    return {key: text for key, text in list(pairs)[:MOST_ANSWERS] if key and text}


def referral_of(utm: JsonObject, campaign: str = "") -> dict[str, str]:
    """The campaign's words as a lead keeps them: `utm_source` …, and `headline`, which lists show."""
    kept = {f"utm_{name}": text for name in _UTM if (text := _text(utm.get(name), _LONGEST_QUESTION))}
    headline = campaign or kept.get("utm_campaign", "")
    return kept | ({"headline": headline} if headline else {})


def _first(content: JsonObject, names: tuple[str, ...], longest: int) -> str:
    return next((text for name in names if (text := _text(content.get(name), longest))), "")


def _text(value: Json, longest: int) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())[:longest] if longest < LONGEST_ANSWER else str(value).strip()[:longest]


def _language(value: Json) -> Language | None:
    return next((known for known in LANGUAGES if known == value), None)
