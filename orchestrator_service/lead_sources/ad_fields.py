"""From the answers of an advertisement's form to the fields of a lead, and what a question's words say. Pure."""

from __future__ import annotations

from typing import Final

from core.folding import fold
from core.meta.leadgen import AdLead
from core.wire import clean_text
from orchestrator_service.lead_sources.hook import is_email
from orchestrator_service.lead_sources.models import (
    ANSWER,
    CUSTOM,
    LONGEST,
    LONGEST_ANSWER,
    MOST_ANSWERS,
    LeadField,
    Source,
    Submission,
)

# Meta's own questions, in whatever language the form is: their names are the same.
_USUAL: Final[dict[str, LeadField]] = {
    "full_name": "full_name",
    "phone_number": "phone",
    "work_phone_number": "phone",
    "whatsapp_number": "phone",
    "email": "email",
    "work_email": "email",
    "company_name": "company",
}
# A company's own questions, by a word that they hold: es, en, pt, folded.
_WORDS: Final[dict[LeadField, tuple[str, ...]]] = {
    "email": ("correo", "email", "e-mail", "mail"),
    "phone": ("telefono", "telefone", "celular", "movil", "whatsapp", "phone", "mobile"),
    "company": ("empresa", "compania", "negocio", "company", "business", "companhia", "clinica"),
    "need": ("necesita", "necesidad", "consulta", "interesa", "mensaje", "need", "looking", "message", "precisa"),
    "full_name": ("nombre", "name", "nome", "apellido"),
}
_FIRST, _LAST = "first_name", "last_name"


def suggested(question: str) -> str:
    """Where the words of a question say that its answers go; `answer` where they say nothing."""
    if question in _USUAL:
        return _USUAL[question]
    if question in {_FIRST, _LAST}:
        return ANSWER  # both together are the name
    words = fold(question).replace("_", " ")
    return next((field for field, known in _WORDS.items() if any(word in words for word in known)), ANSWER)


def submission_of_ad(leadgen_id: str, lead: AdLead, source: Source) -> Submission:
    """What was answered; the page's own mapping goes before what names say. Other answers are kept as they are."""
    own = mapping_of(source)
    answers = {clean_text(key)[:200]: clean_text(text)[:LONGEST_ANSWER] for key, text in lead.answers.items()}
    told: dict[LeadField, str] = {}
    custom: dict[str, str] = {}
    for question, text in answers.items():
        wanted = own.get(question) or _USUAL.get(question) or ANSWER
        if wanted.startswith(CUSTOM):
            custom.setdefault(wanted.removeprefix(CUSTOM), text)
        for key, most in LONGEST.items():
            if key == wanted and key not in told:
                told[key] = text[:most]
    both = " ".join(answers[part] for part in (_FIRST, _LAST) if answers.get(part))
    if both and "full_name" not in told:
        told["full_name"] = both[: LONGEST["full_name"]]
    if "email" in told and not is_email(told["email"]):
        del told["email"]
    referral = {
        name: text
        for name, text in (("headline", lead.ad_name), ("form_id", lead.form_id), ("campaign_id", lead.campaign_id))
        if text
    }
    kept = dict(list(answers.items())[:MOST_ANSWERS])
    return Submission(leadgen_id, told, kept, referral=referral, custom=custom)


def mapping_of(source: Source) -> dict[str, str]:
    """Where a page's answers go, as the company has said."""
    mapped = source.settings.get("fields")
    return {key: str(target) for key, target in mapped.items()} if isinstance(mapped, dict) else {}


def target_of(source: Source, question: str) -> str:
    """Where a question's answers go now."""
    return mapping_of(source).get(question) or _USUAL.get(question) or ANSWER
