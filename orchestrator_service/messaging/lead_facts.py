"""What is known of a lead and its meeting for the variables of a template (`templates/fills.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.database import TenantTransaction
from orchestrator_service.agenda.labels import Language, label_of
from orchestrator_service.messaging.lead_zone import zone_of
from orchestrator_service.messaging.send import SQL
from orchestrator_service.templates.fills import Facts

_LINK_LINES: Final[dict[Language, str]] = {
    "es": "Cambiar o cancelar: {{meeting_link}}",
    "en": "Change or cancel: {{meeting_link}}",
    "pt": "Mudar ou cancelar: {{meeting_link}}",
}


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """A lead as messages speak of it; `starts_at` and `seller` are the meeting's, where one is meant.

    `meeting_link` is where the person may change the meeting; whoever writes about one fills it in.
    """

    lead_id: int
    full_name: str | None
    company: str | None
    need: str | None
    phone: str | None
    language: Language
    our_company: str
    agent: str
    tenant_zone: str
    starts_at: datetime | None
    seller: str | None
    meeting_link: str | None = None

    @property
    def zone(self) -> str:
        """Where the lead's clock runs, as far as the number tells."""
        return zone_of(self.phone, self.tenant_zone)

    def fields(self) -> Facts:
        """By the names of `FIELDS`; times by the lead's own clock."""
        day, _, time = (
            label_of(self.starts_at, self.zone, self.language).rpartition(", ") if self.starts_at else ("",) * 3
        )
        return {
            "first_name": (self.full_name or "").split(" ")[0] or None,
            "full_name": self.full_name,
            "company": self.company,
            "need": self.need,
            "our_company": self.our_company,
            "agent": self.agent,
            "meeting_day": day or None,
            "meeting_time": time or None,
            "seller": self.seller,
            "meeting_link": self.meeting_link,
        }


async def lead_facts(tx: TenantTransaction, lead_id: int, event_id: int | None = None) -> LeadFacts | None:
    """The facts of a lead; None where it is missing or deleted. Without `event_id` its next meeting is meant."""
    return await tx.one(SQL["lead_facts"], LeadFacts, lead_id=lead_id, event_id=event_id)


def with_link(text: str, facts: LeadFacts) -> str:
    """The free text with a last line for the customer's link, where there is one and the text does not have it."""
    if facts.meeting_link is None or "meeting_link" in text:
        return text
    return f"{text}\n\n{_LINK_LINES[facts.language]}"
