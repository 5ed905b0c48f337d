"""From the answers of an advertisement's form to the fields of a lead. Pure."""

from __future__ import annotations

from typing import Final

from core.meta.leadgen import AdLead
from core.wire import clean_text
from orchestrator_service.lead_sources.hook import is_email
from orchestrator_service.lead_sources.models import (
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
_FIRST, _LAST = "first_name", "last_name"


def submission_of_ad(leadgen_id: str, lead: AdLead, source: Source) -> Submission:
    """What was answered; the page's own mapping goes before what names say. Other answers are kept as they are."""
    mapped = source.settings.get("fields")
    own = mapped if isinstance(mapped, dict) else {}
    answers = {clean_text(key)[:200]: clean_text(text)[:LONGEST_ANSWER] for key, text in lead.answers.items()}
    told: dict[LeadField, str] = {}
    for question, text in answers.items():
        wanted = own.get(question) or _USUAL.get(question)
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
    return Submission(leadgen_id, told, dict(list(answers.items())[:MOST_ANSWERS]), referral=referral)
