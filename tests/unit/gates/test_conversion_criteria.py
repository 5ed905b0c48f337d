"""When a lead is a client, by the tenant's criteria."""

from dataclasses import replace

import pytest

from orchestrator_service.conversion.criteria import ConversionCriteria, Criterion, LeadFacts, missing_criteria
from orchestrator_service.leads.models import Interest

READY = LeadFacts(
    interest="warm",
    full_name="Ana Núñez",
    phone="+59899123456",
    email=None,
    whatsapp_id=None,
    has_confirmed_meeting=True,
    has_paid_sale=False,
    is_client=False,
)
NOTHING = LeadFacts(
    interest=None,
    full_name=None,
    phone=None,
    email=None,
    whatsapp_id=None,
    has_confirmed_meeting=False,
    has_paid_sale=False,
    is_client=False,
)
DEFAULTS = ConversionCriteria()


def test_ready_lead_misses_nothing() -> None:
    assert missing_criteria(DEFAULTS, READY) == ()


def test_unknown_lead_misses_everything_in_order() -> None:
    assert missing_criteria(DEFAULTS, NOTHING) == ("interest", "full_name", "contact", "meeting_or_sale")


@pytest.mark.parametrize(("interest", "missing"), [
    ("hot", ()), ("warm", ()), ("cold", ("interest",)), ("not_interested", ("interest",)), (None, ("interest",)),
])  # fmt: skip
def test_hot_or_warm_is_interest_enough(interest: Interest | None, missing: tuple[Criterion, ...]) -> None:
    assert missing_criteria(DEFAULTS, replace(READY, interest=interest)) == missing


@pytest.mark.parametrize("name", ["Ana", "  Ana  ", "Ana 🌸", "Ana 2", "", None])
def test_name_of_fewer_than_two_words_is_not_full(name: str | None) -> None:
    assert missing_criteria(DEFAULTS, replace(READY, full_name=name)) == ("full_name",)


@pytest.mark.parametrize(("phone", "email", "whatsapp_id"), [
    ("+59899123456", None, None), (None, "ana@example.com", None), ("", " ", "US.1234"),
])  # fmt: skip
def test_any_one_contact_is_enough(phone: str | None, email: str | None, whatsapp_id: str | None) -> None:
    assert missing_criteria(DEFAULTS, replace(READY, phone=phone, email=email, whatsapp_id=whatsapp_id)) == ()


def test_blank_contacts_are_none() -> None:
    assert missing_criteria(DEFAULTS, replace(READY, phone=" ", email="")) == ("contact",)


@pytest.mark.parametrize(("meeting", "sale", "missing"), [
    (True, False, ()), (False, True, ()), (True, True, ()), (False, False, ("meeting_or_sale",)),
])  # fmt: skip
def test_meeting_or_sale_is_enough(meeting: bool, sale: bool, missing: tuple[Criterion, ...]) -> None:
    assert missing_criteria(DEFAULTS, replace(READY, has_confirmed_meeting=meeting, has_paid_sale=sale)) == missing


def test_tenant_that_asks_for_nothing_misses_nothing() -> None:
    nothing = ConversionCriteria(
        interests=frozenset(), needs_full_name=False, needs_contact=False, needs_meeting_or_sale=False
    )
    assert missing_criteria(nothing, NOTHING) == ()
