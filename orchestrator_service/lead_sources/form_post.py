"""What somebody sent by a form: is it a person, is it complete, and what does it say of them. Pure."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from core.directory import Directory
from core.phone import canonical_e164
from core.wire import clean_text
from orchestrator_service.lead_sources.hook import is_email, referral_of
from orchestrator_service.lead_sources.models import (
    LONGEST,
    LONGEST_ANSWER,
    FormField,
    FormSettings,
    LeadField,
    Submission,
)
from orchestrator_service.lead_sources.page import CONSENT, SHOWN, TRAP
from orchestrator_service.lead_sources.words import Fault

LARGEST_FORM: Final = 40_000
MOST_FIELDS: Final = 40
FASTEST: Final = timedelta(seconds=2)
LONGEST_OPEN: Final = timedelta(hours=24)
UTM: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_LONGEST_UTM: Final = 200
_MAC: Final = 32


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a form was shown, and a word that names that showing: what is sent twice from one page counts once."""

    nonce: str
    age: timedelta


def new_token(directory: Directory, key: str, now: datetime) -> str:
    """`time.word.signature`: nobody can say that a page was open for longer than it was."""
    stamped = f"{int(now.timestamp())}.{secrets.token_hex(8)}"
    return f"{stamped}.{_mac(directory, key, stamped)}"


def read_token(directory: Directory, key: str, token: str, now: datetime) -> Stamp | None:
    """None for one that we did not make for this form."""
    stamped, _, mac = token.rpartition(".")
    if not secrets.compare_digest(mac.encode(), _mac(directory, key, stamped).encode()):
        return None
    moment, _, nonce = stamped.partition(".")
    return Stamp(nonce, timedelta(seconds=now.timestamp() - int(moment)))


def read_fields(body: bytes) -> dict[str, str]:
    """The names and values of a form's body; nothing of one that is no form or too large."""
    if len(body) > LARGEST_FORM:
        return {}
    try:
        pairs = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {name: clean_text(value).strip() for name, value in pairs}


def is_trapped(fields: dict[str, str]) -> bool:
    """Whether somebody filled in what nobody sees."""
    return bool(fields.get(TRAP))


def faults_of(form: FormSettings, fields: dict[str, str], country: str | None) -> dict[str, Fault]:
    """What is wrong, by field."""
    found: dict[str, Fault] = {}
    for field in form.fields:
        fault = _fault(field, fields.get(field.key, ""), country)
        if fault is not None:
            found[field.key] = fault
    if form.consent and CONSENT not in fields:
        found[CONSENT] = "consent"
    asked = [field.key for field in form.fields if field.key in {"phone", "email"}]
    if asked and not found and not any(fields.get(key) for key in asked):
        found[asked[0]] = "missing"  # nobody could answer them
    return found


def utm_of(fields: dict[str, str]) -> dict[str, str]:
    """The campaign's words that travel with a form."""
    return {name: fields[name][:_LONGEST_UTM] for name in UTM if fields.get(name)}


def submission_of(form: FormSettings, fields: dict[str, str], nonce: str) -> Submission:
    """What the answers say of a person."""
    given = [(field, fields.get(field.key, "")[: _longest(field)]) for field in form.fields]
    told: dict[LeadField, str] = {key: text for key in LONGEST for field, text in given if field.key == key and text}
    utm = {name.removeprefix("utm_"): value for name, value in utm_of(fields).items()}
    return Submission(
        event_id=nonce,
        told=told,
        answers={field.label: text for field, text in given if text},
        language=form.language,
        consent=form.consent or None,
        referral=referral_of({**utm}),
    )


def hidden_of(token: str, utm: dict[str, str]) -> dict[str, str]:
    """What travels with the answers."""
    return {SHOWN: token, **utm}


def _fault(field: FormField, value: str, country: str | None) -> Fault | None:
    if not value:
        return "missing" if field.required else None
    if field.options and value not in field.options:
        return "missing"
    if field.key == "phone" and canonical_e164(value, region=country) is None:
        return "phone"
    return "email" if field.key == "email" and not is_email(value) else None


def _longest(field: FormField) -> int:
    return next((most for key, most in LONGEST.items() if key == field.key), LONGEST_ANSWER)


def _mac(directory: Directory, key: str, stamped: str) -> str:
    return directory.digest("form", f"shown\0{key}\0{stamped}").hex()[:_MAC]
