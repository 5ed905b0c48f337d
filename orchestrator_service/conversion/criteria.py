"""When a lead is a client: the tenant's criteria, judged on facts alone (PRODUCT section 9.3).

The agent's tool and the rule that runs after each qualification, booking, sale or stage change ask this one function.
"""

from dataclasses import dataclass
from typing import Final, Literal

from orchestrator_service.leads.models import Interest

Criterion = Literal["interest", "full_name", "contact", "meeting_or_sale"]

_FULL_NAME_WORDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionCriteria:
    """What the tenant asks of a lead before it becomes a client. An empty `interests` asks for none in particular."""

    interests: frozenset[Interest] = frozenset({"hot", "warm"})
    needs_full_name: bool = True
    needs_contact: bool = True
    needs_meeting_or_sale: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """What is known of a lead; empty and None both mean unknown.

    `has_confirmed_meeting` is a committed meeting that was not cancelled, `has_paid_sale` paid income not reversed.
    """

    interest: Interest | None
    full_name: str | None
    phone: str | None
    email: str | None
    whatsapp_id: str | None
    has_confirmed_meeting: bool
    has_paid_sale: bool
    is_client: bool


def missing_criteria(criteria: ConversionCriteria, facts: LeadFacts) -> tuple[Criterion, ...]:
    """The criteria that do not hold, in the order of `Criterion`; empty when the lead may be converted."""
    holds: dict[Criterion, bool] = {
        "interest": not criteria.interests or facts.interest in criteria.interests,
        "full_name": not criteria.needs_full_name or _is_full_name(facts.full_name),
        "contact": not criteria.needs_contact or _has_contact(facts),
        "meeting_or_sale": not criteria.needs_meeting_or_sale or facts.has_confirmed_meeting or facts.has_paid_sale,
    }
    return tuple(criterion for criterion, held in holds.items() if not held)


def _is_full_name(name: str | None) -> bool:
    """At least two words with a letter in them: an emoji or a phone number beside a first name is no surname."""
    words = [word for word in (name or "").split() if any(char.isalpha() for char in word)]
    return len(words) >= _FULL_NAME_WORDS


def _has_contact(facts: LeadFacts) -> bool:
    return any(contact and contact.strip() for contact in (facts.phone, facts.email, facts.whatsapp_id))
